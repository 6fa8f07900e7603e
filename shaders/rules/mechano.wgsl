// Mechano-state M: rises quickly while the gel moves, fades slowly after. Twin of src/model/rules/mechano.rs.
#include "layout.wgsl"

struct Felt {
    drive: f32,
    axis: vec3<f32>,
    anisotropy: f32,
    mechano: vec2<f32>,
}

fn cycle_drive(drive: f32, step: u32, cycle_steps: u32) -> f32 {
    if cycle_steps == 0u {
        return drive;
    }
    let twice = 2.0 * ((f32(step % cycle_steps) + 0.5) / f32(cycle_steps));
    let sine = sin(3.1415927 * (twice - floor(twice)));
    return 2.0 * drive * sine * sine;
}

fn moment_of_cycle(step: u32, cycle_steps: u32, moments: u32) -> u32 {
    if cycle_steps == 0u || moments <= 1u {
        return 0u;
    }
    return step % cycle_steps * moments / cycle_steps;
}

fn lost_after(x: f32) -> f32 {
    if x < 0.01 {
        return x * (1.0 - x * (0.5 - x * (1.0 / 6.0)));
    }
    return 1.0 - exp(-x);
}

fn mechano_relaxation(drive: f32, rules: Rules, step_h: f32) -> vec2<f32> {
    let on = drive * rules.mechano_on_per_h;
    let off = (1.0 - drive) * rules.mechano_off_per_h;
    let rate = on + off;
    return vec2<f32>(on / rate, lost_after(rate * step_h));
}
