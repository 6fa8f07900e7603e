//! An experiment: a plate is advanced to its end, events happen when they are due, readouts are taken on time.

use crate::engine::{Engine, EngineError};
use crate::model::plate::Plate;
use crate::model::world::World;
use crate::readout::recorder::Recorder;

/// What the one who watches says after each stretch of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watch {
    /// Go on.
    GoOn,
    /// Stop here; what was recorded so far stays.
    Stop,
}

/// Steps at most between two looks of the one who watches.
const STRETCH: u32 = 60;

/// Advances a plate to its last step, or until `watch` (given the steps done) says stop. The first row of readouts is
/// that of the state the engine begins with, the last that of the step it ends with. `seen` is shown every state of which
/// readouts are taken.
///
/// # Errors
/// When the engine fails; what was recorded until then is in the recorder.
pub fn perform(
    engine: &mut dyn Engine,
    recorder: &mut Recorder,
    mut seen: impl FnMut(&World),
    mut watch: impl FnMut(u32) -> Watch,
) -> Result<(), EngineError> {
    let plate = engine.plate().clone();
    let mut record = |world: &World| {
        recorder.record(&plate, world);
        seen(world);
    };
    let mut step = engine.world()?.step;
    record(engine.world()?);
    while step < plate.steps {
        apply_events(engine, &plate, step)?;
        let stop = next_stop(&plate, step);
        engine.advance(stop - step)?;
        step = stop;
        if step.is_multiple_of(plate.record_every) || step == plate.steps {
            record(engine.world()?);
        }
        if watch(step) == Watch::Stop && step < plate.steps {
            record(engine.world()?);
            return Ok(());
        }
    }
    // Read once more at the end, so that the last state is that of the last step.
    engine.world().map(|_| ())
}

/// Advances a plate to a step, with the events that are due on the way, and measures nothing.
///
/// # Errors
/// When the engine fails.
pub fn advance_to(engine: &mut dyn Engine, goal: u32) -> Result<(), EngineError> {
    let plate = engine.plate().clone();
    let mut step = engine.world()?.step;
    while step < goal {
        apply_events(engine, &plate, step)?;
        let stop = next_stop(&plate, step).min(goal);
        engine.advance(stop - step)?;
        step = stop;
    }
    Ok(())
}

/// The step up to which the engine can go without a look at readouts, events or the one who watches.
fn next_stop(plate: &Plate, step: u32) -> u32 {
    let record = (step / plate.record_every + 1).saturating_mul(plate.record_every);
    let event = plate
        .events
        .iter()
        .map(|event| event.step)
        .find(|&event| event > step)
        .unwrap_or(plate.steps);
    record.min(event).min(plate.steps).min(step.saturating_add(STRETCH))
}

/// What is due at the beginning of a step.
fn apply_events(engine: &mut dyn Engine, plate: &Plate, step: u32) -> Result<(), EngineError> {
    for event in plate.events.iter().filter(|event| event.step == step) {
        let everywhere = event.conditions.is_empty();
        for condition in (0..plate.conditions.len()).filter(|c| everywhere || event.conditions.contains(c)) {
            tracing::info!(step, condition = plate.conditions[condition].name, "an event happens");
            engine.apply(&event.action, condition)?;
        }
    }
    Ok(())
}
