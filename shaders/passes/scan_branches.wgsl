// Turns the branches of each block of cones into the branches before it, and counts them all: one workgroup, each thread a
// run of blocks.
#include "../world/branches.wgsl"

const THREADS: u32 = 256u;

var<workgroup> of_threads: array<u32, 256>;

@compute @workgroup_size(256)
fn scan_branches(@builtin(local_invocation_index) local: u32) {
    let blocks = select(0u, (clock.parents + GROUP - 1u) / GROUP, clock.running == 1u);
    let share = (blocks + THREADS - 1u) / THREADS;
    let first = min(local * share, blocks);
    let last = min(first + share, blocks);
    var count = 0u;
    for (var block = first; block < last; block++) {
        count += sums[block];
    }
    of_threads[local] = count;
    workgroupBarrier();
    var before = 0u;
    for (var i = 0u; i < local; i++) {
        before += of_threads[i];
    }
    for (var block = first; block < last; block++) {
        let here = sums[block];
        sums[block] = before;
        before += here;
    }
    if local == THREADS - 1u && clock.running == 1u {
        clock.cones = clock.parents + before;
    }
}
