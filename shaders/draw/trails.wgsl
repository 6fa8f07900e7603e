// The newest stretch of each axon, straight from the trails of the engine: what has grown since the paths were last read.
// An instance a line of a cone's ring; a page of cones a draw.
#include "axon_lines.wgsl"

struct TrailDraw {
    // First cone of the page, and how many there are.
    first: u32,
    cones: u32,
    // Points of a ring.
    ring: u32,
    // Lines drawn for each cone, at most.
    lines: u32,
    // Cones of which it is known how much is drawn already.
    known: u32,
}

@group(2) @binding(0) var<uniform> draw: TrailDraw;
// As in world/trails.wgsl: a word of marks and a ring of points for each cone.
@group(2) @binding(1) var<storage, read> trails: array<vec4<u32>>;
// Points of each path that are drawn already.
@group(2) @binding(2) var<storage, read> settled: array<u32>;

@vertex
fn recent(@builtin(vertex_index) corner: u32, @builtin(instance_index) instance: u32) -> Line {
    var nothing: Line;
    nothing.clip = vec4<f32>(2.0, 2.0, 2.0, 1.0);
    let place = instance / draw.lines;
    let index = draw.first + place;
    let cone = cones[index];
    let trail = place * (draw.ring + 1u);
    let marks = trails[trail];
    var drawn = 0u;
    if index < draw.known { drawn = settled[index]; }
    // An axon that was taken back and went another way is new from where it turned.
    let first = max(max(min(drawn, marks.x), 1u) - 1u, marks.y);
    let node = first + instance % draw.lines;
    if cone.mode == MODE_PRUNED || node + 1u >= cone.nodes { return nothing; }
    let ring = trail + 1u;
    let from_um = bitcast<vec4<f32>>(trails[ring + (node & (draw.ring - 1u))]).xyz;
    let to_um = bitcast<vec4<f32>>(trails[ring + ((node + 1u) & (draw.ring - 1u))]).xyz;
    return axon_line(corner, poses[cone.well], index, from_um, to_um, f32(frame.step), 1.0);
}
