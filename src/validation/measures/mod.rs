//! The measures of the book: one file for each family, one [`Measure`] for each way to measure.

mod acceptance;
mod adaptation;
mod alignment;
mod branching;
mod bundles;
mod chemotaxis;
mod conditioned_medium;
mod convergence;
mod couplings;
mod course;
mod draws;
mod edges;
mod field;
mod gain;
mod growth_modulation;
mod guidance;
mod headings;
mod injury;
mod isotropy;
mod mechano;
mod modes;
mod muscle;
mod points;
mod sliding;
mod somata;
mod speed;
mod strain;
mod stretch;
mod variation;
mod walks;

use super::bench::Trial;
use super::measured::Measured;
use super::setting::CaseKey;
use crate::engine::{Engine, EngineError};
use crate::model::layout::Cone;
use glam::DVec3;

/// A way to measure.
#[derive(Debug)]
pub struct Measure {
    /// Its name in a case.
    pub name: &'static str,
    /// The numbers that a case must set.
    pub keys: &'static [CaseKey],
    /// The names of its figures; a case has a band for each.
    pub figures: &'static [&'static str],
    /// The part of the program that it looks at.
    pub looks_at: LooksAt,
    /// Measures a trial.
    pub run: fn(&Trial<'_>) -> Result<Measured, EngineError>,
}

/// The part of the program that a measure looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LooksAt {
    /// A plate on the engine that was asked for.
    Engine,
    /// The random draws alone.
    Draws,
    /// The solver of the elastic gel, which works before an engine is opened.
    Gel,
}

impl PartialEq for Measure {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// Every way to measure.
pub const MEASURES: &[Measure] = &[
    walks::SPREADING,
    walks::REACH,
    speed::SPEED,
    headings::HEADINGS,
    alignment::ALIGNMENT,
    guidance::GUIDANCE,
    chemotaxis::DRIFT,
    growth_modulation::GROWTH_MODULATION,
    gain::DOSE_TO_GAIN,
    gain::COMBINATION,
    adaptation::ADAPTATION,
    variation::VARIATION,
    somata::SPREADING_OF_SOMATA,
    isotropy::ISOTROPY,
    modes::MODES,
    mechano::SAW_TOOTH,
    mechano::DAILY_MEAN,
    branching::YULE,
    branching::COMPETING,
    couplings::COUPLINGS,
    strain::RESOLVED,
    strain::RETURNS,
    field::SPREADING_GAUSSIAN,
    field::STEADY_SOURCE,
    field::CLOSED_BOX,
    field::NEVER_NEGATIVE,
    edges::WALL,
    sliding::SLIDING,
    edges::UPTAKE,
    edges::RESERVOIRS,
    convergence::IN_SPACE,
    convergence::IN_TIME,
    points::POINT_SOURCE,
    points::PURE_DECAY,
    points::ONE_CELL_SINK,
    convergence::GEL_IN_PLANE,
    convergence::GEL_IN_SPACE,
    bundles::CONTACT_GUIDANCE,
    bundles::ZIPPERING,
    stretch::TOWED_GROWTH,
    conditioned_medium::CONDITIONED_MEDIUM,
    muscle::FATIGUE,
    muscle::SYNAPSE_FORMATION,
    injury::REGROWTH,
    injury::SURVIVAL,
    draws::BIASED_WALK,
    draws::COALESCING_WALKS,
    acceptance::ACCEPTANCE,
];

/// A number of every growth cone.
fn of_cones<T>(engine: &mut dyn Engine, of: impl Fn(&Cone) -> T) -> Result<Vec<T>, EngineError> {
    Ok(engine.world()?.cones.iter().map(of).collect())
}

/// The place of every growth cone, µm.
fn tips_um(engine: &mut dyn Engine) -> Result<Vec<DVec3>, EngineError> {
    of_cones(engine, |cone| cone.tip_um().as_dvec3())
}

/// The length by which every axon grows in so many steps, µm, where none branches.
fn grown_um(engine: &mut dyn Engine, steps: u32) -> Result<Vec<f64>, EngineError> {
    let length_um = |cone: &Cone| f64::from(cone.path_length_um());
    let before = of_cones(engine, length_um)?;
    engine.advance(steps)?;
    let after = of_cones(engine, length_um)?;
    Ok(after.iter().zip(before).map(|(after, before)| after - before).collect())
}

/// Whole steps of `step_h` in `hours`, at least one.
fn steps_in(hours: f64, step_h: f64) -> u32 {
    ((hours / step_h).round() as u32).max(1)
}
