// The ends of axons that change from step to step.
#include "axon_lines.wgsl"

// The piece that a soma has drawn out as it walked, up to where its axon was seeded: an instance a neuron. The first cones are those
// of the neurons, in their order.
@vertex
fn drawn_out(@builtin(vertex_index) corner: u32, @builtin(instance_index) index: u32) -> Line {
    let neuron = neurons[index];
    var light = 1.0;
    if cones[index].mode == MODE_PRUNED { light = 0.0; }
    let soma_um = neuron.base_um + neuron.reach_um;
    return axon_line(corner, poses[neuron.well], index, soma_um, neuron.start_um, f32(frame.step), light);
}

// The last bit of each axon, from its last recorded point to its cone: an instance a cone.
@vertex
fn last_bits(@builtin(vertex_index) corner: u32, @builtin(instance_index) index: u32) -> Line {
    let cone = cones[index];
    var light = 1.0;
    if cone.mode == MODE_PRUNED { light = 0.0; }
    return axon_line(corner, poses[cone.well], index, cone.base_um, cone.base_um + cone.reach_um, f32(frame.step), light);
}
