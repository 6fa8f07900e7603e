// Mechano-state M: rises quickly while the gel moves, fades slowly after. Twin of src/model/rules/mechano.rs.
#include "layout.wgsl"

fn cycle_drive(drive: f32, step: u32, cycle_steps: u32) -> f32 {
    if cycle_steps == 0u {
        return drive;
    }
    let phase = (f32(step % cycle_steps) + 0.5) / f32(cycle_steps);
    return drive * (1.0 - cos(2.0 * 6.2831855 * phase));
}

fn mechano_relaxation(drive: f32, rules: Rules, step_h: f32) -> vec2<f32> {
    let on = drive * rules.mechano_on_per_h;
    let off = (1.0 - drive) * rules.mechano_off_per_h;
    let rate = on + off;
    return vec2<f32>(on / rate, exp(-rate * step_h));
}

fn relax(state: f32, goal: f32, keep: f32) -> f32 {
    return goal + (state - goal) * keep;
}
