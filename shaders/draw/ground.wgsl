// Everything under the axons: wells, gel, field, muscle, magnets. Linear light; on paper, what paper reflects.
#include "frame.wgsl"
#include "ground_bindings.wgsl"
#include "ground_field.wgsl"
#include "ground_gel.wgsl"
#include "ground_holder.wgsl"
#include "ground_muscle.wgsl"

struct Ground {
    @builtin(position) clip: vec4<f32>,
    // In the well, µm: where it is drawn, and which point of the gel is drawn there.
    @location(0) at_um: vec2<f32>,
    @location(1) material_um: vec2<f32>,
    @location(2) @interpolate(flat) well: u32,
    // Where the upper right one of four magnets has moved to, in axes along and across the pull.
    @location(3) @interpolate(flat) magnet_um: vec2<f32>,
    // Spacing of the gel's finer lines, and how well they can be told apart.
    @location(4) @interpolate(flat) grid: vec2<f32>,
}

// Room around a well for its shadow, as a share of the well.
const SURROUND: f32 = 0.022;
// Rounding of a well's corners, as a share of the well.
const ROUNDING: f32 = 0.03;

fn corner(vertex: u32) -> vec2<f32> {
    return vec2(f32(vertex & 1u), f32(vertex >> 1u));
}

fn on_plane(vertex: u32, well: u32, height_um: f32, around: f32) -> Ground {
    let pose = poses[well];
    let share = mix(vec2(-around), vec2(1.0 + around), corner(vertex));
    var out: Ground;
    out.at_um = share * frame.well_um.xy;
    out.well = well;
    let centre = 0.5 * frame.well_um.xy;
    let stretch = mat2x2(vec2(1.0, 0.0) + pose.gradient[0].xy, vec2(0.0, 1.0) + pose.gradient[1].xy);
    let wide = vec2(stretch[1].y, -stretch[0].y);
    let high = vec2(-stretch[1].x, stretch[0].x);
    let from_centre = out.at_um - centre;
    out.material_um = centre + (wide * from_centre.x + high * from_centre.y) / determinant(stretch);
    let across = vec2(-pose.axis.y, pose.axis.x);
    let magnet = stretch * (pose.axis.xy * MAGNET_AT.x + across * MAGNET_AT.y) * min(frame.well_um.x, frame.well_um.y);
    out.magnet_um = vec2(dot(magnet, pose.axis.xy), dot(magnet, across));
    out.grid = grid_spacing();
    out.clip = frame.clip_from_plate * vec4(pose.corner_um + vec3(out.at_um, height_um), 1.0);
    return out;
}

@vertex
fn well_corner(@builtin(vertex_index) vertex: u32, @builtin(instance_index) well: u32) -> Ground {
    return on_plane(vertex, well, 0.0, SURROUND);
}

@vertex
fn slice_corner(@builtin(vertex_index) vertex: u32, @builtin(instance_index) well: u32) -> Ground {
    return on_plane(vertex, well, frame.slice * frame.well_um.z, 0.0);
}

// Distance to a box with rounded corners around the origin.
fn to_box(at: vec2<f32>, half_size: vec2<f32>, rounding: f32) -> f32 {
    let beyond = abs(at) - half_size + rounding;
    return length(max(beyond, vec2(0.0))) + min(max(beyond.x, beyond.y), 0.0) - rounding;
}

// The gel and what is in it, at a point of it.
fn gel_light(in: Ground, pose: Pose, px_um: f32) -> vec3<f32> {
    let style = styles[frame.paper];
    let centre = 0.5 * frame.well_um.xy;
    var light = style.gel.rgb;
    if (frame.layers & FIELD) != 0u && frame.brightest_dose > 0.0 {
        light += field_light(pose, in.material_um);
    }
    // Wells are lit from above: a little brighter in the middle.
    let away = (in.at_um - centre) / frame.well_um.xy;
    light *= style.vignette.x - style.vignette.y * dot(away, away);
    if (frame.layers & GEL) != 0u {
        let line = grid_line(in.material_um, in.grid, px_um) * select(style.line.a, 1.0, pose.moving != 0u);
        light = mix(light, style.line.rgb, line * style.vignette.z);
    }
    if (frame.layers & MUSCLE) != 0u && pose.muscle_high_um.x > pose.muscle_low_um.x {
        light = muscle_light(light, pose, in.material_um, px_um);
    }
    if (frame.layers & GEL) != 0u && pose.holder != 0u {
        light = holder_light(light, pose, in.at_um - centre, in.material_um - centre, in.magnet_um, px_um);
    }
    if has_walls != 0u {
        light = mix(light, style.wall.rgb, wall_share(in.material_um, px_um));
    }
    return light;
}

