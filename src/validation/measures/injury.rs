//! Injury and illness: stumps rest, then a share of them grows again; neurons fall ill at a constant hazard from an onset
//! on.

use super::course::{ClosedForm, follow};
use super::{LooksAt, Measure, of_cones, steps_in};
use crate::engine::{Engine, EngineError};
use crate::model::biology::Biology;
use crate::model::layout::mode;
use crate::model::parameter::Dimension::{Count, Fraction, Rate, Time};
use crate::model::plate::{Action, Condition, Cut};
use crate::model::rules::relaxation::Level;
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series};
use crate::validation::plates::{plate_of_cones, running_cones};
use crate::validation::setting::{CaseSetting, many, one};
use crate::validation::statistics::{Estimate, estimate};
use glam::DVec3;

/// Axons that run straight from the middle of the well.
fn straight() -> Biology {
    running_cones(20.0, 0.0, 1e6)
}

/// Movement of stumps while they rest, and the share of them that grows again.
pub const REGROWTH: Measure = Measure {
    name: "regrowth",
    keys: &[
        one("neurons", Count),
        one("lag", Time),
        one("regrowth", Fraction),
        one("regrowth_exercised", Fraction),
        many("trophic", Fraction),
        one("step", Time),
    ],
    figures: &["rest", "regrown"],
    looks_at: LooksAt::Engine,
    run: regrowth,
};

fn regrowth(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let step_h = done.number("step");
    let mut biology = straight();
    biology.injury.lag_h = done.number("lag");
    biology.injury.regrowth = done.number("regrowth");
    biology.injury.regrowth_exercised = done.number("regrowth_exercised");
    // Programmes stay as they are put.
    biology.programme.memory_h = 9999.0;
    let programmes = done.list("trophic");
    let mut plate = plate_of_cones(done.count("neurons"), 10.0, step_h * 60.0, biology);
    plate.conditions = programmes
        .iter()
        .map(|_| Condition::untreated("cut", 1, biology))
        .collect();
    let middle_um = 0.5 * plate.domain.size_um();
    let mut engine = trial.open(plate)?;
    // All axons are longer than the way to the cut then.
    engine.advance(steps_in(10.0, step_h))?;
    let mut world = engine.world()?.clone();
    for cone in &mut world.cones {
        cone.trophic_programme = programmes
            .get(cone.well as usize)
            .map_or(Level::default(), |&full| Level::of(full as f32));
    }
    engine.load(world)?;
    for condition in 0..programmes.len() {
        cut_all_around(engine.as_mut(), condition, middle_um, 60.0)?;
    }
    let seen = |engine: &mut dyn Engine| of_cones(engine, |cone| (cone.well, cone.tip_um(), cone.mode));
    let stumps = seen(engine.as_mut())?;
    engine.advance(steps_in(stated.number("lag"), step_h))?;
    let rested = seen(engine.as_mut())?;
    let moved = stumps.iter().zip(&rested).map(|(a, b)| f64::from(a.1.distance(b.1)));
    let mut measured = Measured::default();
    let furthest = moved.fold(0.0, f64::max);
    measured.figures.push(Figure::against(
        "rest",
        "furthest move during the lag",
        0.0,
        furthest,
        "µm",
    ));
    engine.advance(steps_in(2.0, step_h))?;
    let later = seen(engine.as_mut())?;
    let mut points = Vec::new();
    for (well, &programme) in (0..).zip(programmes) {
        let runs: Vec<f64> = later
            .iter()
            .filter(|cone| cone.0 == well)
            .map(|cone| f64::from(u8::from(cone.2 == mode::RUN)))
            .collect();
        let Estimate { mean, half_width } = estimate(&runs);
        let what = format!("share at a programme of {programme}");
        let figure = Figure::against("regrown", what, share_regrown(stated, programme), mean, "");
        measured.figures.push(figure.trusted(half_width));
        points.push((programme, mean, half_width.unwrap_or(0.0)));
    }
    measured.plots.push(Plot {
        x: "trophic programme".into(),
        y: "share of the stumps that grow again".into(),
        scale: Scale::Linear,
        lines: vec![Series::of("p + (p_ex − p) T", (0.0, 1.0), 2, |programme| {
            share_regrown(stated, programme)
        })],
        points: vec![Series {
            name: "stumps".into(),
            points,
        }],
    });
    Ok(measured)
}

fn share_regrown(stated: &CaseSetting, programme: f64) -> f64 {
    let untreated = stated.number("regrowth");
    untreated + (stated.number("regrowth_exercised") - untreated) * programme
}

/// Cuts along the four sides of a square.
fn cut_all_around(
    engine: &mut dyn Engine,
    condition: usize,
    middle_um: DVec3,
    half_um: f64,
) -> Result<(), EngineError> {
    for (along, across) in [(DVec3::X, DVec3::Y), (DVec3::Y, DVec3::X)] {
        for side in [-half_um, half_um] {
            let cut = Cut::Line {
                from_um: middle_um + along * side - across * half_um,
                to_um: middle_um + along * side + across * half_um,
            };
            engine.apply(&Action::Axotomy(cut), condition)?;
        }
    }
    Ok(())
}

/// Share of the neurons that are not ill, over time.
pub const SURVIVAL: Measure = Measure {
    name: "survival",
    keys: &[
        one("neurons", Count),
        one("hazard", Rate),
        one("onset", Time),
        one("step", Time),
        many("times", Time),
    ],
    figures: &["healthy"],
    looks_at: LooksAt::Engine,
    run: survival,
};

fn survival(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let step_h = done.number("step");
    let mut biology = straight();
    biology.survival.death_per_h = done.number("hazard");
    biology.survival.onset_h = done.number("onset");
    let plate = plate_of_cones(done.count("neurons"), 10.0, step_h * 60.0, biology);
    let mut engine = trial.open(plate)?;
    let course = follow(engine.as_mut(), step_h, done.list("times"), |engine| {
        of_cones(engine, |cone| {
            f64::from(u8::from(cone.mode != mode::DYING && cone.mode != mode::PRUNED))
        })
    })?;
    let healthy = |time_h: f64| (-stated.number("hazard") * (time_h - stated.number("onset")).max(0.0)).exp();
    let law = ClosedForm {
        band: "healthy",
        quantity: "share of the neurons that is healthy",
        formula: "e^(−h(t − onset))",
        of: "neurons",
        at: healthy,
    };
    Ok(law.beside(&course))
}
