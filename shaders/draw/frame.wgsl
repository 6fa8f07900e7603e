// Data that the host and the drawing shaders share, byte for byte. Twin of src/view/scene/layout.rs.

struct Frame {
    clip_from_plate: mat4x4<f32>,
    size_px: vec2<f32>,
    px_per_um: f32,
    paper: u32,
    well_um: vec3<f32>,
    voxel_um: f32,
    voxels: vec3<u32>,
    species: u32,
    species_count: u32,
    brightest_dose: f32,
    slice: f32,
    axon_width_px: f32,
    colour_by: u32,
    step: u32,
    step_h: f32,
    highlighted: u32,
    layers: u32,
    wall_s: f32,
    fibre_spacing_um: f32,
    planar: u32,
}

struct Pose {
    corner_um: vec3<f32>,
    condition: u32,
    gradient: array<vec4<f32>, 3>,
    colour: vec4<f32>,
    muscle_low_um: vec3<f32>,
    contraction: f32,
    muscle_high_um: vec3<f32>,
    light: f32,
    grid: u32,
    well: u32,
    holder: u32,
    moving: u32,
    axis: vec3<f32>,
    fibres_upright: u32,
}

// Where a point of a well's gel is drawn on the plate.
fn drawn_at(pose: Pose, reference_um: vec3<f32>, well_um: vec3<f32>) -> vec3<f32> {
    let from_centre = reference_um - 0.5 * well_um;
    let displacement = pose.gradient[0].xyz * from_centre.x
        + pose.gradient[1].xyz * from_centre.y
        + pose.gradient[2].xyz * from_centre.z;
    return pose.corner_um + reference_um + displacement;
}
