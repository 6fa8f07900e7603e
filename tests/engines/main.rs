//! The biology against closed forms and published figures on every engine, the engines against each other, and what
//! each of them promises: the same bits, whatever the number of threads and steps per submission.

mod common;
mod determinism;
mod exact_field;
mod exact_growth;
mod exact_walk;
mod fasciculation;
mod features;
mod field_at_rest;
mod gel_elasticity;
mod gel_strain;
#[path = "../shared/gpu.rs"]
mod gpu;
mod gpu_determinism;
mod gpu_field;
mod injury;
mod layouts;
mod live_events;
mod muscle;
mod open;
mod packed_runs;
mod polled;
mod random_scenarios;
mod readout_at_walls;
mod reference_plate;
mod scaling;
mod shaders;
mod stretch;
mod twin_names;
mod twin_passes;
mod twin_rules;
mod twin_runs;
mod twins;
mod variation;
mod walls;
