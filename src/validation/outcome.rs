//! The outcome of a case: every figure with its verdict, and every control with the bands that it broke.

use super::band::Band;
use super::bench::{Bench, Trial};
use super::case::{Case, Control};
use super::measured::{Figure, Measured};
use super::measures::LooksAt;
use crate::engine::EngineError;
use std::time::Instant;

/// The sizes at which the book is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Those for a look in a few minutes.
    Quick,
    /// Those that the bands were made for.
    Full,
}

/// A figure and how it compares with its band.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The figure.
    pub figure: Figure,
    /// Its band.
    pub band: Band,
    /// The share of the band that it takes up: up to 1 it is inside.
    pub taken_up: f64,
}

impl Judged {
    /// Whether the figure is inside its band.
    pub fn inside(&self) -> bool {
        self.taken_up <= 1.0
    }
}

/// The outcome of a negative control.
#[derive(Clone, Debug, PartialEq)]
pub struct ControlOutcome {
    /// The control, with the numbers that were changed.
    pub control: Control,
    /// Its figures, held against what the unchanged case states.
    pub judged: Vec<Judged>,
}

impl ControlOutcome {
    /// Whether it left every band that it must leave.
    pub fn failed_as_it_must(&self) -> bool {
        self.control.breaks.iter().all(|band| self.furthest_out(band).is_some())
    }

    /// The figure that is furthest out of a band; `None` where all are inside.
    pub fn furthest_out(&self, band: &str) -> Option<&Judged> {
        furthest(self.judged.iter().filter(|judged| judged.figure.band == band)).filter(|judged| !judged.inside())
    }
}

/// The outcome of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseOutcome {
    /// The case.
    pub case: Case,
    /// Its figures.
    pub judged: Vec<Judged>,
    /// The plots and the table that came with them.
    pub measured: Measured,
    /// Its negative controls.
    pub controls: Vec<ControlOutcome>,
    /// The engine, or the part of the program, that it was measured on.
    pub engine: String,
    /// Time on the wall, controls and all, s.
    pub seconds: f64,
}

impl CaseOutcome {
    /// Whether every figure is inside its band.
    pub fn inside(&self) -> bool {
        self.judged.iter().all(Judged::inside)
    }

    /// Whether every control failed as it must.
    pub fn controlled(&self) -> bool {
        self.controls.iter().all(ControlOutcome::failed_as_it_must)
    }

    /// Whether the case stands: inside its bands, and seen to be able to fall out of them.
    pub fn passed(&self) -> bool {
        self.inside() && self.controlled()
    }

    /// The figure that comes nearest to the edge of its band, or is furthest out.
    pub fn tightest(&self) -> Option<&Judged> {
        furthest(self.judged.iter())
    }
}

fn furthest<'a>(judged: impl Iterator<Item = &'a Judged>) -> Option<&'a Judged> {
    judged.max_by(|a, b| a.taken_up.total_cmp(&b.taken_up))
}

/// Measures a case and its controls. Controls are always measured at the quick sizes: they must be far out, not precise.
///
/// # Errors
/// When the engine fails.
pub fn try_case(case: &Case, extent: Extent, bench: &Bench) -> Result<CaseOutcome, EngineError> {
    let began = Instant::now();
    let quick = case.setting.changed(&case.quick);
    let setting = match extent {
        Extent::Quick => &quick,
        Extent::Full => &case.setting,
    };
    let measured = (case.measure.run)(&Trial {
        stated: setting,
        done: setting,
        bench,
    })?;
    let mut controls = Vec::new();
    for control in &case.controls {
        let figures = (case.measure.run)(&Trial {
            stated: &quick,
            done: &quick.changed(&control.change),
            bench,
        })?
        .figures;
        controls.push(ControlOutcome {
            control: control.clone(),
            judged: judge(case, figures),
        });
    }
    bench.clear();
    let engine = match case.measure.looks_at {
        LooksAt::Engine => bench.engine(),
        LooksAt::Draws => "reference draws, no engine".to_owned(),
        LooksAt::Gel => "the gel's solver, no engine".to_owned(),
    };
    Ok(CaseOutcome {
        case: case.clone(),
        judged: judge(case, measured.figures.clone()),
        measured,
        controls,
        engine,
        seconds: began.elapsed().as_secs_f64(),
    })
}

/// Each figure with its band. A band without a figure is one that nothing was found for: it is not passed.
fn judge(case: &Case, figures: Vec<Figure>) -> Vec<Judged> {
    let missing = case
        .bands
        .iter()
        .filter(|(name, _)| figures.iter().all(|figure| figure.band != *name))
        .map(|&(name, _)| Figure::alone(name, "nothing was measured", f64::NAN, ""));
    let missing: Vec<Figure> = missing.collect();
    figures
        .into_iter()
        .chain(missing)
        .filter_map(|figure| {
            let band = case.bands.iter().find(|(name, _)| *name == figure.band)?.1.clone();
            let taken_up = band.taken_up(figure.expected, figure.found);
            Some(Judged { figure, band, taken_up })
        })
        .collect()
}
