//! Headings forget with e^(−t v/L_p): in the plane D_θ = v/L_p, in space the two angles have D = v/2L_p each, so the
//! correlation e^(−2Dt) is the same.

use super::course::{ClosedForm, follow};
use super::{LooksAt, Measure, of_cones};
use crate::engine::{Engine, EngineError};
use crate::model::parameter::Dimension::{Choice, Count, Length, Speed, Time};
use crate::model::word::{Word, words};
use crate::validation::bench::Trial;
use crate::validation::measured::Measured;
use crate::validation::plates::{in_space, plate_of_cones, running_cones};
use crate::validation::setting::{many, one};

words! {
    /// The room that cones have.
    enum Room {
        /// A planar well.
        Plane = "plane",
        /// A slab.
        Space = "space",
    }
}

/// Correlation of the heading with the one at the start.
pub const HEADINGS: Measure = Measure {
    name: "heading-correlation",
    keys: &[
        one("cones", Count),
        one("place", Choice(Room::WORDS)),
        one("speed", Speed),
        one("persistence_length", Length),
        one("step", Time),
        many("times", Time),
    ],
    figures: &["correlation"],
    looks_at: LooksAt::Engine,
    run: headings,
};

fn headings(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let step_h = done.number("step");
    let biology = running_cones(done.number("speed"), 0.0, done.number("persistence_length"));
    let plate = plate_of_cones(done.count("cones"), 20.0, step_h * 60.0, biology);
    let plate = if done.word("place") == Some(Room::Space) {
        in_space(plate)
    } else {
        plate
    };
    let mut engine = trial.open(plate)?;
    let headings = |engine: &mut dyn Engine| of_cones(engine, |cone| cone.heading);
    let before = headings(engine.as_mut())?;
    let forgotten = |time_h: f64| (-time_h * stated.number("speed") / stated.number("persistence_length")).exp();
    let course = follow(engine.as_mut(), step_h, done.list("times"), |engine| {
        let after = headings(engine)?;
        Ok(before.iter().zip(after).map(|(a, b)| f64::from(a.dot(b))).collect())
    })?;
    let law = ClosedForm {
        band: "correlation",
        quantity: "⟨cos⟩ of the turn",
        formula: "e^(−t v/L_p)",
        of: "growth cones",
        at: forgotten,
    };
    Ok(law.beside(&course))
}
