// Everything under the axons: wells, gel, field, muscle, magnets. Linear light; on paper, what paper reflects.
//
// The facts of a whole well are found once, at its corners: a software driver reads memory for every point that it
// draws, and runs both sides of every branch.
#include "frame.wgsl"
#include "ground_bindings.wgsl"
#include "ground_field.wgsl"
#include "ground_gel.wgsl"
#include "ground_holder.wgsl"
#include "ground_muscle.wgsl"
#include "ground_rim.wgsl"

struct Tile {
    @builtin(position) clip: vec4<f32>,
    // Share of the well, from its middle.
    @location(0) share: vec2<f32>,
    // The point of the gel that is drawn there, µm from the middle.
    @location(1) material_um: vec2<f32>,
    // Light of gel and uniform field; alpha: how much is covered.
    @location(2) @interpolate(flat) light: vec4<f32>,
    // Colour of the gel's lines and their strength.
    @location(3) @interpolate(flat) line: vec4<f32>,
    // Spacing of the gel's finer lines, µm, and how well they can be told apart; 1 / the brightest dose; first voxel.
    @location(4) @interpolate(flat) grid: vec3<f32>,
    @location(5) @interpolate(flat) first: u32,
}

fn corner(vertex: u32) -> vec2<f32> {
    return vec2(f32(vertex & 1u), f32(vertex >> 1u));
}

// Rounds in which the point of an unevenly moved gel is found: enough for a strain of 40 %, to a hundredth.
const ROUNDS: u32 = 5u;

// Squares along an edge of a well: one is enough where the gel moves alike everywhere.
override squares: u32 = 1u;

// The deformation gradient of a well's gel in the plane, as drawn.
fn stretch_of(well: u32) -> mat2x2<f32> {
    return mat2x2(vec2(1.0, 0.0) + poses[well].gradient[0].xy, vec2(0.0, 1.0) + poses[well].gradient[1].xy);
}

// The point of the gel that is drawn at a point of the well, both from the middle.
fn material_at(well: u32, at_um: vec2<f32>) -> vec2<f32> {
    let stretch = stretch_of(well);
    let wide = vec2(stretch[1].y, -stretch[0].y);
    let high = vec2(-stretch[1].x, stretch[0].x);
    let material_um = (wide * at_um.x + high * at_um.y) / determinant(stretch);
    if poses[well].movement == NO_MOVEMENT || poses[well].sway == 0.0 {
        return material_um;
    }
    // The point X with X + u(X) there: each round leaves about as much of what was off as the gel is strained.
    let half_um = 0.5 * frame.well_um.xy;
    var found_um = at_um;
    for (var round = 0u; round < ROUNDS; round++) {
        found_um = at_um - carried(poses[well], vec3(found_um + half_um, slice_height()), frame.well_um).xy;
    }
    return found_um;
}

// The plane of the gel that is shown.
fn slice_height() -> f32 {
    return select(frame.slice * frame.well_um.z, 0.0, frame.planar != 0u);
}

fn in_clip(well: u32, at_um: vec2<f32>, height_um: f32) -> vec4<f32> {
    let from_corner = vec3(at_um + 0.5 * frame.well_um.xy, height_um);
    return frame.clip_from_plate * vec4(poses[well].corner_um + from_corner, 1.0);
}

// An instance for each square of each well.
@vertex
fn gel_corner(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> Tile {
    let well = instance / (squares * squares);
    let square = vec2(instance % squares, instance / squares % squares);
    let style = styles[frame.paper];
    var out: Tile;
    out.share = (vec2<f32>(square) + corner(vertex)) / f32(squares) - 0.5;
    let at_um = out.share * frame.well_um.xy;
    out.material_um = material_at(well, at_um);
    let field = (frame.layers & FIELD) != 0u && frame.brightest_dose > 0.0;
    var light = style.gel.rgb;
    out.first = poses[well].grid;
    if field {
        out.grid.z = 1.0 / frame.brightest_dose;
        if out.first == NO_GRID {
            light = with_field(light, concentrations[well * frame.species_count + frame.species] * out.grid.z);
        } else {
            out.first += frame.species * frame.voxels.x * frame.voxels.y * frame.voxels.z;
        }
    }
    out.light = vec4(light, select(style.floor.a, 1.0, frame.planar != 0u));
    let shown = select(0.0, style.vignette.z, (frame.layers & GEL) != 0u);
    out.line = vec4(style.line.rgb, shown * select(style.line.a, 1.0, poses[well].moving != 0u));
    let spacing = grid_spacing();
    out.grid = vec3(spacing, out.grid.z);
    out.clip = in_clip(well, at_um, slice_height());
    return out;
}

fn covered(in: Tile, gel: vec3<f32>) -> vec4<f32> {
    let style = styles[frame.paper];
    let px_um = px_of(in.share * frame.well_um.xy);
    // Wells are lit from above: a little brighter in the middle.
    var light = gel * (style.vignette.x - style.vignette.y * dot(in.share, in.share));
    light = mix(light, in.line.rgb, in.line.a * grid_line(in.material_um, in.grid.xy, 1.0 / (px_um * frame.scale)));
    if has_walls != 0u {
        light = mix(light, style.wall.rgb, wall_share(in.material_um, px_um));
    }
    let inside = 0.5 * frame.well_um.xy - abs(in.material_um);
    let cover = clamp(0.5 + min(inside.x, inside.y) / px_um, 0.0, 1.0) * in.light.a;
    // In the plane the floor of the well is seen where the gel has drawn back.
    let planar = f32(frame.planar);
    return vec4(light * cover + style.floor.rgb * ((1.0 - cover) * planar), max(cover, planar));
}

@fragment
fn uniform_light(in: Tile) -> @location(0) vec4<f32> {
    return covered(in, in.light.rgb);
}

@fragment
fn gridded_light(in: Tile) -> @location(0) vec4<f32> {
    return covered(in, with_field(in.light.rgb, dose(in.first, in.material_um) * in.grid.z));
}

struct Floor {
    @builtin(position) clip: vec4<f32>,
}

// The floor below a gel with height.
@vertex
fn floor_corner(@builtin(vertex_index) vertex: u32, @builtin(instance_index) well: u32) -> Floor {
    return Floor(in_clip(well, (corner(vertex) - 0.5) * frame.well_um.xy, 0.0));
}

@fragment
fn floor_light() -> @location(0) vec4<f32> {
    return vec4(styles[frame.paper].floor.rgb, 1.0);
}
