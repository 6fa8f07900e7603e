// Begins a step, if there is one to do and the buffers have room for all that it may bring. The passes behind it do
// nothing otherwise, so that a batch may hold more steps than can be done.
#include "../world/run.wgsl"

@compute @workgroup_size(1)
fn advance_clock() {
    // Every cone may branch once in a step.
    if 2u * clock.cones > room.cones {
        atomicOr(&clock.halted, HALT_GROW);
    }
    let has_work = clock.done < clock.goal && clock.cones <= clock.covered;
    let running = has_work && atomicLoad(&clock.halted) == 0u;
    clock.running = u32(running);
    if running {
        clock.step = clock.done;
        clock.done += 1u;
        clock.round = 0u;
        clock.parents = clock.cones;
    }
}
