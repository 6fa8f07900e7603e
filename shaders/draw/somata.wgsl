// Cell bodies, added to the exposure: cytoplasm to the axons' channel, nuclei to their own. In a flat culture each lies at a height
// of its own in the spheroid, so that some are in focus and others not.
#include "colours.wgsl"

@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var<storage, read> poses: array<Pose>;
@group(1) @binding(1) var<storage, read> neurons: array<Neuron>;

const SMALLEST_PX: f32 = 1.3;
// How much wider the soma farthest from focus is seen.
const BLURRED: f32 = 0.8;
// Where its profile ends, in radii.
const REACH: f32 = 1.3;

struct Soma {
    @builtin(position) clip: vec4<f32>,
    // From the middle, as a share of the reach of the cytoplasm.
    @location(0) @interpolate(linear) place: vec2<f32>,
    // Cytoplasm in its colour, and the nucleus.
    @location(1) @interpolate(flat) light: vec4<f32>,
}

@vertex
fn stand(@builtin(vertex_index) corner: u32, @builtin(instance_index) index: u32) -> Soma {
    var soma: Soma;
    let neuron = neurons[index];
    let pose = poses[neuron.well];
    let centre = frame.clip_from_plate * vec4<f32>(drawn_at(pose, neuron.base_um + neuron.reach_um, frame.well_um), 1.0);
    let smallest_px = SMALLEST_PX * frame.scale;
    let height = fract(f32(neuron.id) * 0.61803399);
    let blurred = 1.0 + BLURRED * height * height;
    let real_px = SOMA_UM * frame.px_per_um;
    let reach_px = max(real_px, smallest_px) * blurred * REACH;
    soma.place = vec2<f32>(select(-1.0, 1.0, (corner & 1u) == 1u), select(-1.0, 1.0, (corner & 2u) == 2u));
    soma.clip = vec4<f32>(centre.xy + soma.place * reach_px / (0.5 * frame.size_px) * centre.w, centre.zw);
    let own = select(pose.colour.rgb, hue_of(index), frame.colour_by == BY_NEURON);
    // Where the view is far away a soma is fainter than a dot of that size. That of an ill neuron is faint anywhere.
    let health = select(0.3, 1.0, neuron.ill_since == NONE);
    let filled = min(real_px / smallest_px, 1.0);
    let seen = health * mix(0.1, 1.0, filled * filled);
    soma.light = vec4<f32>(CYTOPLASM * own, NUCLEUS) * (emphasis(frame, index) * seen / (blurred * blurred));
    return soma;
}

fn profile(off: f32) -> f32 {
    let core = max(1.0 - off * off, 0.0);
    return core * core;
}

@fragment
fn expose(soma: Soma) -> @location(0) vec4<f32> {
    let from_centre = length(soma.place);
    return soma.light * vec4<f32>(vec3<f32>(profile(from_centre)), profile(from_centre * (SOMA_UM / NUCLEUS_UM)));
}
