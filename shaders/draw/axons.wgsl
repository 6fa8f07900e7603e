// Axons of one well: a segment an instance, pulled from the blocks of their paths at the level of detail of the view.
#include "axon_lines.wgsl"

const SEGMENTS: u32 = 16u;
const POINTS: u32 = 17u;

struct Block {
    cone: u32,
    segments: u32,
    first_seen: u32,
    last_seen: u32,
}

struct WellDraw {
    pose: u32,
    level: u32,
    pad: vec2<u32>,
}

@group(2) @binding(0) var<uniform> draw: WellDraw;
@group(2) @binding(1) var<storage, read> points: array<vec4<f32>>;
@group(2) @binding(2) var<storage, read> blocks: array<Block>;

@vertex
fn settled(@builtin(vertex_index) corner: u32, @builtin(instance_index) instance: u32) -> Line {
    let in_block = SEGMENTS >> draw.level;
    let index = instance / in_block;
    let block = blocks[index];
    let from_point = (instance % in_block) << draw.level;
    let to_point = from_point + (1u << draw.level);
    // The rest at an axon's end is shorter than can be seen at this level; growing on, it makes a whole line.
    if to_point > block.segments {
        var nothing: Line;
        nothing.clip = vec4<f32>(2.0, 2.0, 2.0, 1.0);
        return nothing;
    }
    let from_um = points[index * POINTS + from_point].xyz;
    let to_um = points[index * POINTS + to_point].xyz;
    let share = f32(to_point) / f32(block.segments);
    let seen = mix(f32(block.first_seen), f32(block.last_seen), share);
    return axon_line(corner, poses[draw.pose], block.cone, from_um, to_um, seen, 1.0);
}
