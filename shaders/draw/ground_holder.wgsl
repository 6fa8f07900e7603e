// What moves the gel: four magnets in it, or clamps at its rim.

// The upper right magnet, along and across the pull, and half its size; shares of the well's shorter edge.
const MAGNET_AT: vec2<f32> = vec2<f32>(0.385, 0.2);
const MAGNET: vec2<f32> = vec2<f32>(0.019, 0.105);
// Half a clamp's length along the rim and its width, as shares of the well.
const CLAMP: vec2<f32> = vec2<f32>(0.16, 0.018);
// How far beside the middle it grips, as a share of the well.
const CLAMP_AT: f32 = 0.415;

fn holder_light(
    under: vec3<f32>, pose: Pose, at_um: vec2<f32>, material_um: vec2<f32>, magnet_um: vec2<f32>, px_um: f32,
) -> vec3<f32> {
    var edge = 0.0;
    var across = 0.0;
    if pose.holder == 1u {
        let shorter = min(frame.well_um.x, frame.well_um.y);
        let turned = vec2(dot(at_um, pose.axis.xy), dot(at_um, vec2(-pose.axis.y, pose.axis.x)));
        let beside = abs(turned) - magnet_um;
        edge = to_box(beside, MAGNET * shorter, 0.006 * shorter);
        across = beside.x / (MAGNET.x * shorter);
    } else {
        let share = abs(material_um) / frame.well_um.xy;
        // The nearer of the four sides.
        let upright = share.x > share.y;
        let place = select(share, share.yx, upright);
        edge = to_box(vec2(place.x, place.y - CLAMP_AT), CLAMP, 0.008) * frame.well_um.x;
        across = (place.y - CLAMP_AT) / CLAMP.y;
    }
    let style = styles[frame.paper];
    let inside = clamp(0.5 - edge / px_um, 0.0, 1.0);
    let shade = max(1.0 - max(edge, 0.0) / (0.02 * frame.well_um.x), 0.0);
    // Metal, rounded: lighter along its middle.
    let metal = style.metal.rgb * (1.15 - 0.7 * across * across);
    return mix(under * (1.0 - style.metal.a * shade * shade), metal, inside);
}
