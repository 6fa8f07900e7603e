//! Panels, scene and overlay, drawn without a window.

mod field_range;
#[path = "../shared/gpu.rs"]
mod gpu;
mod offscreen;
mod one_well;
mod panels;
mod pass_times;
mod scene_axons;
mod scene_ground;
mod scene_overlay;
mod scene_snapshots;
