// Uptake of myokine by growth cones, summed in fixed point. Twin of src/model/rules/uptake.rs.
#include "layout.wgsl"

fn uptake(dose: f32, volume: f32, step_h: f32, myokine: MyokineRules) -> f32 {
    let taken = myokine.uptake_um3_per_h * dose / (myokine.uptake_half_dose + dose) * step_h / volume;
    return min(min(taken, 0.25 * dose), LARGEST);
}

fn to_fixed_point(concentration: f32) -> i32 {
    return i32(floor(concentration * FIXED_POINT + 0.5));
}

fn from_fixed_point(fixed: i32) -> f32 {
    return f32(fixed) / FIXED_POINT;
}
