//! Data that the host and the drawing shaders share, byte for byte. `shaders/draw/frame.wgsl` holds the same structs;
//! `tests/engines/layouts.rs` compares names, offsets and sizes.

use bytemuck::{Pod, Zeroable};
use glam::{Mat4, Vec2, Vec3, Vec4};

/// Facts about a frame.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub struct Frame {
    /// From plate coordinates, µm, to clip space.
    pub clip_from_plate: Mat4,
    /// Size of the picture, in points.
    pub size_px: Vec2,
    /// Points for each µm at the middle of the view.
    pub px_per_um: f32,
    /// 0 dark, 1 light.
    pub paper: u32,
    /// Size of a well, µm.
    pub well_um: Vec3,
    /// Edge of a voxel, µm.
    pub voxel_um: f32,
    /// Voxels along x, y and z.
    pub voxels: [u32; 3],
    /// Which myokine's field is shown.
    pub species: u32,
    /// Number of myokines.
    pub species_count: u32,
    /// The dose of the brightest field colour; 0 without field.
    pub brightest_dose: f32,
    /// Height of the field's slice, as a share of the gel's.
    pub slice: f32,
    /// Width of an axon, in points.
    pub axon_width_px: f32,
    /// What the colour of an axon says, see `ColourBy`.
    pub colour_by: u32,
    /// The step that is shown.
    pub step: u32,
    /// Length of a step, h.
    pub step_h: f32,
    /// The neuron that stands out, or `NONE`.
    pub highlighted: u32,
    /// Which layers are drawn: bits in the order of `Layers`.
    pub layers: u32,
    /// Seconds on the wall, for movement that the simulated clock is too fast for.
    pub wall_s: f32,
    /// Spacing of muscle fibres, µm.
    pub fibre_spacing_um: f32,
    /// 1 where growth stays in a plane.
    pub planar: u32,
}

/// A well as it stands now.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub struct Pose {
    /// Its lowest corner on the plate, µm.
    pub corner_um: Vec3,
    /// Its condition.
    pub condition: u32,
    /// Columns of the displacement gradient at this instant, magnified: a point of the gel at X is drawn at
    /// X + G (X − centre).
    pub gradient: [Vec4; 3],
    /// Colour of its condition, linear light.
    pub colour: Vec4,
    /// Lowest corner of its muscle, µm; where there is none the box is empty.
    pub muscle_low_um: Vec3,
    /// How far its muscle is shortened at this instant, as a share of its length.
    pub contraction: f32,
    /// Highest corner of its muscle, µm.
    pub muscle_high_um: Vec3,
    /// Light on its muscle at this instant, 0 to 1.
    pub light: f32,
    /// Where its first grid begins in the concentrations, or `NONE`.
    pub grid: u32,
    /// Its place among the wells.
    pub well: u32,
    /// What holds the gel: 0 nothing, 1 magnets, 2 clamps, 2 + n bars where they stand in the gel.
    pub holder: u32,
    /// 1 while its gel moves.
    pub moving: u32,
    /// Direction in which the gel is pulled, a unit vector.
    pub axis: Vec3,
    /// 1 where the fibres of its muscle run along y.
    pub fibres_upright: u32,
    /// Where its uneven movement begins among those of the plate, or `NONE`.
    pub movement: u32,
    /// Layers of that movement above the lowest.
    pub layers: u32,
    /// Where its bars begin.
    pub bars: u32,
    /// How much of the movement's peak there is at this instant, magnified.
    pub sway: f32,
}
