// Random numbers as a function of agent, step and purpose. Twin of src/model/rules/random.rs.
// PCG4D: M. Jarzynski and M. Olano, "Hash Functions for GPU Rendering", JCGT 9(3), 2020.
#include "layout.wgsl"

fn pcg4d(v: vec4<u32>) -> vec4<u32> {
    var r = v * 1664525u + 1013904223u;
    r.x += r.y * r.w;
    r.y += r.z * r.x;
    r.z += r.x * r.y;
    r.w += r.y * r.z;
    r ^= r >> vec4<u32>(16u);
    r.x += r.y * r.w;
    r.y += r.z * r.x;
    r.z += r.x * r.y;
    r.w += r.y * r.z;
    return r;
}

fn draw(agent: u32, step: u32, key: vec2<u32>, purpose: u32) -> vec4<u32> {
    return pcg4d(vec4<u32>(agent, step, key.x, key.y ^ (purpose * 0x9e3779b9u)));
}

fn uniform_number(bits: u32) -> f32 {
    let coarse = f32(bits >> 8u) * (1.0 / 16777216.0);
    let fine = (f32(bits & 0xffu) + 0.5) * (1.0 / 4294967296.0);
    return min(coarse + fine, 0.99999994);
}

fn gaussian_pair(a: u32, b: u32) -> vec2<f32> {
    let radius = sqrt(-2.0 * log(uniform_number(a)));
    let angle = 6.2831855 * (uniform_number(b) - 0.5);
    return vec2<f32>(radius * cos(angle), radius * sin(angle));
}
