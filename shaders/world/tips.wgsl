// Living tips of each neuron, counted anew in every step in which their number bears on branching. Whole numbers, so that the
// order in which threads add does not matter.
#include "trails.wgsl"

@group(2) @binding(3) var<storage, read_write> tips: array<atomic<u32>>;
