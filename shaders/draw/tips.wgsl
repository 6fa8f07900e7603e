// The last bit of each axon, from its last recorded point to its cone: an instance a cone.
#include "axon_lines.wgsl"

@vertex
fn last_bits(@builtin(vertex_index) corner: u32, @builtin(instance_index) index: u32) -> Line {
    let cone = cones[index];
    var light = 1.0;
    if cone.mode == MODE_PRUNED { light = 0.0; }
    return axon_line(corner, poses[cone.well], index, cone.base_um, cone.base_um + cone.reach_um, f32(frame.step), light);
}
