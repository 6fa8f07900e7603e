// Muscle answers its light: the secretory activity and the fatigue of each well's fibres.
#include "../world/field.wgsl"
#include "../rules/secretion.wgsl"
#include "../rules/sessions.wgsl"

@group(2) @binding(0) var<storage, read> wells: array<Well>;
@group(2) @binding(1) var<storage, read> treatments: array<Treatment>;

@compute @workgroup_size(64)
fn answer_light(thread: Thread) {
    let index = index_of(thread);
    if field_rests() || index >= run.wells {
        return;
    }
    let light = treatments[wells[index].treatment].light;
    let muscle = treatments[wells[index].treatment].muscle;
    let lit = clock.step >= light.lag_steps && in_session(clock.step - light.lag_steps, light.sessions);
    let before = fibres[index];
    let drive = tired_drive(light.drive, before.fatigue, muscle.fatigue);
    fibres[index].activity = next_activity(before.activity, lit, drive, light.activity_loss);
    fibres[index].fatigue = next_fatigue(before.fatigue, lit, muscle.fatigue_rise, muscle.fatigue_recovery);
}
