// Muscle: fibres side by side along the longer edge of their box, slightly wavy as they are in culture; they shorten under
// light, and the light on them is seen.

// Length of a sarcomere, µm.
const SARCOMERE_UM: f32 = 2.4;
// How far the light reaches beyond the muscle, µm.
const GLOW_UM: f32 = 260.0;

fn muscle_light(under: vec3<f32>, pose: Pose, material_um: vec2<f32>, px_um: f32) -> vec3<f32> {
    let style = styles[frame.paper];
    let low = pose.muscle_low_um.xy;
    let high = pose.muscle_high_um.xy;
    let upright = high.y - low.y >= high.x - low.x;
    let middle = 0.5 * (low + high);
    let half_size = 0.5 * (high - low);
    // Along the fibres, and across them.
    let beside = select(material_um - middle, (material_um - middle).yx, upright);
    let reach = select(half_size, half_size.yx, upright);
    let shortened = 1.0 - pose.contraction;
    let at = vec2(beside.x / shortened, beside.y);
    let beyond = abs(at) - reach;
    let outside = max(beyond.x * shortened, beyond.y);
    var light = under;
    if pose.light > 0.0 {
        let away = length(max(beyond, vec2(0.0))) / GLOW_UM;
        light += style.glow.rgb * (pose.light * style.glow.a / (1.0 + 6.0 * away * away));
    }
    if outside > px_um {
        return light;
    }
    let waved = at.y + reach.y + 0.12 * frame.fibre_spacing_um * sin(at.x / 310.0 + 0.9 * sin(at.y / 170.0));
    let place = waved / frame.fibre_spacing_um;
    let number = floor(place);
    let off = 2.0 * (place - number) - 1.0;
    // Round fibres with dark gaps, no two alike; where they are too thin to be told apart, bundles of them.
    let told_apart = smoothstep(1.5, 5.0, frame.fibre_spacing_um / px_um);
    let unlike = 0.86 + 0.28 * fract(number * 0.618034);
    let bundle = place / 7.0;
    let bundled = 1.0 - 0.3 * pow(abs(2.0 * fract(bundle) - 1.0), 6.0);
    var fibre = mix(0.74 * bundled, unlike * (1.0 - 0.82 * off * off), told_apart);
    let sarcomere_px = SARCOMERE_UM * shortened / px_um;
    if sarcomere_px > 2.5 {
        let band = abs(2.0 * fract(at.x / SARCOMERE_UM + 0.13 * fract(number * 0.754878)) - 1.0);
        fibre *= 1.0 - 0.34 * smoothstep(2.5, 7.0, sarcomere_px) * smoothstep(0.35, 0.65, band);
    }
    let seen = mix(style.gap.rgb, style.muscle.rgb, fibre) + style.glow.rgb * (pose.light * fibre);
    return mix(light, seen, clamp(0.5 - outside / px_um, 0.0, 1.0) * style.muscle.a);
}
