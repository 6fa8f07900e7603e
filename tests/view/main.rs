//! Panels, scene and overlay, drawn without a window.

mod bench;
mod browser_limits;
mod field_range;
mod fluorescence;
mod gallery;
#[path = "../shared/gpu.rs"]
mod gpu;
mod lesson;
mod offscreen;
mod one_well;
mod panels;
mod pass_times;
mod plots;
mod scene_axons;
mod scene_ground;
mod scene_overlay;
mod scene_snapshots;