// How much of a picture point lies in the gel.
fn in_gel(material_um: vec2<f32>, px_um: f32) -> f32 {
    let inside = min(material_um, frame.well_um.xy - material_um);
    return clamp(0.5 + min(inside.x, inside.y) / px_um, 0.0, 1.0);
}

@fragment
fn well_light(in: Ground) -> @location(0) vec4<f32> {
    let px_um = max(0.5 * (length(dpdx(in.at_um)) + length(dpdy(in.at_um))), 1e-6);
    let style = styles[frame.paper];
    let half_size = 0.5 * frame.well_um.xy;
    let edge = to_box(in.at_um - half_size, half_size, ROUNDING * frame.well_um.x) / px_um;
    let reach = SURROUND * frame.well_um.x / px_um;
    if edge > 0.5 {
        let shade = max(1.0 - edge / reach, 0.0);
        return vec4(0.0, 0.0, 0.0, style.shadow.a * shade * shade);
    }
    let pose = poses[in.well];
    var light = style.floor.rgb;
    if frame.planar != 0u {
        let gel = in_gel(in.material_um, px_um);
        if gel > 0.0 {
            light = mix(light, gel_light(in, pose, px_um), gel);
        }
    }
    // The rim: a bright line where the glass ends, brighter towards the light, and a faint one inside.
    let towards_light = 0.75 + 0.5 * (in.at_um.y - half_size.y) / frame.well_um.y;
    let thin = clamp(frame.px_per_um * frame.well_um.x / 90.0, 0.8, 2.2);
    let rim = clamp(1.0 - abs(edge + 0.5 * thin) / thin, 0.0, 1.0);
    let inner = max(1.0 + edge / (5.0 * thin), 0.0);
    light = mix(light, mix(style.rim.rgb, pose.colour.rgb, style.rim.a) * towards_light, rim * 0.8);
    light += style.sheen.rgb * inner * inner * towards_light;
    return vec4(light, 1.0) * clamp(0.5 - edge, 0.0, 1.0);
}

@fragment
fn slice_light(in: Ground) -> @location(0) vec4<f32> {
    let px_um = max(0.5 * (length(dpdx(in.at_um)) + length(dpdy(in.at_um))), 1e-6);
    let gel = in_gel(in.material_um, px_um) * styles[frame.paper].floor.a;
    return vec4(gel_light(in, poses[in.well], px_um), 1.0) * gel;
}

struct Edge {
    @builtin(position) clip: vec4<f32>,
    @location(0) aside: f32,
}

// The twelve edges of a gel with height, as strips of constant width on the screen; they move with the gel.
@vertex
fn edge_corner(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> Edge {
    let pose = poses[instance / 12u];
    let number = instance % 12u;
    let direction = number / 4u;
    let first = f32(number & 1u);
    let second = f32((number >> 1u) & 1u);
    var from_share = vec3(0.0, first, second);
    if direction == 1u {
        from_share = vec3(first, 0.0, second);
    } else if direction == 2u {
        from_share = vec3(first, second, 0.0);
    }
    var to_share = from_share;
    to_share[direction] = 1.0;
    let from_clip = frame.clip_from_plate * vec4(drawn_at(pose, from_share * frame.well_um, frame.well_um), 1.0);
    let to_clip = frame.clip_from_plate * vec4(drawn_at(pose, to_share * frame.well_um, frame.well_um), 1.0);
    let along = (to_clip.xy / to_clip.w - from_clip.xy / from_clip.w) * frame.size_px;
    let normal = vec2(-along.y, along.x) / max(length(along), 1e-6);
    let side = f32(vertex & 1u) * 2.0 - 1.0;
    var clip = select(from_clip, to_clip, vertex > 1u);
    clip = vec4(clip.xy + side * 2.0 * EDGE_PX * normal / frame.size_px * clip.w, clip.zw);
    return Edge(clip, side * EDGE_PX);
}

// Half the width of the strips, in points.
const EDGE_PX: f32 = 1.2;

@fragment
fn edge_light(in: Edge) -> @location(0) vec4<f32> {
    let style = styles[frame.paper];
    return vec4(style.rim.rgb, 1.0) * clamp(EDGE_PX - abs(in.aside), 0.0, 1.0) * 0.7;
}
