//! First steps with the library: a built-in scenario, changed from code, on whatever engine there is.
//!
//! `cargo run --release --example first_steps`

use outgrowth::prelude::*;
use outgrowth::scenario::builtin;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let text = builtin("quick").ok_or("quick is built in")?.text;
    let mut plate: Plate = text.parse::<Scenario>()?.plate;
    // Any number can be changed before the run; units stand in the names.
    for condition in &mut plate.conditions {
        condition.biology.growth_cone.speed_um_per_h = 6.0;
    }
    let last_h = f64::from(plate.steps) * plate.step_h;

    let mut engine = open(plate, &EngineChoice::default())?;
    let info = engine.describe();
    println!("on {} ({})", info.device, info.reason);
    let readouts = run(engine.as_mut())?;

    for (condition, name) in readouts.conditions.iter().enumerate() {
        let lengths_um = readouts.values_at(Readout::NeuriteLengthTotal, condition, last_h);
        println!("{name}: axons of {lengths_um:.0?} µm in all, well by well");
    }

    // The state itself: each growth cone with its place, mode and gains.
    let world = engine.world()?;
    let furthest = world.cones.iter().map(|cone| cone.path_length_um()).fold(0.0, f32::max);
    println!("the longest path has {furthest:.0} µm");
    Ok(())
}
