//! Secretion: light makes muscle fibres secrete, after a lag, and for a while beyond the session.
//!
//! The trigger is calcium flux, not contraction itself (PubMed 30356272): stimulation drives secretion directly.

/// Secretory activity after a step. `drive` is the value it tends to while the (lagged) light is on.
pub fn next_activity(activity: f32, lit: bool, drive: f32, loss: f32) -> f32 {
    let target = if lit { drive } else { 0.0 };
    activity + (target - activity) * loss
}

/// Fatigue after a step, 0 to 1: fibres tire under light and recover in the dark.
pub fn next_fatigue(fatigue: f32, lit: bool, rise: f32, recovery: f32) -> f32 {
    if lit {
        fatigue + (1.0 - fatigue) * rise
    } else {
        fatigue - fatigue * recovery
    }
}

/// The drive that is left in tired fibres: `depth` is the share that they lose when they are tired out.
pub fn tired_drive(drive: f32, fatigue: f32, depth: f32) -> f32 {
    drive * (1.0 - depth * fatigue)
}

/// Secretion relative to rest; activity is 1 on a daily mean under reference exercise.
pub fn secretion_ratio(activity: f32, exercised_ratio: f32) -> f32 {
    1.0 + (exercised_ratio - 1.0) * activity
}
