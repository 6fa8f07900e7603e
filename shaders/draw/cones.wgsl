// Growth cones: a mark each, pointed along its heading. A running cone is a full drop, a paused one an open ring, a
// retracting one a drop that is turned round and dim, the stump of a cut axon at rest a small ring. Small on the screen,
// all become dots.
#include "colours.wgsl"

@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var<storage, read> poses: array<Pose>;
@group(1) @binding(0) var<storage, read> cones: array<Cone>;
// As tint.wgsl leaves them.
@group(1) @binding(2) var<storage, read> colours: array<vec4<f32>>;

// Length of a growth cone, µm, about as in culture.
const CONE_UM: f32 = 14.0;
// Half the mark's length on the screen, in points: least, and most.
const SMALLEST_PX: f32 = 1.1;
const LARGEST_PX: f32 = 13.0;
// Points for each µm below which it is a dot, and half the dot's size: see marks.rs.
const MARKED_PX_PER_UM: f32 = 0.12;
const DOT_PX: f32 = 0.6;
// Cover of a dot: too small to tell anything, and there are thousands, which must not hide the axons.
const FAINT: f32 = 0.3;

struct Mark {
    @builtin(position) clip: vec4<f32>,
    // Forwards and sideways, in half lengths.
    @location(0) @interpolate(linear) place: vec2<f32>,
    @location(1) @interpolate(flat) colour: vec4<f32>,
    @location(2) @interpolate(flat) half_px: f32,
    @location(3) @interpolate(flat) mode: u32,
}

@vertex
fn stand(@builtin(vertex_index) corner: u32, @builtin(instance_index) index: u32) -> Mark {
    var mark: Mark;
    mark.clip = vec4<f32>(2.0, 2.0, 2.0, 1.0);
    let cone = cones[index];
    if cone.mode == MODE_PRUNED { return mark; }
    let pose = poses[cone.well];
    let tip_um = cone.base_um + cone.reach_um;
    let tip = frame.clip_from_plate * vec4<f32>(drawn_at(pose, tip_um, frame.well_um), 1.0);
    if tip.w <= 0.0 { return mark; }
    let smallest_px = select(DOT_PX, SMALLEST_PX, frame.px_per_um >= MARKED_PX_PER_UM * frame.scale);
    let half_px = clamp(0.5 * CONE_UM * frame.px_per_um, smallest_px * frame.scale, LARGEST_PX * frame.scale);
    // In perspective, the direction on the screen is that of a short way ahead.
    let ahead_um = tip_um + cone.heading * CONE_UM;
    let ahead = frame.clip_from_plate * vec4<f32>(drawn_at(pose, ahead_um, frame.well_um), 1.0);
    let way = (ahead.xy / max(ahead.w, 1e-6) - tip.xy / tip.w) * frame.size_px;
    let forwards = select(vec2<f32>(1.0, 0.0), normalize(way), dot(way, way) > 1e-8);
    let sideways = vec2<f32>(-forwards.y, forwards.x);
    let place = vec2<f32>(select(-1.0, 1.0, (corner & 1u) == 1u), select(-1.0, 1.0, (corner & 2u) == 2u));
    let reach = 1.0 + 1.0 / half_px;
    let offset = (forwards * place.x + sideways * place.y) * reach * half_px;
    mark.clip = vec4<f32>(tip.xy + offset / (0.5 * frame.size_px) * tip.w, tip.zw);
    mark.place = place * reach;
    let own = colours[SCALE + index];
    mark.colour = vec4<f32>(own.rgb, min(own.a, 1.0));
    mark.half_px = half_px;
    mark.mode = cone.mode;
    return mark;
}

// Signed distance to a drop: a circle of radius 0.55 at the origin and a point ahead at 1.
fn drop_distance(place: vec2<f32>) -> f32 {
    let circle = length(place) - 0.55;
    let width = 0.55 * clamp((1.0 - place.x) / 0.85, 0.0, 1.0);
    let point = max(abs(place.y) - width, max(-place.x, place.x - 1.0)) * 0.84;
    return min(circle, point);
}

@fragment
fn show(mark: Mark) -> @location(0) vec4<f32> {
    let edge = 1.0 / mark.half_px;
    // From dots to shapes as they grow large enough to be told apart.
    let detail = smoothstep(2.0, 4.5, mark.half_px / frame.scale);
    let dot = length(mark.place) - 0.8;
    var shape: f32;
    var brightness = 1.0;
    switch mark.mode {
        case MODE_PAUSE: {
            shape = abs(length(mark.place) - 0.5) - 0.14;
            brightness = 0.8;
        }
        case MODE_INJURED: {
            shape = abs(length(mark.place) - 0.3) - 0.1;
            brightness = 0.6;
        }
        case MODE_RETRACT, MODE_DYING: {
            shape = drop_distance(vec2<f32>(-mark.place.x, mark.place.y));
            brightness = 0.45;
        }
        default: { shape = drop_distance(mark.place); }
    }
    let distance = mix(dot, shape, detail);
    let cover = clamp(0.5 - distance / edge, 0.0, 1.0) * mark.colour.a * mix(FAINT, 1.0, detail);
    // A lift to white, so that a cone stands out from its axon.
    let lift = select(mix(mark.colour.rgb, vec3<f32>(1.0), mix(0.2, 0.55, detail)), mark.colour.rgb * 0.45, frame.paper == 1u);
    let light = sqrt(lift * mix(1.0, brightness, detail));
    return vec4<f32>(light * cover, cover);
}

struct Dot {
    @builtin(position) clip: vec4<f32>,
    @location(0) @interpolate(flat) colour: vec4<f32>,
}

// Far away a cone is a single bright point.
@vertex
fn far_away(@builtin(vertex_index) index: u32) -> Dot {
    var point: Dot;
    point.clip = vec4<f32>(2.0, 2.0, 2.0, 1.0);
    let cone = cones[index];
    if cone.mode == MODE_PRUNED { return point; }
    let pose = poses[cone.well];
    point.clip = frame.clip_from_plate * vec4<f32>(drawn_at(pose, cone.base_um + cone.reach_um, frame.well_um), 1.0);
    let own = colours[SCALE + index];
    let colour = own.rgb;
    let lift = select(mix(colour, vec3<f32>(1.0), 0.2), colour * 0.45, frame.paper == 1u);
    let cover = min(own.a, 1.0) * FAINT;
    point.colour = vec4<f32>(sqrt(lift) * cover, cover);
    return point;
}

@fragment
fn show_dot(point: Dot) -> @location(0) vec4<f32> {
    return point.colour;
}
