// The light out of focus, before it is blurred: both channels of the exposure at a quarter of the size.
@group(0) @binding(0) var kept: texture_2d<f32>;
@group(0) @binding(1) var moving: texture_2d<f32>;

const SHRINK: u32 = 4u;
// Light of a point that counts half: else all around the brightest were bright.
const GLARE: f32 = 5.0;

@vertex
fn cover_all(@builtin(vertex_index) corner: u32) -> @builtin(position) vec4<f32> {
    return vec4<f32>(f32(corner & 1u) * 4.0 - 1.0, f32(corner >> 1u) * 4.0 - 1.0, 0.5, 1.0);
}

@fragment
fn shrink(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
    let first = vec2<u32>(at.xy) * SHRINK;
    let last = textureDimensions(kept) - 1u;
    var light = vec4<f32>(0.0);
    // Every second point of every second row is enough for what is blurred.
    for (var i = 0u; i < 4u; i++) {
        let place = min(first + vec2<u32>(1u + 2u * (i & 1u), 1u + 2u * (i >> 1u)) - 1u, last);
        let exposed = textureLoad(kept, place, 0) + textureLoad(moving, min(place, textureDimensions(moving) - 1u), 0);
        let brightest = max(max(exposed.r, exposed.g), max(exposed.b, exposed.a));
        light += exposed * (GLARE / (GLARE + max(brightest, 0.0)));
    }
    return 0.25 * light;
}
