// Timed sessions: when the gel moves and when the light is on. Twin of src/model/rules/sessions.rs.
#include "layout.wgsl"

fn in_session(step: u32, sessions: Sessions) -> bool {
    return step >= sessions.start && step < sessions.stop
        && (step - sessions.start) % max(sessions.every, 1u) < sessions.length;
}

fn medium_is_due(step: u32, start: u32, every: u32) -> bool {
    return every > 0u && step >= start && (step - start) % max(every, 1u) == 0u;
}
