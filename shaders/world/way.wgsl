// Ways through the gel: how far one is free of walls, and how it goes on along them. Twin of src/model/way.rs.
#include "surroundings.wgsl"
#include "../rules/path.wgsl"

struct Gone {
    reach_um: vec3<f32>,
    from_wall: vec3<f32>,
    near: bool,
}

fn pieces(way: vec3<f32>) -> u32 {
    return clamp(u32(ceil(length(way) / run.voxel_um)), 1u, MOST_PIECES);
}

fn go(base: vec3<f32>, reach: vec3<f32>, way: vec3<f32>) -> Gone {
    var gone = Gone(keep_inside(base, reach + way, run.size_um), vec3<f32>(0.0), false);
    if !has_walls() {
        return gone;
    }
    let wall = sense_wall(base + gone.reach_um);
    if wall.w < 0.0 {
        gone.reach_um = keep_inside(base, gone.reach_um + out_of_wall(wall.w, wall.xyz), run.size_um);
        gone.from_wall = wall.xyz;
    }
    gone.near = wall.w < max(length(gone.reach_um), length(way)) + 2.0 * run.voxel_um;
    if gone.near {
        let start = base + reach;
        let wished = gone.reach_um - reach;
        let met = first_wall(start, wished, WALL_GAP);
        if met.w < 1.0 {
            let up_to_wall = wished * met.w;
            let left = wished - up_to_wall;
            let along = left - met.xyz * dot(met.xyz, left);
            let both = up_to_wall + along * first_wall(start + up_to_wall, along, WALL_GAP).w;
            gone.reach_um = reach + select(up_to_wall, both, is_free(start, both));
            gone.from_wall = met.xyz;
        }
        // The sums of the parts may round to just beyond the rim.
        gone.reach_um = keep_inside(base, gone.reach_um, run.size_um);
        // Rounding of the place itself may lead across a face along which the way went.
        if is_in_wall(base + gone.reach_um) && !is_in_wall(start) {
            gone.reach_um = reach;
        }
    }
    return gone;
}

fn is_in_wall(place: vec3<f32>) -> bool {
    return concentrations[run.maps + clearance_map() + voxel_at(place)] < 0.0;
}

fn is_free(start: vec3<f32>, way: vec3<f32>) -> bool {
    return first_wall(start, way, 0.0).w == 1.0;
}

fn first_wall(start: vec3<f32>, way: vec3<f32>, gap: f32) -> vec4<f32> {
    let free = vec4<f32>(0.0, 0.0, 0.0, 1.0);
    let last = vec3<i32>(run.voxels) - 1;
    let place = start / run.voxel_um;
    let ahead = way / run.voxel_um;
    var voxel = clamp(vec3<i32>(floor(place)), vec3<i32>(0), last);
    if is_solid(voxel) {
        return free;
    }
    // For each axis the share of the way at which it crosses the next face, and from one face to the next.
    var next = vec3<f32>(1e30);
    var between = vec3<f32>(1e30);
    for (var axis = 0u; axis < 3u; axis++) {
        if ahead[axis] != 0.0 {
            let face = f32(voxel[axis]) + select(0.0, 1.0, ahead[axis] > 0.0);
            next[axis] = (face - place[axis]) / ahead[axis];
            between[axis] = 1.0 / abs(ahead[axis]);
        }
    }
    for (var crossed = 0u; crossed < run.voxels.x + run.voxels.y + run.voxels.z; crossed++) {
        var axis = 2u;
        if next.x <= next.y && next.x <= next.z {
            axis = 0u;
        } else if next.y <= next.z {
            axis = 1u;
        }
        let before = gap * between[axis];
        if next[axis] > 1.0 + before {
            return free;
        }
        let step = select(-1, 1, ahead[axis] > 0.0);
        if clamp(voxel[axis] + step, 0, last[axis]) == voxel[axis] {
            // Rounding leads beyond the rim: along the other axes the way goes on.
            next[axis] = 1e30;
            continue;
        }
        voxel[axis] += step;
        if is_solid(voxel) {
            var met = vec4<f32>(0.0, 0.0, 0.0, clamp(next[axis] - before, 0.0, 1.0));
            met[axis] = f32(-step);
            return met;
        }
        next[axis] += between[axis];
    }
    return free;
}

fn is_solid(voxel: vec3<i32>) -> bool {
    let place = vec3<u32>(voxel);
    let cell = (place.z * run.voxels.y + place.y) * run.voxels.x + place.x;
    return concentrations[run.maps + clearance_map() + cell] < 0.0;
}
