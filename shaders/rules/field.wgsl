// The field as a cone meets it: concentration and gradient between voxel centres. Twin of src/model/rules/field.rs.
#include "layout.wgsl"

fn place_in_grid(position: vec3<f32>, voxel: f32, voxels: vec3<u32>) -> vec3<f32> {
    return min(max(position / voxel - vec3<f32>(0.5), vec3<f32>(0.0)), vec3<f32>(voxels - vec3<u32>(1u)));
}

fn interpolate(low: vec4<f32>, high: vec4<f32>, share: vec3<f32>, voxel: f32) -> vec4<f32> {
    let plane = low + (high - low) * share.z;
    let row_low = plane.x + (plane.y - plane.x) * share.x;
    let row_high = plane.z + (plane.w - plane.z) * share.x;
    let slope_x = (plane.y - plane.x) + ((plane.w - plane.z) - (plane.y - plane.x)) * share.y;
    let rise = high - low;
    let rise_low = rise.x + (rise.y - rise.x) * share.x;
    let rise_high = rise.z + (rise.w - rise.z) * share.x;
    let slope_z = rise_low + (rise_high - rise_low) * share.y;
    return vec4<f32>(
        slope_x / voxel,
        (row_high - row_low) / voxel,
        slope_z / voxel,
        row_low + (row_high - row_low) * share.y,
    );
}

fn mean_of_open(low: vec4<f32>, high: vec4<f32>, open_low: vec4<f32>, open_high: vec4<f32>) -> f32 {
    let open = dot(open_low, vec4<f32>(1.0)) + dot(open_high, vec4<f32>(1.0));
    if open == 0.0 {
        return 0.0;
    }
    return (dot(low, open_low) + dot(high, open_high)) / open;
}

fn mirror_at_walls(
    here: vec4<f32>,
    other: vec4<f32>,
    open_here: vec4<f32>,
    open_other: vec4<f32>,
    mean: f32,
) -> vec4<f32> {
    let across_x = open_here.yxwz;
    let across_y = open_here.zwxy;
    let neighbours = across_x + across_y + open_other;
    let sum = here.yxwz * across_x + here.zwxy * across_y + other * open_other;
    let mirrored = select(vec4<f32>(mean), sum / max(neighbours, vec4<f32>(1.0)), neighbours != vec4<f32>(0.0));
    return select(mirrored, here, open_here != vec4<f32>(0.0));
}

fn between_centres(position: vec3<f32>, voxel: f32, voxels: vec3<u32>) -> vec3<f32> {
    let place = position / voxel - vec3<f32>(0.5);
    let last = vec3<f32>(voxels - vec3<u32>(1u));
    return select(vec3<f32>(0.0), vec3<f32>(1.0), (place >= vec3<f32>(0.0)) & (place <= last));
}

fn is_field_due(step: u32, run: Run) -> bool {
    return step % run.field_every == run.field_every - 1u;
}

fn loss_in_update(step: u32, round: u32, run: Run, myokine: MyokineRules) -> f32 {
    let every = myokine.decay_every;
    let number = (step / run.field_every % every) * (run.field_rounds % every) + round;
    return select(0.0, myokine.loss, number % every == every - 1u);
}

fn covered_share(place: u32, voxel: f32, low: f32, high: f32) -> f32 {
    let near = f32(place) * voxel;
    let far = f32(place + 1u) * voxel;
    return clamp((min(high, far) - max(low, near)) / voxel, 0.0, 1.0);
}

fn release_and_decay(concentration: f32, released: f32, loss: f32) -> f32 {
    let left = concentration - concentration * loss + released;
    return select(0.0, left, left > VANISHED);
}
