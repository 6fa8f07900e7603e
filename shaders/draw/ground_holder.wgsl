// The holders of the gel: clamps at its rim, two along the pull or four, or the bars of a scenario where they stand. A gel that is
// strained evenly has nothing in it that axons could meet.

// Half the size of a clamp, as shares of the well's shorter edge.
const CLAMP: vec2<f32> = vec2<f32>(0.014, 0.2);
// Room for its shadow, as a share of its length.
const SHADE: f32 = 0.2;

struct Holder {
    @builtin(position) clip: vec4<f32>,
    // From its own middle, µm: across its length, and along it.
    @location(0) at_um: vec2<f32>,
    @location(1) @interpolate(flat) half_um: vec2<f32>,
}

// Rigid bars that are carried along by the gel.
@vertex
fn holder_corner(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> Holder {
    let well = instance / 4u;
    let shorter = min(frame.well_um.x, frame.well_um.y);
    let axis = poses[well].axis.xy;
    let across = vec2(-axis.y, axis.x);
    let number = instance & 3u;
    let sign = 1.0 - 2.0 * f32(number & 1u);
    let other = 1.0 - 2.0 * f32(number >> 1u);
    // Two clamps of the four have no size where the gel is pulled one way.
    let grips = other > 0.0 || poses[well].holder == 2u;
    let half_um = select(vec2<f32>(0.0), CLAMP * shorter, grips);
    let normal = select(axis, across, other < 0.0);
    let well_half = 0.5 * frame.well_um.xy;
    let place = normal * (sign * (dot(abs(normal), well_half) - half_um.x));
    let middle = stretch_of(well) * place;
    let at_um = (2.0 * corner(vertex) - 1.0) * (half_um + SHADE * half_um.y);
    let turned = normal * at_um.x + vec2(-normal.y, normal.x) * at_um.y;
    // Neither it nor its shadow leaves the well.
    let held = clamp(middle + turned, -well_half, well_half);
    let off = held - middle;
    var out: Holder;
    out.clip = in_clip(well, held, slice_height());
    out.at_um = vec2(dot(off, normal), dot(off, vec2(-normal.y, normal.x)));
    out.half_um = half_um;
    return out;
}

// Bars where they stand in the gel, which carries them along: room for so many instances a well.
const MOST_BARS: u32 = 64u;

@vertex
fn bar_corner(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> Holder {
    let well = instance / MOST_BARS;
    let pose = poses[well];
    let bar = movements[pose.bars + instance % MOST_BARS];
    let well_half = 0.5 * frame.well_um.xy;
    let at_rest = vec3(bar.xy + well_half, slice_height());
    let middle = bar.xy + carried(pose, at_rest, frame.well_um).xy;
    let at_um = (2.0 * corner(vertex) - 1.0) * (bar.zw + SHADE * max(bar.z, bar.w));
    let held = clamp(middle + at_um, -well_half, well_half);
    let upright = bar.w >= bar.z;
    let off = held - middle;
    var out: Holder;
    out.clip = in_clip(well, held, slice_height());
    out.at_um = select(off.yx, off, upright);
    out.half_um = select(bar.wz, bar.zw, upright);
    return out;
}

@fragment
fn holder_light(in: Holder) -> @location(0) vec4<f32> {
    let style = styles[frame.paper];
    let edge = to_box(in.at_um, in.half_um, 0.3 * in.half_um.x);
    let inside = clamp(0.5 - edge / px_of(in.at_um), 0.0, 1.0);
    let shade = clamp(1.0 - edge / (SHADE * in.half_um.y), 0.0, 1.0);
    // Metal, rounded: lighter along its middle, a little to the left.
    let across = in.at_um.x / in.half_um.x + 0.25;
    let metal = style.metal.rgb * (1.25 - 0.6 * across * across);
    return vec4(metal * inside, max(inside, style.metal.a * shade * shade));
}
