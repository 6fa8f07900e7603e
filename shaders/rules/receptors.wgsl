// Receptors: the share that myokine binds, its effect on growth, and its rise in space.
// Twin of src/model/rules/receptors.rs.
#include "layout.wgsl"

struct Signal {
    rise: vec3<f32>,
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

fn bind_myokine(signal: Signal, dose: f32, gradient: vec3<f32>, myokine: MyokineRules) -> Signal {
    if dose < DETECTION_LIMIT * myokine.half_dose {
        return signal;
    }
    let bound = occupancy(dose, myokine.half_dose, myokine.hill);
    let inhibited = 1.0 / (1.0 + dose * myokine.inhibition);
    let excess = (myokine.max_gain - 1.0) * bound * inhibited;
    let steepness = myokine.hill * (1.0 - bound) / dose - myokine.inhibition * inhibited;
    return Signal(
        signal.rise + gradient * (excess * steepness),
        signal.excess + excess,
        max(signal.occupancy, bound),
    );
}

fn receptors_left(adapted: f32, adaptation: f32) -> f32 {
    return 1.0 - adaptation * adapted;
}

fn relative_slope(signal: Signal) -> vec3<f32> {
    if signal.excess == 0.0 {
        return vec3<f32>(0.0);
    }
    return signal.rise / abs(signal.excess);
}
