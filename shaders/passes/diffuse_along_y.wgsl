// Diffusion along y: one thread a column, neighbours in x side by side.
#include "../world/lines.wgsl"

@compute @workgroup_size(64)
fn diffuse_along_y(thread: Thread) {
    let lines = run.voxels.x * run.voxels.z;
    let index = index_of(thread);
    if field_rests() || index >= arrayLength(&grids) * lines {
        return;
    }
    let grid = grids[index / lines];
    let line = index % lines;
    let start = line / run.voxels.x * (run.voxels.x * run.voxels.y) + line % run.voxels.x;
    diffuse_line(grid, grid.line_y, start, run.voxels.x, voxels_along(1u));
}
