// Begins another update of the field in the same step.
#include "../world/run.wgsl"

@compute @workgroup_size(1)
fn next_round() {
    if !field_rests() {
        clock.round += 1u;
    }
}
