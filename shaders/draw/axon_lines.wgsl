// The line of a stretch of axon: its place, width and colour. Bind group 0 is the frame, 1 the cones.
#include "colours.wgsl"
#include "lines.wgsl"

// Width of an axon, µm, as it is drawn once the view is close enough.
const AXON_UM: f32 = 1.2;
// Light of one axon; where several cross it adds up.
const AXON_INTENSITY: f32 = 0.2;

@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var<storage, read> poses: array<Pose>;
@group(1) @binding(0) var<storage, read> cones: array<Cone>;
// As tint.wgsl leaves them: a scale of ages, then a colour a cone.
@group(1) @binding(2) var<storage, read> colours: array<vec4<f32>>;

fn clip_of(pose: Pose, reference_um: vec3<f32>) -> vec4<f32> {
    return frame.clip_from_plate * vec4<f32>(drawn_at(pose, reference_um, frame.well_um), 1.0);
}

fn axon_line(corner: u32, pose: Pose, owner: u32, from_um: vec3<f32>, to_um: vec3<f32>, seen: f32,
             weight: f32) -> Line {
    let half_width_px = 0.5 * max(frame.axon_width_px, AXON_UM * frame.px_per_um);
    let own = colours[SCALE + owner];
    let aged = colours[age_place(frame, seen)];
    let colour = select(own.rgb, aged.rgb, frame.colour_by == BY_AGE);
    let light = vec4<f32>(colour, AXON_INTENSITY * weight * own.a);
    return line_corner(corner, clip_of(pose, from_um), clip_of(pose, to_um), frame.size_px, half_width_px, light);
}

@fragment
fn expose(line: Line) -> @location(0) vec4<f32> {
    let light = line.light.a * line_cover(line.place, line.size);
    return vec4<f32>(line.light.rgb * light, light);
}
