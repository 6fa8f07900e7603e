//! What is on the plate and how it behaves. Knows no file format, no device and no screen.

pub mod actuation;
pub mod axotomy;
pub mod biology;
pub mod branches;
pub mod clearance;
pub mod crowd;
pub mod degeneration;
pub mod diffusion;
pub mod domain;
pub mod gel;
pub mod growth_cone;
pub mod layout;
pub mod medium;
pub mod parameter;
pub mod parameters;
pub mod per_step;
pub mod plate;
pub mod protocol;
pub mod rules;
pub mod sampling;
pub mod seeding;
pub mod shared;
pub mod strain;
pub mod surroundings;
pub mod tables;
pub mod world;
