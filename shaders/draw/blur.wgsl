// A Gaussian along one axis.
#include "layout.wgsl"

@group(0) @binding(0) var<uniform> frame: Frame;
@group(1) @binding(0) var sharp: texture_2d<f32>;

override ALONG_X: f32 = 1.0;
// Standard deviation, in points of the shrunk picture of a usual screen, and the reach for each.
const WIDTH: f32 = 1.7;
const REACH: f32 = 2.7;

@vertex
fn cover_all(@builtin(vertex_index) corner: u32) -> @builtin(position) vec4<f32> {
    return vec4<f32>(f32(corner & 1u) * 4.0 - 1.0, f32(corner >> 1u) * 4.0 - 1.0, 0.5, 1.0);
}

@fragment
fn blur(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
    let middle = vec2<i32>(at.xy);
    let last = vec2<i32>(textureDimensions(sharp)) - 1;
    let along = select(vec2<i32>(0, 1), vec2<i32>(1, 0), ALONG_X > 0.5);
    var sum = vec4<f32>(0.0);
    var weights = 0.0;
    let spread = WIDTH * frame.scale;
    let reach = i32(ceil(REACH * spread));
    for (var i = -reach; i <= reach; i++) {
        let weight = exp(-0.5 * f32(i * i) / (spread * spread));
        sum += weight * textureLoad(sharp, clamp(middle + i * along, vec2<i32>(0), last), 0);
        weights += weight;
    }
    return sum / weights;
}
