// The colour of every growth cone and its axon, found once for a picture instead of at each corner of each line: first the
// scale that colours by age are taken from, then a colour a cone with its emphasis beside it.
#include "colours.wgsl"

@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var<storage, read> poses: array<Pose>;
@group(1) @binding(0) var<storage, read> cones: array<Cone>;
@group(1) @binding(1) var<storage, read_write> colours: array<vec4<f32>>;

@compute @workgroup_size(64)
fn tint(@builtin(global_invocation_id) thread: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let index = thread.x + thread.y * groups.x * 64u;
    if index < SCALE {
        colours[index] = vec4<f32>(viridis(f32(index) / f32(SCALE - 1u)), 1.0);
        return;
    }
    if index >= arrayLength(&colours) || index - SCALE >= arrayLength(&cones) { return; }
    let cone = cones[index - SCALE];
    // Beyond the last cone there may be anything.
    let pose = poses[min(cone.well, arrayLength(&poses) - 1u)];
    colours[index] = vec4<f32>(cone_colour(frame, pose, cone), emphasis(frame, cone.neuron));
}
