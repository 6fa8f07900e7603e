// The myokine field and solid voxels, interpolated between the centres of voxels.

struct Between {
    voxels: vec4<u32>,
    part: vec2<f32>,
}

// The four voxels of the slice around a point of the gel, and the place between them.
fn between(material_um: vec2<f32>) -> Between {
    let last = vec2<f32>(frame.voxels.xy - vec2(1u));
    let place = clamp((material_um + 0.5 * frame.well_um.xy) / frame.voxel_um - 0.5, vec2(0.0), last);
    let low = vec2<u32>(place);
    let high = min(low + vec2(1u), frame.voxels.xy - vec2(1u));
    let layer = min(u32(frame.slice * f32(frame.voxels.z)), frame.voxels.z - 1u);
    let first = layer * frame.voxels.y;
    let lower = (first + low.y) * frame.voxels.x;
    let upper = (first + high.y) * frame.voxels.x;
    return Between(vec4(lower + low.x, lower + high.x, upper + low.x, upper + high.x), place - vec2<f32>(low));
}

fn mean_of(values: vec4<f32>, part: vec2<f32>) -> f32 {
    let rows = mix(values.xz, values.yw, part.x);
    return mix(rows.x, rows.y, part.y);
}

fn dose(first: u32, material_um: vec2<f32>) -> f32 {
    let near = between(material_um);
    let voxels = near.voxels + first;
    let values = vec4(
        concentrations[voxels.x],
        concentrations[voxels.y],
        concentrations[voxels.z],
        concentrations[voxels.w],
    );
    return mean_of(values, near.part);
}

// The light that the field adds to the gel's own at a share of its range (on paper it takes away): straight between stops.
fn field_light(share: f32) -> vec3<f32> {
    let place = clamp(share, 0.0, 1.0) * 4.0;
    let field = &styles[frame.paper].field;
    return (*field)[0].rgb
        + (*field)[1].rgb * min(place, 1.0)
        + (*field)[2].rgb * clamp(place - 1.0, 0.0, 1.0)
        + (*field)[3].rgb * clamp(place - 2.0, 0.0, 1.0)
        + (*field)[4].rgb * max(place - 3.0, 0.0);
}

// A gel with the field in it, by the gain of its channel.
fn with_field(gel: vec3<f32>, share: f32) -> vec3<f32> {
    return max(gel + frame.myokine_gain * field_light(share), vec3<f32>(0.0));
}

fn wall_share(material_um: vec2<f32>, px_um: f32) -> f32 {
    let near = between(material_um);
    let solid = vec4(walls[near.voxels.x], walls[near.voxels.y], walls[near.voxels.z], walls[near.voxels.w]);
    // Half way between a solid and an open centre is where the wall ends.
    return clamp(0.5 + (mean_of(solid, near.part) - 0.5) * frame.voxel_um / px_um, 0.0, 1.0);
}
