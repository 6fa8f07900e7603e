// Diffusion along x: one thread a row.
#include "../world/lines.wgsl"

@compute @workgroup_size(64)
fn diffuse_along_x(thread: Thread) {
    let lines = run.voxels.y * run.voxels.z;
    let index = index_of(thread);
    if field_rests() || index >= arrayLength(&grids) * lines {
        return;
    }
    let grid = grids[index / lines];
    diffuse_line(grid, grid.line_x, index % lines * run.voxels.x, 1u, voxels_along(0u));
}
