// The picture: the ground, the light of the axons on it and the glow around them, as sRGB. On a dark ground light adds
// up and saturates softly; on paper it is ink that takes light away.
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

const GLOW: f32 = 0.42;

@vertex
fn cover_all(@builtin(vertex_index) corner: u32) -> @builtin(position) vec4<f32> {
    return vec4<f32>(f32(corner & 1u) * 4.0 - 1.0, f32(corner >> 1u) * 4.0 - 1.0, 0.5, 1.0);
}

// Where nothing moves there is a single dark point in place of the picture.
fn moving_at(place: vec2<u32>) -> vec4<f32> {
    return textureLoad(moving, min(place, textureDimensions(moving) - 1u), 0);
}

fn srgb_of(light: vec3<f32>) -> vec3<f32> {
    // The curve of sRGB to within half a step of a byte, from roots alone, which are cheap where pow is not.
    let root = sqrt(light);
    let fourth = sqrt(root);
    let eighth = sqrt(fourth);
    let high = 0.585122381 * root + 0.783140355 * fourth - 0.368262736 * eighth;
    return select(high, light * 12.92, light <= vec3<f32>(0.0031308));
}

@fragment
fn develop(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
    let place_px = at.xy - corner_px.xy;
    let place = vec2<u32>(place_px);
    let below = textureLoad(ground, place, 0).rgb;
    let exposed = textureLoad(kept, place, 0) + moving_at(place);
    var seen: vec3<f32>;
    if frame.paper == 1u {
        let intensity = max(exposed.a, 0.0);
        let hue = clamp(exposed.rgb / max(intensity, 1e-4), vec3<f32>(0.0), vec3<f32>(1.0));
        let ink = 0.9 * (pow(1.0 + intensity / UNIT, 0.45) - 1.0);
        seen = below * exp(-ink * (vec3<f32>(1.05) - hue));
    } else {
        let halo = textureSampleLevel(glow, smooth_sampler, place_px / frame.size_px, 0.0).rgb;
        let light = answer(exposed) + GLOW * halo;
        // Film saturates; the ground is given as it should look and only light is added to it.
        seen = 1.0 - (1.0 - min(below, vec3<f32>(0.99))) * exp(-light);
    }
    // A little noise keeps the steps of a dark field from showing.
    let noise = fract(52.9829189 * fract(dot(at.xy, vec2<f32>(0.06711056, 0.00583715)))) - 0.5;
    return vec4<f32>(srgb_of(clamp(seen, vec3<f32>(0.0), vec3<f32>(1.0))) + noise / 255.0, 1.0);
}
