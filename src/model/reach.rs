//! How far a path gets whose direction is lost on its way (Kratky and Porod's persistent path).

/// Root mean square distance between the ends of a path of length `path_um` in the plane whose direction is
/// lost over `persistence_um`: R² = 2 L s − 2 L² (1 − e^(−s/L)).
pub fn persistent_reach_um(path_um: f64, persistence_um: f64) -> f64 {
    let (s, l) = (path_um, persistence_um);
    (2.0 * l * s + 2.0 * l * l * libm::expm1(-s / l)).max(0.0).sqrt()
}
