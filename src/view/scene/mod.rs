//! The scene: wells, field, gel, muscle, axons and growth cones, layer by layer on a graphics device.

pub mod ground;
pub mod layout;
