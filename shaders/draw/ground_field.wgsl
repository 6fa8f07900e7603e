// The myokine field and solid voxels, interpolated between the centres of voxels.

struct Between {
    voxels: vec4<u32>,
    shares: vec4<f32>,
}

// The four voxels around a point of the slice, and what each counts.
fn between(material_um: vec2<f32>) -> Between {
    let last = vec2<f32>(frame.voxels.xy - vec2(1u));
    let place = clamp(material_um / frame.voxel_um - 0.5, vec2(0.0), last);
    let low = vec2<u32>(place);
    let high = min(low + vec2(1u), frame.voxels.xy - vec2(1u));
    let part = place - vec2<f32>(low);
    let layer = min(u32(frame.slice * f32(frame.voxels.z)), frame.voxels.z - 1u);
    let first = layer * frame.voxels.y;
    let lower = (first + low.y) * frame.voxels.x;
    let upper = (first + high.y) * frame.voxels.x;
    let rest = vec2(1.0) - part;
    return Between(
        vec4(lower + low.x, lower + high.x, upper + low.x, upper + high.x),
        vec4(rest.x * rest.y, part.x * rest.y, rest.x * part.y, part.x * part.y),
    );
}

fn dose(pose: Pose, material_um: vec2<f32>) -> f32 {
    if pose.grid == NO_GRID {
        return concentrations[pose.well * frame.species_count + frame.species];
    }
    let near = between(material_um);
    let first = pose.grid + frame.species * frame.voxels.x * frame.voxels.y * frame.voxels.z;
    let found = vec4(
        concentrations[first + near.voxels.x],
        concentrations[first + near.voxels.y],
        concentrations[first + near.voxels.z],
        concentrations[first + near.voxels.w],
    );
    return dot(found, near.shares);
}

// What the field adds to the gel's own light (on paper it takes away).
fn field_light(pose: Pose, material_um: vec2<f32>) -> vec3<f32> {
    let place = clamp(dose(pose, material_um) / frame.brightest_dose, 0.0, 1.0) * 16.0;
    let below = min(u32(place), 15u);
    return mix(styles[frame.paper].field[below].rgb, styles[frame.paper].field[below + 1u].rgb, place - f32(below));
}

fn wall_share(material_um: vec2<f32>, px_um: f32) -> f32 {
    let near = between(material_um);
    let solid = vec4(walls[near.voxels.x], walls[near.voxels.y], walls[near.voxels.z], walls[near.voxels.w]);
    // Half way between a solid and an open centre is where the wall ends.
    return clamp(0.5 + (dot(solid, near.shares) - 0.5) * frame.voxel_um / px_um, 0.0, 1.0);
}
