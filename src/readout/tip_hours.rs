//! The time that tips have lived: what growth is divided by to give a rate.

use crate::model::world::World;

/// Time that the growth cones of each of `wells` wells have lived since the start of the run, summed, h. It is taken from the steps in
/// which each was born and pruned, so that it does not depend on how often it is asked for.
pub fn tip_hours(world: &World, wells: usize, step_h: f64) -> Vec<f64> {
    let mut steps = vec![0u64; wells];
    for cone in &world.cones {
        let end = if cone.is_alive() { world.step } else { cone.rests_until };
        steps[cone.well as usize] += u64::from(end.saturating_sub(cone.born));
    }
    steps.into_iter().map(|steps| steps as f64 * step_h).collect()
}
