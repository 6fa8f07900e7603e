// From light to brightness, as src/export/micrograph.rs has it, and the two channels of an exposure: axons in red, green and
// blue as their colours, nuclei in alpha.
#include "layout.wgsl"

// Brightness, 0 to 1, of light that is half as bright as can be at `half`: nearly in proportion where there is little, ever more
// slowly where much lies on top of each other.
fn brightness(light: f32, half: f32) -> f32 {
    let seen = max(light, 0.0);
    return seen / (seen + half);
}

// The light of axons in an exposure, and the colour that they have together.
fn axon_light(exposed: vec4<f32>) -> vec4<f32> {
    let colours = max(exposed.rgb, vec3<f32>(0.0));
    let light = max(colours.r, max(colours.g, colours.b));
    return vec4<f32>(colours / max(light, 1e-6), light);
}
