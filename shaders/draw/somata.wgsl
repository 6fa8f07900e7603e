// Cell bodies: soft discs of light, added to the exposure.
#include "colours.wgsl"

@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var<storage, read> poses: array<Pose>;
@group(1) @binding(1) var<storage, read> neurons: array<Neuron>;

// Radius of the cell body of a motor neuron in culture, µm.
const SOMA_UM: f32 = 9.0;
const SMALLEST_PX: f32 = 1.3;
const SOMA_INTENSITY: f32 = 0.5;

struct Soma {
    @builtin(position) clip: vec4<f32>,
    @location(0) @interpolate(linear) place: vec2<f32>,
    @location(1) @interpolate(flat) light: vec4<f32>,
    @location(2) @interpolate(flat) radius_px: f32,
}

@vertex
fn stand(@builtin(vertex_index) corner: u32, @builtin(instance_index) index: u32) -> Soma {
    var soma: Soma;
    let neuron = neurons[index];
    let pose = poses[neuron.well];
    let centre = frame.clip_from_plate * vec4<f32>(drawn_at(pose, neuron.base_um + neuron.reach_um, frame.well_um), 1.0);
    let smallest_px = SMALLEST_PX * frame.scale;
    let radius_px = max(SOMA_UM * frame.px_per_um, smallest_px);
    let place = vec2<f32>(select(-1.0, 1.0, (corner & 1u) == 1u), select(-1.0, 1.0, (corner & 2u) == 2u));
    let reach = 1.0 + 1.0 / radius_px;
    soma.clip = vec4<f32>(centre.xy + place * reach * radius_px / (0.5 * frame.size_px) * centre.w, centre.zw);
    soma.place = place * reach;
    let own = select(pose.colour.rgb, hue_of(index), frame.colour_by == BY_NEURON);
    // Where the view is far away a soma is fainter than a dot of that size.
    // That of an ill neuron is faint anywhere.
    let health = select(0.3, 1.0, neuron.ill_since == NONE);
    let seen = health * min(SOMA_UM * frame.px_per_um / smallest_px, 1.0);
    soma.light = vec4<f32>(mix(own, vec3<f32>(1.0), 0.4), SOMA_INTENSITY * emphasis(frame, index) * mix(0.35, 1.0, seen));
    soma.radius_px = radius_px;
    return soma;
}

@fragment
fn expose(soma: Soma) -> @location(0) vec4<f32> {
    let from_centre = length(soma.place);
    let cover = clamp(0.5 + (1.0 - from_centre) * soma.radius_px, 0.0, 1.0);
    // Brighter in the middle, as a round body seen through a microscope.
    let light = soma.light.a * cover * (0.55 + 0.45 * sqrt(max(1.0 - from_centre * from_centre, 0.0)));
    return vec4<f32>(soma.light.rgb * light, light);
}
