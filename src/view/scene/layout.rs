//! Data that the host and the drawing shaders share, byte for byte; `shaders/draw/layout.wgsl` is written from here.

use crate::model::shared::shared;
use glam::{Mat4, UVec3, Vec2, Vec3, Vec4};

shared! {
    /// Facts about a frame.
    pub struct Frame {
        /// From plate coordinates, µm, to clip space.
        clip_from_plate: Mat4,
        /// Size of the picture, in points.
        size_px: Vec2,
        /// Points for each µm at the middle of the view.
        px_per_um: f32,
        /// 0 dark, 1 light.
        paper: u32,
        /// Size of a well, µm.
        well_um: Vec3,
        /// Edge of a voxel, µm.
        voxel_um: f32,
        /// Voxels along x, y and z.
        voxels: UVec3,
        /// The myokine whose field is shown.
        species: u32,
        /// Number of myokines.
        species_count: u32,
        /// The dose of the brightest field colour; 0 without field.
        brightest_dose: f32,
        /// Height of the field's slice, as a share of the gel's.
        slice: f32,
        /// Width of an axon, in points.
        axon_width_px: f32,
        /// The property that the colour of an axon shows, see `ColourBy`.
        colour_by: u32,
        /// The step that is shown.
        step: u32,
        /// Length of a step, h.
        step_h: f32,
        /// The neuron that stands out, or `NONE`.
        highlighted: u32,
        /// The layers that are drawn: bits in the order of `Layers`.
        layers: u32,
        /// Seconds on the wall, for movement that the simulated clock is too fast for.
        wall_s: f32,
        /// Spacing of muscle fibres, µm.
        fibre_spacing_um: f32,
        /// 1 where growth stays in a plane.
        planar: u32,
        /// Points of the picture for each point of a usual screen: what has a size of its own there is drawn as much larger.
        scale: f32,
        /// How many times brighter the channel of the axons is shown.
        axon_gain: f32,
        /// The same of nuclei.
        nuclei_gain: f32,
        /// The same of the myokine field.
        myokine_gain: f32,
        ..pad
    }

    /// A spheroid whose depth is drawn.
    pub struct Spheroid {
        /// Its middle in the well, µm.
        centre_um: Vec3,
        /// Its radius, µm.
        radius_um: f32,
        /// Its well.
        well: u32,
        /// The number of times that its somata would cover it.
        layers: f32,
        ..pad
    }

    /// A well as it stands now.
    pub struct Pose {
        /// Its lowest corner on the plate, µm.
        corner_um: Vec3,
        /// Its condition.
        condition: u32,
        /// Columns of the displacement gradient at this instant, magnified: a point of the gel at X is drawn at
        /// X + G (X − centre).
        gradient: [Vec4; 3],
        /// Colour of its condition, linear light.
        colour: Vec4,
        /// Lowest corner of its muscle, µm; where there is none the box is empty.
        muscle_low_um: Vec3,
        /// Share of its length by which its muscle is shortened at this instant.
        contraction: f32,
        /// Highest corner of its muscle, µm.
        muscle_high_um: Vec3,
        /// Light on its muscle at this instant, 0 to 1.
        light: f32,
        /// Where its first grid begins in the concentrations, or `NONE`.
        grid: u32,
        /// Its place among the wells.
        well: u32,
        /// The holder of the gel: 0 nothing, 1 clamps at two sides, 2 at four, 2 + n bars where they stand in the gel.
        holder: u32,
        /// 1 while its gel moves.
        moving: u32,
        /// Direction in which the gel is pulled, a unit vector.
        axis: Vec3,
        /// 1 where the fibres of its muscle run along y.
        fibres_upright: u32,
        /// Where its uneven movement begins among those of the plate, or `NONE`.
        movement: u32,
        /// Layers of that movement above the lowest.
        layers: u32,
        /// Place at which its bars begin.
        bars: u32,
        /// Share of the movement's peak that there is at this instant, magnified.
        sway: f32,
    }
}
