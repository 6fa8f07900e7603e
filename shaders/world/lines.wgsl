// Implicit diffusion along one line of voxels. Twin of diffuse_row in src/engine/cpu/field.rs; the scheme is explained in
// src/model/diffusion.rs.
#include "field.wgsl"

@group(2) @binding(0) var<storage, read> coefficients: array<vec4<f32>>;
@group(2) @binding(1) var<storage, read_write> swept: array<f32>;

// Solves the line of `length` voxels from `start` of a grid on, `stride` apart. `line` is where the coefficients of the
// axis begin.
fn diffuse_line(grid: Grid, line: u32, start: u32, stride: u32, length: u32) {
    let by_voxel = grid.by_voxel == 1u;
    let first = grid.first + start;
    let first_coefficient = line + select(0u, start, by_voxel);
    let coefficient_stride = select(1u, stride, by_voxel);
    var before = 0.0;
    for (var i = 0u; i < length; i++) {
        let here = coefficients[first_coefficient + i * coefficient_stride];
        before = here.x * concentrations[first + i * stride] + here.y * before;
        swept[first + i * stride] = before;
    }
    var after = 0.0;
    var flux_after = 0.0;
    var here = coefficients[first_coefficient + (length - 1u) * coefficient_stride];
    for (var left = length; left > 0u; left--) {
        let i = left - 1u;
        let solved = before + here.z * after;
        var flux = 0.0;
        var earlier = vec4<f32>(0.0);
        if i > 0u {
            earlier = coefficients[first_coefficient + (i - 1u) * coefficient_stride];
            before = swept[first + (i - 1u) * stride];
            flux = earlier.w * (solved - (before + earlier.z * solved));
        }
        if !by_voxel || is_free(here) {
            let cell = first + i * stride;
            concentrations[cell] = max(concentrations[cell] + (flux_after - flux), 0.0);
        }
        after = solved;
        flux_after = flux;
        here = earlier;
    }
}

// Whether diffusion changes a voxel at all: held and solid voxels have neither neighbour in their row.
fn is_free(coefficient: vec4<f32>) -> bool {
    return coefficient.y != 0.0 || coefficient.z != 0.0;
}
