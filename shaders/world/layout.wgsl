// Written by scripts/layouts.sh from the files named here; do not edit.

// From src/engine/gpu/layout.rs.

// Threads of a workgroup, the same in every pass over cones, neurons or voxels.
const GROUP: u32 = 64;

// Points that a cone can record in one step: one at each bend of its way along walls, one by growth, one where its tip
// splits.
const POINTS_A_STEP: u32 = 6;

// The device's clock. Passes look at it to see whether there is a step to do.
struct Clock {
    // Steps done, the one in progress among them.
    done: u32,
    // Steps to do in all.
    goal: u32,
    // The step in progress.
    step: u32,
    // 1 while it is in progress, 0 where the passes do nothing.
    running: u32,
    // Cones, those born in the step in progress among them.
    cones: u32,
    // Cones before that step.
    parents: u32,
    // Cones that the passes of the submission cover: there is no step for more.
    covered: u32,
    // Reasons why the next step cannot be done, see `halt`; 0 where it can.
    halted: atomic<u32>,
    // Updates of the field done in the step in progress.
    round: u32,
    // Always 0: what passes branch on is combined with it, see `shaders/world/run.wgsl`.
    zero: u32,
}

// Reasons to halt the clock before the next step.

// A ring is full of points that the host has not read.
const HALT_DRAIN: u32 = 1;
// A ring does not reach far enough back along its path.
const HALT_REFILL: u32 = 2;
// There may not be room for all new cones.
const HALT_GROW: u32 = 4;

// The room in the buffers.
struct Room {
    // Points that a ring holds, a power of two.
    ring: u32,
    // Points of a path that a step may reach back over.
    spare: u32,
    // Cones that there is room for.
    cones: u32,
    // 1 where cones take up myokine.
    takes_up: u32,
}

// The cones whose trails lie in one buffer.
struct Page {
    // The first of the cones.
    first: u32,
    // Number of the cones.
    cones: u32,
}

// The marks before a ring: the points that it owes the host, and its reach back along the path.
struct Marks {
    // Fewest points that the path has had since the host last read it: those from here on are new to the host.
    low: u32,
    // First point that the ring still holds.
    tail: u32,
}
