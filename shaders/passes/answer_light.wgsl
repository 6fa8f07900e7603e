// Muscle answers its light: the secretory activity of each well.
#include "../world/field.wgsl"
#include "../rules/secretion.wgsl"
#include "../rules/sessions.wgsl"

@group(2) @binding(0) var<storage, read> wells: array<Well>;

@compute @workgroup_size(64)
fn answer_light(thread: Thread) {
    let index = index_of(thread);
    if clock.running == 0u || index >= run.wells {
        return;
    }
    let well = wells[index];
    let lit = clock.step >= well.lag_steps && in_session(clock.step - well.lag_steps, well.light);
    activity[index] = next_activity(activity[index], lit, well.light_drive, well.activity_loss);
}
