// Brings fresh medium to the wells that are due: the field becomes uniform, but for walls and reservoirs.
#include "../world/field.wgsl"
#include "../rules/sessions.wgsl"

@group(2) @binding(0) var<storage, read> wells: array<Well>;
@group(2) @binding(1) var<storage, read> treatments: array<Treatment>;
@group(2) @binding(2) var<storage, read> kinds: array<u32>;

@compute @workgroup_size(64)
fn refresh_medium(thread: Thread) {
    let index = index_of(thread);
    if clock.running == 0u || index >= run.maps {
        return;
    }
    if index < uniform_count() {
        let treatment = wells[index / species_count()].treatment;
        if is_due(treatment) {
            concentrations[index] = dose_carried(treatment, index % species_count());
        }
        return;
    }
    let grid = grid_of(index);
    let open = grid.kinds == NONE || kinds[grid.kinds + index - grid.first] == KIND_OPEN;
    let treatment = wells[grid.well].treatment;
    if open && is_due(treatment) {
        concentrations[index] = dose_carried(treatment, grid.species);
    }
}

fn is_due(treatment: u32) -> bool {
    let medium = treatments[treatment].medium;
    return medium_is_due(clock.step, medium.start, medium.every);
}

// The dose of a myokine in a treatment's medium.
fn dose_carried(treatment: u32, species: u32) -> f32 {
    return concentrations[run.medium + treatment * species_count() + species];
}
