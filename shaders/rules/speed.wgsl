// Axial speed: that of the mode, and in a run an Ornstein-Uhlenbeck process about it. Twin of src/model/rules/speed.rs.
#include "layout.wgsl"

fn target_speed(current: u32, gain: f32, rules: Rules) -> f32 {
    if current == MODE_RUN {
        return rules.run_speed_um_per_h * gain;
    } else if current == MODE_RETRACT {
        return -rules.retraction_speed_um_per_h;
    }
    return 0.0;
}

fn next_deviation(deviation: f32, xi: f32, rules: Rules) -> f32 {
    return deviation - deviation * rules.speed_loss + rules.speed_noise_um_per_h * xi;
}
