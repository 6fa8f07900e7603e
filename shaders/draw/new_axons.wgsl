// Segments that were added to a kept picture or, with negative weight, taken back from it; and the last bit of each axon
// from its last recorded point to its cone.
#include "axon_lines.wgsl"

struct Change {
    from_um: vec3<f32>,
    cone: u32,
    to_um: vec3<f32>,
    weight: f32,
}

@group(2) @binding(0) var<storage, read> changes: array<Change>;

@vertex
fn changed(@builtin(vertex_index) corner: u32, @builtin(instance_index) instance: u32) -> Line {
    let change = changes[instance];
    let pose = poses[cones[change.cone].well];
    return axon_line(corner, pose, change.cone, change.from_um, change.to_um, f32(frame.step), change.weight);
}
