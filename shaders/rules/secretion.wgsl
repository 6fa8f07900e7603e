// Secretion: light makes muscle fibres secrete, after a lag. Twin of src/model/rules/secretion.rs.

fn next_activity(activity: f32, lit: bool, drive: f32, loss: f32) -> f32 {
    let goal = select(0.0, drive, lit);
    return activity + (goal - activity) * loss;
}

fn secretion_ratio(activity: f32, exercised_ratio: f32) -> f32 {
    return 1.0 + (exercised_ratio - 1.0) * activity;
}
