// The property that the colour of an axon shows. Linear light.
#include "frame.wgsl"
#include "../rules/relaxation.wgsl"

const BY_CONDITION: u32 = 0u;
const BY_NEURON: u32 = 1u;
const BY_AGE: u32 = 2u;
const BY_ORDER: u32 = 3u;
const BY_GAIN: u32 = 4u;
const BY_TROPHIC: u32 = 5u;
const BY_MECHANO: u32 = 6u;

// The gain that has the brightest colour; the reference plate's calibrated gains are about 4.7.
const BRIGHTEST_GAIN: f32 = 5.0;
// The branch order that has the brightest colour.
const HIGHEST_ORDER: f32 = 6.0;
// Brightness of the other neurons while one stands out.
const DIMMED: f32 = 0.12;

fn linear_of(srgb: vec3<f32>) -> vec3<f32> {
    return pow(max(srgb, vec3<f32>(0.0)), vec3<f32>(2.2));
}

// Viridis, a map that is even in lightness and safe for the colour-blind, from its nine stops; begins where it can be
// seen on a dark ground.
fn viridis(share: f32) -> vec3<f32> {
    var stops = array<vec3<f32>, 9>(
        vec3<f32>(0.267, 0.005, 0.329), vec3<f32>(0.278, 0.176, 0.482), vec3<f32>(0.231, 0.322, 0.545),
        vec3<f32>(0.173, 0.443, 0.557), vec3<f32>(0.129, 0.565, 0.553), vec3<f32>(0.153, 0.678, 0.506),
        vec3<f32>(0.361, 0.784, 0.388), vec3<f32>(0.667, 0.863, 0.196), vec3<f32>(0.992, 0.906, 0.145));
    let place = 1.5 + 6.5 * clamp(share, 0.0, 1.0);
    let below = min(u32(place), 7u);
    return linear_of(mix(stops[below], stops[below + 1u], place - f32(below)));
}

// A hue of its own for each neuron; neighbours are far apart.
fn hue_of(neuron: u32) -> vec3<f32> {
    let turn = fract(f32(neuron) * 0.61803399);
    let wave = cos(6.2831853 * (vec3<f32>(turn) + vec3<f32>(0.0, 0.33, 0.67)));
    return linear_of(vec3<f32>(0.62) + 0.34 * wave);
}

// Steps of the scale from which colours by age are taken.
const SCALE: u32 = 64u;

// The place on the scale of a stretch of axon that was first seen at a step.
fn age_place(frame: Frame, seen: f32) -> u32 {
    return u32(clamp(seen / max(f32(frame.step), 1.0), 0.0, 1.0) * f32(SCALE - 1u) + 0.5);
}

// The colour of a growth cone, and of its axon unless that is coloured by age.
fn cone_colour(frame: Frame, pose: Pose, cone: Cone) -> vec3<f32> {
    switch frame.colour_by {
        case BY_NEURON: { return hue_of(cone.neuron); }
        case BY_AGE: { return viridis(1.0); }
        case BY_ORDER: { return viridis(f32(cone.order) / HIGHEST_ORDER); }
        case BY_GAIN: { return viridis((cone.gain - 1.0) / (BRIGHTEST_GAIN - 1.0)); }
        case BY_TROPHIC: { return viridis(level(cone.trophic_programme)); }
        case BY_MECHANO: { return viridis(level(cone.mechano_programme)); }
        default: { return pose.colour.rgb; }
    }
}

// Brightness of a neuron where another may stand out.
fn emphasis(frame: Frame, neuron: u32) -> f32 {
    if frame.highlighted == NONE { return 1.0; }
    return select(DIMMED, 1.6, frame.highlighted == neuron);
}
