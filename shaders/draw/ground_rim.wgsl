// The glass of a well: a rim with round corners, and its shadow; and the edges of a gel with height.

// Room around a well for its shadow, as a share of the well.
const SURROUND: f32 = 0.022;
// Rounding of a well's corners, and how far inwards its glass is seen, as a share of the well.
const ROUNDING: f32 = 0.03;

struct Rim {
    @builtin(position) clip: vec4<f32>,
    @location(0) at_um: vec2<f32>,
    @location(1) @interpolate(flat) rim: vec3<f32>,
}

// Four strips along the sides of each well.
@vertex
fn rim_corner(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> Rim {
    let well = instance / 4u;
    let style = styles[frame.paper];
    let outer = 0.5 + SURROUND;
    let inner = 0.5 - ROUNDING;
    var share = mix(vec2(-outer, inner), vec2(outer, outer), corner(vertex));
    if (instance & 2u) != 0u {
        share = mix(vec2(inner, -inner), vec2(outer, inner), corner(vertex));
    }
    share *= select(1.0, -1.0, (instance & 1u) != 0u);
    let at_um = share * frame.well_um.xy;
    let rim = mix(style.rim.rgb, poses[well].colour.rgb, style.rim.a);
    return Rim(in_clip(well, at_um, 0.0), at_um, rim);
}

// Distance to a box with rounded corners around the origin.
fn to_box(at: vec2<f32>, half_size: vec2<f32>, rounding: f32) -> f32 {
    let beyond = abs(at) - half_size + rounding;
    return length(max(beyond, vec2(0.0))) + min(max(beyond.x, beyond.y), 0.0) - rounding;
}

@fragment
fn rim_light(in: Rim) -> @location(0) vec4<f32> {
    let style = styles[frame.paper];
    let px_um = px_of(in.at_um);
    let edge = to_box(in.at_um, 0.5 * frame.well_um.xy, ROUNDING * frame.well_um.x) / px_um;
    let well_px = frame.well_um.x / px_um;
    // Outside: what lies around the wells, with their shadow on it.
    let shade = max(1.0 - max(edge, 0.0) / (SURROUND * well_px), 0.0);
    let around = style.around.rgb * (1.0 - style.shadow.a * shade * shade);
    // A bright line where the glass ends, brighter towards the light, and a faint sheen inside.
    let towards_light = 0.75 + 0.5 * in.at_um.y / frame.well_um.y;
    let thin = clamp(well_px / (90.0 * frame.scale), 0.8, 2.0) * frame.scale;
    let rim = 0.8 * clamp(1.0 - abs(edge + 0.5 * thin) / thin, 0.0, 1.0);
    let inner = clamp(1.0 + edge / (0.8 * ROUNDING * well_px), 0.0, 1.0);
    let sheen = style.sheen.rgb * (inner * inner * towards_light);
    let glass = vec4(in.rim * (towards_light * rim) + sheen * (1.0 - rim), rim);
    return mix(glass, vec4(around, 1.0), clamp(0.5 + edge, 0.0, 1.0));
}

struct Edge {
    @builtin(position) clip: vec4<f32>,
    @location(0) aside: f32,
}

// Half the width of the strips, in points.
const EDGE_PX: f32 = 1.2;

// The twelve edges of a gel with height, as strips of constant width on the screen; they move with the gel.
@vertex
fn edge_corner(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> Edge {
    let pose = poses[instance / 12u];
    let number = instance % 12u;
    let direction = number / 4u;
    let first = f32(number & 1u);
    let second = f32((number >> 1u) & 1u);
    var begin = vec3(0.0, first, second);
    if direction == 1u {
        begin = vec3(first, 0.0, second);
    } else if direction == 2u {
        begin = vec3(first, second, 0.0);
    }
    var end = begin;
    end[direction] = 1.0;
    let begin_clip = frame.clip_from_plate * vec4(drawn_at(pose, begin * frame.well_um, frame.well_um), 1.0);
    let end_clip = frame.clip_from_plate * vec4(drawn_at(pose, end * frame.well_um, frame.well_um), 1.0);
    let along = (end_clip.xy / end_clip.w - begin_clip.xy / begin_clip.w) * frame.size_px;
    let normal = vec2(-along.y, along.x) / max(length(along), 1e-6);
    let side = f32(vertex & 1u) * 2.0 - 1.0;
    let clip = select(begin_clip, end_clip, vertex > 1u);
    let half_px = EDGE_PX * frame.scale;
    let moved = clip.xy + side * 2.0 * half_px * normal / frame.size_px * clip.w;
    return Edge(vec4(moved, clip.zw), side * half_px);
}

@fragment
fn edge_light(in: Edge) -> @location(0) vec4<f32> {
    return vec4(styles[frame.paper].rim.rgb, 1.0) * (0.7 * clamp(EDGE_PX * frame.scale - abs(in.aside), 0.0, 1.0));
}
