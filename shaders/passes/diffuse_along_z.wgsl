// Diffusion along z: one thread a column, neighbours in x side by side.
#include "../world/lines.wgsl"

@compute @workgroup_size(64)
fn diffuse_along_z(thread: Thread) {
    let lines = run.voxels.x * run.voxels.y;
    let index = index_of(thread);
    if field_rests() || index >= arrayLength(&grids) * lines {
        return;
    }
    let grid = grids[index / lines];
    diffuse_line(grid, grid.line_z, index % lines, lines, voxels_along(2u));
}
