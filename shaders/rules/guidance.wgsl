// Guidance: the difference of bound receptors across a growth cone, over the noise of counting them.
// Twin of src/model/rules/guidance.rs.
#include "layout.wgsl"

fn guidance_cue(dose: f32, gradient: vec3<f32>, bound: f32, width_um: f32, myokine: MyokineRules) -> vec3<f32> {
    let steepness = length(gradient);
    if dose <= 0.0 || steepness <= 0.0 {
        return vec3<f32>(0.0);
    }
    let difference = min(width_um * steepness / dose, GREATEST_DIFFERENCE);
    let informative = sqrt(max(bound * (1.0 - bound), 0.0));
    return gradient * (myokine.guidance * myokine.hill * difference * informative / steepness);
}

fn signal_over_noise(cue: vec3<f32>, receptors: f32, rules: Rules) -> vec3<f32> {
    return cue * (rules.readings_root * sqrt(max(receptors, 0.0)));
}

fn turn_by_guidance(heading: vec3<f32>, signal: vec3<f32>, rules: Rules) -> vec3<f32> {
    let squared = dot(signal, signal);
    if squared <= 0.0 {
        return vec3<f32>(0.0);
    }
    let towards = signal / sqrt(squared);
    let across = towards - heading * dot(heading, towards);
    return across * (rules.turning_rate_rad_per_h * squared / (1.0 + squared));
}

fn growth_modulation(heading: vec3<f32>, signal: vec3<f32>, rules: Rules) -> f32 {
    return 1.0 + rules.rate_modulation * dot(heading, signal) / (1.0 + length(signal));
}
