// Bind group 1 of the passes that change the field. Eight storage buffers a stage do not hold the whole world, so it
// has two views: this one and cells.wgsl.
#include "run.wgsl"

@group(1) @binding(0) var<storage, read_write> concentrations: array<f32>;
@group(1) @binding(1) var<storage, read_write> takers: array<i32>;
@group(1) @binding(2) var<storage, read_write> fibres: array<Fibres>;
@group(1) @binding(3) var<storage, read> grids: array<Grid>;

// The grid that a concentration behind the uniform ones belongs to.
fn grid_of(index: u32) -> Grid {
    return grids[(index - uniform_count()) / voxel_count()];
}
