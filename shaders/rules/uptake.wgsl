// Uptake of myokine by growth cones (Michaelis–Menten). Twin of src/model/rules/uptake.rs.
#include "layout.wgsl"
#include "mechano.wgsl"

fn uptake(dose: f32, cones: u32, myokine: MyokineRules) -> f32 {
    let cleared = f32(cones) * myokine.uptake;
    let filled = dose / myokine.uptake_half_dose;
    var z = max(cleared / (1.0 + filled), cleared - filled);
    for (var i = 0u; i < 6u; i++) {
        let lost = lost_after(z);
        z -= (z + filled * lost - cleared) / (1.0 + filled * (1.0 - lost));
    }
    return dose * lost_after(max(z, 0.0));
}
