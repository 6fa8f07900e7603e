// Receptors: the share that myokine binds, and its effect on growth.
// Twin of src/model/rules/receptors.rs.
#include "layout.wgsl"
#include "guidance.wgsl"

struct Signal {
    cue: vec3<f32>,
    excess: f32,
    occupancy: f32,
}

struct Sensed {
    signal: Signal,
    dose: f32,
}

fn occupancy(dose: f32, half_dose: f32, hill: f32) -> f32 {
    if dose <= 0.0 {
        return 0.0;
    }
    return 1.0 / (1.0 + exp(hill * log(half_dose / dose)));
}

fn bind_myokine(signal: Signal, dose: f32, gradient: vec3<f32>, width_um: f32, myokine: MyokineRules) -> Signal {
    let bound = occupancy(dose, myokine.half_dose, myokine.hill);
    let inhibited = 1.0 / (1.0 + max(dose, 0.0) * myokine.inhibition);
    let excess = (myokine.max_gain - 1.0) * bound * inhibited;
    return Signal(
        signal.cue + guidance_cue(dose, gradient, bound, width_um, myokine),
        signal.excess + excess,
        max(signal.occupancy, bound),
    );
}

fn receptors_left(adapted: f32, adaptation: f32) -> f32 {
    return 1.0 - adaptation * adapted;
}
