// Brings fresh medium to the wells that are due: the field becomes uniform, but for walls and reservoirs.
#include "../world/field.wgsl"
#include "../rules/sessions.wgsl"

@group(2) @binding(0) var<storage, read> wells: array<Well>;
@group(2) @binding(1) var<storage, read> medium: array<f32>;
@group(2) @binding(2) var<storage, read> kinds: array<u32>;

@compute @workgroup_size(64)
fn refresh_medium(thread: Thread) {
    let index = index_of(thread);
    if clock.running == 0u || index >= run.maps {
        return;
    }
    if index < uniform_count() {
        if is_due(index / species_count()) {
            concentrations[index] = medium[index];
        }
        return;
    }
    let grid = grid_of(index);
    let open = grid.kinds == NONE || kinds[grid.kinds + index - grid.first] == KIND_OPEN;
    if open && is_due(grid.well) {
        concentrations[index] = medium[grid.well * species_count() + grid.species];
    }
}

fn is_due(well: u32) -> bool {
    return medium_is_due(clock.step, wells[well].medium_start, wells[well].medium_every);
}
