// Kymograph: what a tip does, told by its displacement along the axon from frame to frame. Twin of src/model/rules/kymograph.rs.
#include "layout.wgsl"

fn seen_as(displacement_um: f32) -> u32 {
    if displacement_um >= RESOLVED_UM {
        return SEEN_ADVANCE;
    } else if displacement_um <= -RESOLVED_UM {
        return SEEN_RETRACTION;
    }
    return SEEN_PAUSE;
}

fn next_frame(last: Kymograph, length_um: f32, born: u32, step: u32, every: vec3<u32>) -> Kymograph {
    let x = seen_in_frame(last.length_um.x, last.seen & 3u, length_um, born, step, every.x);
    let y = seen_in_frame(last.length_um.y, (last.seen >> 2u) & 3u, length_um, born, step, every.y);
    let z = seen_in_frame(last.length_um.z, (last.seen >> 4u) & 3u, length_um, born, step, every.z);
    let lengths = vec3<f32>(
        length_in_frame(last.length_um.x, length_um, step, every.x),
        length_in_frame(last.length_um.y, length_um, step, every.y),
        length_in_frame(last.length_um.z, length_um, step, every.z),
    );
    return Kymograph(lengths, x | (y << 2u) | (z << 4u));
}

fn is_frame(step: u32, every: vec3<u32>) -> bool {
    return has_frame(step, every.x) || has_frame(step, every.y) || has_frame(step, every.z);
}

fn has_frame(step: u32, every: u32) -> bool {
    return every > 0u && step % max(every, 1u) == 0u;
}

fn seen_in_frame(before_um: f32, before: u32, now_um: f32, born: u32, step: u32, every: u32) -> u32 {
    if !has_frame(step, every) {
        return before;
    }
    if born + every > step {
        return SEEN_NOTHING;
    }
    return seen_as(now_um - before_um);
}

fn length_in_frame(before_um: f32, now_um: f32, step: u32, every: u32) -> f32 {
    return select(before_um, now_um, has_frame(step, every));
}
