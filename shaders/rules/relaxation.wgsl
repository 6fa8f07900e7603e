// States of a cell between 0 and 1 that follow a cause, in fixed point. Twin of src/model/rules/relaxation.rs.
#include "layout.wgsl"

fn level(state: i32) -> f32 {
    return f32(state) * (1.0 / LEVEL_UNITS);
}

fn relax(state: i32, goal: f32, loss: f32) -> i32 {
    let change = (goal - level(state)) * loss * LEVEL_UNITS;
    return state + i32(change + select(0.5, -0.5, change < 0.0));
}
