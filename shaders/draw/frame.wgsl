// The movement of gels, which carries everything that is drawn in them.
#include "layout.wgsl"

// Uneven movements of gels: sheets of nodes, how far each is carried at the peak, and bars. See src/view/movement.rs.
@group(0) @binding(2) var<storage, read> movements: array<vec4<f32>>;

const NO_MOVEMENT: u32 = 0xffffffffu;
// Squares of a sheet along x and y.
const SQUARES: u32 = 40u;

// The displacement of a point by the nodes around it, in one layer.
fn carried_in_layer(first: u32, low: vec2<u32>, part: vec2<f32>) -> vec3<f32> {
    let high = min(low + vec2<u32>(1u), vec2<u32>(SQUARES));
    let row = first + low.y * (SQUARES + 1u);
    let next = first + high.y * (SQUARES + 1u);
    let below = mix(movements[row + low.x].xyz, movements[row + high.x].xyz, part.x);
    let above = mix(movements[next + low.x].xyz, movements[next + high.x].xyz, part.x);
    return mix(below, above, part.y);
}

// The displacement of a point of the gel by an uneven movement now.
fn carried(pose: Pose, reference_um: vec3<f32>, well_um: vec3<f32>) -> vec3<f32> {
    let last = vec3<f32>(vec3<u32>(SQUARES, SQUARES, pose.layers));
    let place = clamp(reference_um / well_um, vec3<f32>(0.0), vec3<f32>(1.0)) * last;
    let low = vec3<u32>(place);
    let part = place - vec3<f32>(low);
    let nodes = (SQUARES + 1u) * (SQUARES + 1u);
    let lower = carried_in_layer(pose.movement + low.z * nodes, low.xy, part.xy);
    let upper = carried_in_layer(pose.movement + min(low.z + 1u, pose.layers) * nodes, low.xy, part.xy);
    return pose.sway * mix(lower, upper, part.z);
}

// The point of the plate at which a point of a well's gel is drawn.
fn drawn_at(pose: Pose, reference_um: vec3<f32>, well_um: vec3<f32>) -> vec3<f32> {
    let from_centre = reference_um - 0.5 * well_um;
    let displacement = pose.gradient[0].xyz * from_centre.x
        + pose.gradient[1].xyz * from_centre.y
        + pose.gradient[2].xyz * from_centre.z;
    if pose.movement == NO_MOVEMENT {
        return pose.corner_um + reference_um + displacement;
    }
    return pose.corner_um + reference_um + carried(pose, reference_um, well_um);
}
