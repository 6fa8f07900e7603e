// The picture: the ground, and on it the channels of the exposure with the light that is out of focus, as sRGB. On a dark ground
// channels are merged as a microscope's are; on paper axons are ink of their hue, and nuclei a stain that darkens.
#include "frame.wgsl"
#include "exposure.wgsl"

@group(0) @binding(0) var<uniform> frame: Frame;
@group(1) @binding(0) var ground: texture_2d<f32>;
@group(1) @binding(1) var kept: texture_2d<f32>;
@group(1) @binding(2) var moving: texture_2d<f32>;
@group(1) @binding(3) var glow: texture_2d<f32>;
@group(1) @binding(4) var smooth_sampler: sampler;
// The picture's corner in the target, in points.
@group(1) @binding(5) var<uniform> corner_px: vec4<f32>;

@vertex
fn cover_all(@builtin(vertex_index) corner: u32) -> @builtin(position) vec4<f32> {
    return vec4<f32>(f32(corner & 1u) * 4.0 - 1.0, f32(corner >> 1u) * 4.0 - 1.0, 0.5, 1.0);
}

// Where nothing moves there is a single dark point in place of the picture.
fn moving_at(place: vec2<u32>) -> vec4<f32> {
    return textureLoad(moving, min(place, textureDimensions(moving) - 1u), 0);
}

fn exposed_at(place: vec2<u32>) -> vec4<f32> {
    return textureLoad(kept, place, 0) + moving_at(place);
}

fn srgb_of(light: vec3<f32>) -> vec3<f32> {
    // The curve of sRGB to within half a step of a byte, from roots alone, which are cheap where pow is not.
    let root = sqrt(light);
    let fourth = sqrt(root);
    let eighth = sqrt(fourth);
    let high = 0.585122381 * root + 0.783140355 * fourth - 0.368262736 * eighth;
    return select(high, light * 12.92, light <= vec3<f32>(0.0031308));
}

// A byte's step of noise keeps the steps of a dark field from showing.
fn with_noise(seen: vec3<f32>, at: vec4<f32>) -> vec4<f32> {
    let noise = fract(52.9829189 * fract(dot(at.xy, vec2<f32>(0.06711056, 0.00583715)))) - 0.5;
    return vec4<f32>(seen + noise / 255.0, 1.0);
}

@fragment
fn develop_dark(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
    let place_px = at.xy - corner_px.xy;
    let place = vec2<u32>(place_px);
    let below = textureLoad(ground, place, 0).rgb;
    let skirt = textureSampleLevel(glow, smooth_sampler, place_px / frame.size_px, 0.0);
    let exposed = mix(exposed_at(place), skirt, SKIRT);
    let axons = axon_light(exposed);
    let shown = brightness(frame.axon_gain * axons.a, HALF_AXONS);
    let square = shown * shown;
    let lit = shown * mix(axons.rgb, vec3<f32>(1.0), OVEREXPOSED * square * square);
    let stained = brightness(frame.nuclei_gain * exposed.a, HALF_NUCLEI)
        * vec3<f32>(NUCLEI_RED, NUCLEI_GREEN, NUCLEI_BLUE);
    // Channels are merged so that none is lost where another is bright.
    let dark = (1.0 - min(below, vec3<f32>(0.99))) * (1.0 - lit) * (1.0 - stained);
    return with_noise(srgb_of(1.0 - dark), at);
}

// How much stronger than light ink is, how much darker the densest is than a thin layer of it, and how much nuclei darken at most.
const INK: f32 = 2.5;
const DENSE: f32 = 0.55;
const STAIN: f32 = 0.35;

@fragment
fn develop_paper(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
    let place = vec2<u32>(at.xy - corner_px.xy);
    let below = textureLoad(ground, place, 0).rgb;
    let exposed = exposed_at(place);
    let axons = axon_light(exposed);
    // Ink covers, and is darker where it is dense, but its hue stays: light that passed through it would lose one of two colours first.
    let inked = brightness(INK * frame.axon_gain * axons.a, HALF_AXONS);
    let cover = inked * (2.0 - inked);
    let ink = axons.rgb * (0.75 * (1.0 - DENSE * inked * inked));
    let stained = brightness(frame.nuclei_gain * exposed.a, HALF_NUCLEI);
    // Mixed as the eye sees colours: mixed as light, thin ink would be of another hue than dense ink.
    let seen = mix(srgb_of(clamp(below, vec3<f32>(0.0), vec3<f32>(1.0))), srgb_of(ink), cover);
    return with_noise(seen * (1.0 - STAIN * stained), at);
}
