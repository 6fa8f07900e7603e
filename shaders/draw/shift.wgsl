// The kept picture of the axons, moved: with a gel that is strained, or with a view that travels. Each well is a mesh in
// the middle plane of its gel, drawn where it is now and coloured by where it was when the picture was drawn.
#include "frame.wgsl"

@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var<storage, read> poses: array<Pose>;
// As the picture was drawn: its view, and every gel at rest.
@group(1) @binding(0) var<uniform> kept_frame: Frame;
@group(1) @binding(1) var kept: texture_2d<f32>;

// Squares along an edge of the mesh: enough for views at a slant, and for a gel that moves unevenly.
fn squares_of(pose: Pose) -> u32 {
    return select(8u, 16u, pose.movement != NO_MOVEMENT && pose.sway != 0.0);
}

struct Corner {
    @builtin(position) clip: vec4<f32>,
    // Its point in the kept picture, in points.
    @location(0) kept_px: vec2<f32>,
}

@vertex
fn stand(@builtin(vertex_index) index: u32, @builtin(instance_index) well: u32) -> Corner {
    let pose = poses[well];
    let squares = squares_of(pose);
    let square = index / 6u;
    // Two triangles: corners 0 1 2 and 2 1 3.
    let corner = select(index % 6u, array<u32, 3>(2u, 1u, 3u)[index % 3u], index % 6u > 2u);
    let place = vec2<u32>(square % squares + (corner & 1u), square / squares + (corner >> 1u));
    let reference_um = vec3<f32>(vec2<f32>(place) / f32(squares), 0.5) * frame.well_um;
    var point: Corner;
    point.clip = frame.clip_from_plate * vec4<f32>(drawn_at(pose, reference_um, frame.well_um), 1.0);
    let before = kept_frame.clip_from_plate * vec4<f32>(pose.corner_um + reference_um, 1.0);
    point.kept_px = (vec2<f32>(0.5, -0.5) * before.xy / before.w + 0.5) * kept_frame.size_px;
    return point;
}

fn kept_at(place: vec2<i32>) -> vec4<f32> {
    let inside = all(place >= vec2<i32>(0)) && all(place < vec2<i32>(textureDimensions(kept)));
    return select(vec4<f32>(0.0), textureLoad(kept, max(place, vec2<i32>(0)), 0), inside);
}

@fragment
fn move_light(point: Corner) -> @location(0) vec4<f32> {
    // Between four points, by hand: single precision cannot be sampled smoothly everywhere.
    let place = point.kept_px - 0.5;
    let low = vec2<i32>(floor(place));
    let share = place - floor(place);
    let above = mix(kept_at(low), kept_at(low + vec2<i32>(1, 0)), share.x);
    let below = mix(kept_at(low + vec2<i32>(0, 1)), kept_at(low + vec2<i32>(1, 1)), share.x);
    return mix(above, below, share.y);
}
