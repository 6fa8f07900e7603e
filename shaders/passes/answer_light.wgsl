// Muscle answers its light: the secretory activity and the fatigue of each well's fibres.
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
    let before = fibres[index];
    let drive = tired_drive(well.light_drive, before.fatigue, well.fatigue);
    fibres[index].activity = next_activity(before.activity, lit, drive, well.activity_loss);
    fibres[index].fatigue = next_fatigue(before.fatigue, lit, well.fatigue_rise, well.fatigue_recovery);
}
