// The answer of film to light: in proportion where there is little, ever more slowly where much lies on top of each other, so that
// both a single axon and a dense bundle show their structure.

const UNIT: f32 = 0.2;
const STRENGTH: f32 = 1.5;

// Light of an exposure (colour times intensity, and intensity).
fn answer(exposed: vec4<f32>) -> vec3<f32> {
    let intensity = max(exposed.a, 0.0);
    if intensity < 1e-4 { return vec3<f32>(0.0); }
    let strength = STRENGTH * (pow(1.0 + intensity / UNIT, 0.3) - 1.0);
    let hue = clamp(exposed.rgb / intensity, vec3<f32>(0.0), vec3<f32>(1.0));
    return strength * (0.94 * hue + 0.06);
}
