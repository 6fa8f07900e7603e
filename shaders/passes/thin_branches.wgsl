// Drops branches that cones have decided on, where the tips of a neuron compete for them or branching declines. Twin of
// src/model/branches.rs.
#include "../world/tips.wgsl"
#include "../world/cells.wgsl"
#include "../rules/branching.wgsl"
#include "../rules/random.wgsl"

@compute @workgroup_size(64)
fn thin_branches(thread: Thread) {
    let index = cone_of(thread);
    if clock.running == 0u || index >= clock.parents {
        return;
    }
    let cone = cones[index];
    if cone.pending != PENDING_SPLIT && cone.pending != PENDING_SPROUT {
        return;
    }
    let well = wells[cone.well];
    // The middle of the step stands for it.
    let hours = (f32(clock.step) + 0.5) * run.step_h;
    let rules = treatments[well.treatment].rules;
    let words = draw(cone.id, clock.step, well.key, PURPOSE_COMPETITION);
    if uniform_number(words.x) >= branches_left(atomicLoad(&tips[cone.neuron]), hours, rules) {
        cones[index].pending = PENDING_NOTHING;
    }
}
