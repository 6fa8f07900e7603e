// Secretion: light makes muscle fibres secrete, after a lag. Twin of src/model/rules/secretion.rs.

fn next_activity(activity: f32, lit: bool, drive: f32, loss: f32) -> f32 {
    let goal = select(0.0, drive, lit);
    return activity + (goal - activity) * loss;
}

fn next_fatigue(fatigue: f32, lit: bool, rise: f32, recovery: f32) -> f32 {
    if lit {
        return fatigue + (1.0 - fatigue) * rise;
    }
    return fatigue - fatigue * recovery;
}

fn tired_drive(drive: f32, fatigue: f32, depth: f32) -> f32 {
    return drive * (1.0 - depth * fatigue);
}

fn secretion_ratio(activity: f32, exercised_ratio: f32) -> f32 {
    return 1.0 + (exercised_ratio - 1.0) * activity;
}
