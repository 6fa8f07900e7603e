// The line of a stretch of axon: its place, width and colour. Bind group 0 is the frame, 1 the cones.
#include "colours.wgsl"
#include "lines.wgsl"

// In a gel with height: how much wider an axon is seen at the far end of it than in the plane of the slice.
const DEFOCUS: f32 = 3.0;

@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var<storage, read> poses: array<Pose>;
@group(1) @binding(0) var<storage, read> cones: array<Cone>;
@group(1) @binding(1) var<storage, read> neurons: array<Neuron>;
// As tint.wgsl leaves them: a scale of ages, then a colour a cone.
@group(1) @binding(2) var<storage, read> colours: array<vec4<f32>>;

fn clip_of(pose: Pose, reference_um: vec3<f32>) -> vec4<f32> {
    return frame.clip_from_plate * vec4<f32>(drawn_at(pose, reference_um, frame.well_um), 1.0);
}

// Light of an axon at a distance from where it left its soma, as a share: calibre and neurofilaments decrease along it.
fn taper(owner: u32, at_um: vec3<f32>) -> f32 {
    let from_soma_um = distance(at_um, neurons[cones[owner].neuron].start_um);
    return DISTAL + (1.0 - DISTAL) * exp(-from_soma_um / TAPER_UM);
}

// How many times wider something is seen at a height than in focus, which is the plane of the slice.
fn defocus(height_um: f32) -> f32 {
    if frame.planar == 1u { return 1.0; }
    return 1.0 + DEFOCUS * abs(height_um / frame.well_um.z - frame.slice);
}

fn axon_line(corner: u32, pose: Pose, owner: u32, from_um: vec3<f32>, to_um: vec3<f32>, seen: f32,
             weight: f32) -> Line {
    let wider = defocus(0.5 * (from_um.z + to_um.z));
    let real_px = AXON_UM * frame.px_per_um;
    let seen_px = max(frame.axon_width_px, real_px);
    let own = colours[SCALE + owner];
    let aged = colours[age_place(frame, seen)];
    let colour = select(own.rgb, aged.rgb, frame.colour_by == BY_AGE);
    let light = weight * own.a * taper(owner, 0.5 * (from_um + to_um)) * pow(real_px / seen_px, SPREAD) / wider;
    return line_corner(corner, clip_of(pose, from_um), clip_of(pose, to_um), frame.size_px, 0.5 * seen_px * wider,
                       vec4<f32>(colour * light, 0.0));
}

@fragment
fn expose(line: Line) -> @location(0) vec4<f32> {
    return line.light * line_cover(line.place, line.size);
}
