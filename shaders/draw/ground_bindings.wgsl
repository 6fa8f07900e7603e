// The resources of the ground. Twin of `Style` in src/view/scene/ground/style.rs.

struct Style {
    // A well without gel; alpha: the cover of a slice.
    floor: vec4<f32>,
    gel: vec4<f32>,
    // Lines of the gel; alpha: their strength at rest.
    line: vec4<f32>,
    // Brightness in the middle, how much of it is lost outwards, strength of the gel's lines while it moves.
    vignette: vec4<f32>,
    // The rim of the glass; alpha: share of the condition's colour.
    rim: vec4<f32>,
    sheen: vec4<f32>,
    // alpha: strength of the shadow beside a well.
    shadow: vec4<f32>,
    wall: vec4<f32>,
    muscle: vec4<f32>,
    gap: vec4<f32>,
    metal: vec4<f32>,
    // Light of 470 nm on muscle.
    glow: vec4<f32>,
    // Around the wells.
    around: vec4<f32>,
    // The light that the field adds to the gel where there is none, and from each quarter of its range to the next.
    field: array<vec4<f32>, 5>,
}

const FIELD: u32 = 1u;
const GEL: u32 = 2u;
const NO_GRID: u32 = 0xffffffffu;

@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var<storage, read> poses: array<Pose>;
@group(1) @binding(0) var<uniform> styles: array<Style, 2>;
@group(1) @binding(1) var<storage, read> concentrations: array<f32>;
// For each voxel 1 where it is solid.
@group(1) @binding(2) var<storage, read> walls: array<f32>;

override has_walls: u32 = 0u;
