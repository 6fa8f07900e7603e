// Written by scripts/layouts.sh from the files named here; do not edit.

// From src/view/scene/layout.rs.

// Facts about a frame.
struct Frame {
    // From plate coordinates, µm, to clip space.
    clip_from_plate: mat4x4<f32>,
    // Size of the picture, in points.
    size_px: vec2<f32>,
    // Points for each µm at the middle of the view.
    px_per_um: f32,
    // 0 dark, 1 light.
    paper: u32,
    // Size of a well, µm.
    well_um: vec3<f32>,
    // Edge of a voxel, µm.
    voxel_um: f32,
    // Voxels along x, y and z.
    voxels: vec3<u32>,
    // The myokine whose field is shown.
    species: u32,
    // Number of myokines.
    species_count: u32,
    // The dose of the brightest field colour; 0 without field.
    brightest_dose: f32,
    // Height of the field's slice, as a share of the gel's.
    slice: f32,
    // Width of an axon, in points.
    axon_width_px: f32,
    // The property that the colour of an axon shows, see `ColourBy`.
    colour_by: u32,
    // The step that is shown.
    step: u32,
    // Length of a step, h.
    step_h: f32,
    // The neuron that stands out, or `NONE`.
    highlighted: u32,
    // The layers that are drawn: bits in the order of `Layers`.
    layers: u32,
    // Seconds on the wall, for movement that the simulated clock is too fast for.
    wall_s: f32,
    // Spacing of muscle fibres, µm.
    fibre_spacing_um: f32,
    // 1 where growth stays in a plane.
    planar: u32,
    // Points of the picture for each point of a usual screen: what has a size of its own there is drawn as much larger.
    scale: f32,
    // How many times brighter the channel of the axons is shown.
    axon_gain: f32,
    // The same of nuclei.
    nuclei_gain: f32,
    // The same of the myokine field.
    myokine_gain: f32,
}

// A spheroid whose depth is drawn.
struct Spheroid {
    // Its middle in the well, µm.
    centre_um: vec3<f32>,
    // Its radius, µm.
    radius_um: f32,
    // Its well.
    well: u32,
    // The number of times that its somata would cover it.
    layers: f32,
}

// A well as it stands now.
struct Pose {
    // Its lowest corner on the plate, µm.
    corner_um: vec3<f32>,
    // Its condition.
    condition: u32,
    // Columns of the displacement gradient at this instant, magnified: a point of the gel at X is drawn at
    // X + G (X − centre).
    gradient: array<vec4<f32>, 3>,
    // Colour of its condition, linear light.
    colour: vec4<f32>,
    // Lowest corner of its muscle, µm; where there is none the box is empty.
    muscle_low_um: vec3<f32>,
    // Share of its length by which its muscle is shortened at this instant.
    contraction: f32,
    // Highest corner of its muscle, µm.
    muscle_high_um: vec3<f32>,
    // Light on its muscle at this instant, 0 to 1.
    light: f32,
    // Where its first grid begins in the concentrations, or `NONE`.
    grid: u32,
    // Its place among the wells.
    well: u32,
    // The holder of the gel: 0 nothing, 1 clamps at two sides, 2 at four, 2 + n bars where they stand in the gel.
    holder: u32,
    // 1 while its gel moves.
    moving: u32,
    // Direction in which the gel is pulled, a unit vector.
    axis: vec3<f32>,
    // 1 where the fibres of its muscle run along y.
    fibres_upright: u32,
    // Where its uneven movement begins among those of the plate, or `NONE`.
    movement: u32,
    // Layers of that movement above the lowest.
    layers: u32,
    // Place at which its bars begin.
    bars: u32,
    // Share of the movement's peak that there is at this instant, magnified.
    sway: f32,
}

// From src/export/micrograph.rs.

// Light of axons that is shown half as bright as can be.
const HALF_AXONS: f32 = 1.7;

// Light of nuclei that is shown half as bright as can be.
const HALF_NUCLEI: f32 = 6.0;

// Light of the cytoplasm of one soma in the channel of the axons: beta-III tubulin and neurofilaments are there too.
const CYTOPLASM: f32 = 1.5;

// Light of one nucleus.
const NUCLEUS: f32 = 7.0;

// Light of the axons' channel in the middle of a spheroid that its neurons would cover once: axons and cells out of focus above
// and below.
const BALL_AXONS: f32 = 3.0;

// The same of nuclei.
const BALL_NUCLEI: f32 = 4.5;

// How far that light reaches beyond the spheroid, in radii.
const BALL_REACH: f32 = 1.6;

// Radius of the cell body of a motor neuron in culture, µm.
const SOMA_UM: f32 = 9.0;

// Radius of its nucleus, µm.
const NUCLEUS_UM: f32 = 5.0;

// Width of an axon, µm, as it is drawn once the view is close enough.
const AXON_UM: f32 = 1.2;

// Where a view shows axons wider than they are their light is spread: to this power of the ratio, so that few are still seen
// and many do not run together.
const SPREAD: f32 = 0.35;

// Light of an axon far from its soma, as a share of that beside it: calibre and neurofilaments decrease along it.
const DISTAL: f32 = 0.5;

// Distance in which it comes nearer to that by a factor e, µm.
const TAPER_UM: f32 = 900.0;

// Share of the light that the skirt of the point-spread function takes from its core.
const SKIRT: f32 = 0.22;

// Share of the brightest light of axons that is shown white, as an overexposed micrograph shows it.
const OVEREXPOSED: f32 = 0.35;

// The colour of nuclei (a DNA stain such as DAPI), linear light: its red.
const NUCLEI_RED: f32 = 0.16;

// Its green.
const NUCLEI_GREEN: f32 = 0.33;

// Its blue.
const NUCLEI_BLUE: f32 = 1.0;
