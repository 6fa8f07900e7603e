// Muscle: fibres side by side, slightly wavy as they are in culture; they shorten under
// light, and the light on them is seen.

// Length of a sarcomere, µm.
const SARCOMERE_UM: f32 = 2.4;
// Reach of the light beyond the muscle, µm.
const GLOW_UM: f32 = 900.0;

struct Muscle {
    @builtin(position) clip: vec4<f32>,
    // From the muscle's middle, µm: along the fibres as if they were at rest, and across them.
    @location(0) at_um: vec2<f32>,
    @location(1) @interpolate(flat) half_um: vec2<f32>,
    @location(2) @interpolate(flat) light: f32,
    @location(3) @interpolate(flat) shortened: f32,
}

@vertex
fn muscle_corner(@builtin(vertex_index) vertex: u32, @builtin(instance_index) well: u32) -> Muscle {
    let low = poses[well].muscle_low_um.xy - 0.5 * frame.well_um.xy;
    let high = poses[well].muscle_high_um.xy - 0.5 * frame.well_um.xy;
    let well_half = 0.5 * frame.well_um.xy;
    let light = poses[well].light;
    let strained = select(0.0, 0.2, poses[well].moving != 0u) * frame.well_um.xy;
    let around = strained + select(2.0 * frame.scale / frame.px_per_um, GLOW_UM, light > 0.0);
    let at_um = clamp(mix(low - around, high + around, corner(vertex)), -well_half, well_half);
    let off = material_at(well, at_um) - 0.5 * (low + high);
    let half_size = 0.5 * (high - low);
    let upright = poses[well].fibres_upright == 1u;
    let shortened = 1.0 - poses[well].contraction;
    var out: Muscle;
    out.clip = in_clip(well, at_um, slice_height());
    out.at_um = select(off, off.yx, upright) / vec2(shortened, 1.0);
    out.half_um = select(half_size, half_size.yx, upright);
    out.light = light;
    out.shortened = shortened;
    return out;
}

@fragment
fn muscle_light(in: Muscle) -> @location(0) vec4<f32> {
    let style = styles[frame.paper];
    let px_um = px_of(in.at_um);
    // How much is told apart is a matter of what the eye sees.
    let point_um = px_um * frame.scale;
    let beyond = abs(in.at_um) - in.half_um;
    let fade = max(1.0 - length(max(beyond, vec2(0.0))) / GLOW_UM, 0.0);
    let glow = style.glow.rgb * (in.light * style.glow.a * fade * fade * fade);
    // Round fibres with dark gaps, no two alike; where they are too thin to be told apart, bundles of them.
    let wave = 0.12 * frame.fibre_spacing_um * sin(in.at_um.x / 310.0 + in.at_um.y / 190.0);
    let place = (in.at_um.y + in.half_um.y + wave) / frame.fibre_spacing_um;
    let number = floor(place);
    let off = 2.0 * (place - number) - 1.0;
    let told_apart = clamp((frame.fibre_spacing_um / point_um - 1.5) / 3.5, 0.0, 1.0);
    let unlike = 0.86 + 0.28 * fract(number * 0.618034);
    let bundle = abs(2.0 * fract(place / 7.0) - 1.0);
    let bundled = 0.74 - 0.24 * bundle * bundle * bundle * bundle;
    var fibre = mix(bundled, unlike * (1.0 - 0.82 * off * off), told_apart);
    let sarcomere_px = SARCOMERE_UM * in.shortened / point_um;
    let band = abs(2.0 * fract(in.at_um.x / SARCOMERE_UM + 0.13 * fract(number * 0.754878)) - 1.0);
    fibre *= 1.0 - 0.34 * clamp((sarcomere_px - 2.5) / 4.5, 0.0, 1.0) * clamp((band - 0.35) / 0.3, 0.0, 1.0);
    let seen = mix(style.gap.rgb, style.muscle.rgb, fibre) + style.glow.rgb * (in.light * (0.1 + 0.5 * fibre));
    let cover = clamp(0.5 - max(beyond.x, beyond.y) / px_um, 0.0, 1.0) * style.muscle.a;
    return vec4(mix(glow, seen, cover), cover);
}
