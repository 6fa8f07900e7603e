//! `outgrowth check FILE`: what a scenario resolves to and what it will need, or whether a lesson is sound. Runs nothing.

use super::lesson_source::is_lesson;
use super::{Common, Failure, Outcome, ScenarioSource, lesson, print};
use crate::model::domain::Domain;
use crate::model::plate::{Condition, Plate, StrainMode};
use crate::readout::Shows;
use crate::scenario::estimate::{CONE_STEPS_PER_S, VOXEL_UPDATES_PER_S, estimate, format_bytes, format_seconds};
use crate::scenario::{Scenario, quantity};
use serde_json::{Value, json};
use std::fmt::Write;

/// Checks one scenario.
pub fn run(file: &str, common: &Common) -> Result<Outcome, Failure> {
    if is_lesson(file) {
        return lesson::run_check(file, common);
    }
    let source = match ScenarioSource::find(file) {
        Ok(source) => source,
        Err(message) => {
            super::say::say(message);
            return Ok(Outcome::WrongInput);
        }
    };
    let scenario = match source.read(common) {
        Ok(scenario) => scenario,
        Err(mistakes) => {
            super::say::say(mistakes);
            return Ok(Outcome::WrongInput);
        }
    };
    if common.json {
        print(&format!("{:#}\n", to_json(&scenario)))?;
    } else if !common.quiet {
        print(&to_text(&scenario))?;
    }
    if !common.json {
        for warning in &scenario.warnings {
            super::say::say(format_args!("warning: {warning}"));
        }
    }
    Ok(Outcome::Done)
}

fn to_text(scenario: &Scenario) -> String {
    let mut text = format!("{:24} {:16} {:8} grade\n", "key", "value", "from");
    let mut table = "";
    for row in &scenario.resolved {
        let (own_table, key) = row.path.rsplit_once('.').unwrap_or(("", &row.path));
        if own_table != table {
            let _ = writeln!(text, "\n[{own_table}]");
            table = own_table;
        }
        let _ = writeln!(text, "{key:24} {:16} {:8} {}", row.text, row.origin.word(), row.grade);
    }
    let _ = writeln!(text, "\n{}", summary(scenario));
    if let Some(shows) = &scenario.shows {
        text += &shows_text(shows, &scenario.plate);
    }
    text
}

/// The question and what is found, a line each.
fn shows_text(shows: &Shows, plate: &Plate) -> String {
    let names = plate.condition_names();
    let mut text = format!("\nasks    {}\nanswer  {}\n", shows.question, shows.answer);
    for finding in &shows.findings {
        let [low, high] = [finding.band.low, finding.band.high].map(quantity::tidy);
        let _ = writeln!(text, "  {}: {low} to {high}", finding.statistic.subject(&names));
    }
    text
}

/// Wells, steps, memory, results and time, in a few lines.
fn summary(scenario: &Scenario) -> String {
    let plate = &scenario.plate;
    let needs = estimate(plate, &scenario.record);
    let [x, y, z] = plate.domain.voxels;
    let mut text = format!(
        "{}: {} wells, {} steps, seed {}\n",
        plate.name, needs.wells, plate.steps, plate.seed
    );
    for condition in &plate.conditions {
        let _ = writeln!(
            text,
            "  {:24} {} x {} neurons",
            condition.name,
            condition.wells,
            plate.neurons_per_well()
        );
    }
    let _ = writeln!(
        text,
        "field   {x} x {y} x {z} voxels; wells with a grid: {}; myokines: {}",
        needs.gridded_wells,
        plate.myokines.len()
    );
    for condition in &plate.conditions {
        if let Some(uneven) = Uneven::of(condition, &plate.domain) {
            let _ = writeln!(text, "strain  {}: {uneven}", condition.name);
        }
    }
    let _ = writeln!(
        text,
        "cones   about {} at the end",
        quantity::tidy(needs.cones_at_end.round())
    );
    let _ = writeln!(text, "memory  about {}", format_bytes(needs.bytes));
    let recorded = needs.recorded;
    let _ = writeln!(
        text,
        "results {} rows of readouts in {} files, about {} on disk",
        quantity::tidy(recorded.rows),
        quantity::tidy(recorded.files),
        format_bytes(recorded.disk_bytes)
    );
    let _ = write!(
        text,
        "time    {}, if the machine does {} cone-steps and {} voxel-updates a second (an estimate)",
        format_seconds(needs.seconds),
        in_millions(CONE_STEPS_PER_S),
        in_millions(VOXEL_UPDATES_PER_S)
    );
    text
}

/// A strain that differs from place to place, in figures.
struct Uneven {
    peak: f64,
    mean: f64,
    above_half: f64,
}

impl Uneven {
    fn of(condition: &Condition, domain: &Domain) -> Option<Self> {
        let StrainMode::Nonuniform(motion) = &condition.actuation.as_ref()?.strain else {
            return None;
        };
        let (mean, above_half) = motion.spread(domain);
        Some(Self {
            peak: motion.largest_strain(domain),
            mean,
            above_half,
        })
    }
}

impl std::fmt::Display for Uneven {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let per_cent = |share: f64| quantity::tidy((share * 1000.0).round() / 10.0);
        write!(
            f,
            "at most {} %, mean {} %, above half the most in {} % of the gel",
            per_cent(self.peak),
            quantity::tidy((self.mean * 1e4).round() / 100.0),
            per_cent(self.above_half)
        )
    }
}

fn in_millions(rate: f64) -> String {
    format!("{} million", quantity::tidy(rate / 1e6))
}

fn to_json(scenario: &Scenario) -> Value {
    let plate = &scenario.plate;
    let needs = estimate(plate, &scenario.record);
    let conditions: Vec<Value> = plate
        .conditions
        .iter()
        .map(|condition| {
            let mut told = json!({ "name": condition.name, "wells": condition.wells });
            if let Some(uneven) = Uneven::of(condition, &plate.domain) {
                told["strain_peak"] = json!(uneven.peak);
                told["strain_mean"] = json!(uneven.mean);
                told["strain_above_half_share"] = json!(uneven.above_half);
            }
            told
        })
        .collect();
    json!({
        "name": plate.name,
        "seed": plate.seed,
        "steps": plate.steps,
        "voxels": plate.domain.voxels,
        "conditions": conditions,
        "neurons_per_well": plate.neurons_per_well(),
        "needs": {
            "wells": needs.wells,
            "gridded_wells": needs.gridded_wells,
            "cones_at_end": needs.cones_at_end,
            "memory_bytes": needs.bytes,
            "rows": needs.recorded.rows,
            "files": needs.recorded.files,
            "disk_bytes": needs.recorded.disk_bytes,
            "time_s": needs.seconds,
            "assumed_cone_steps_per_s": CONE_STEPS_PER_S,
            "assumed_voxel_updates_per_s": VOXEL_UPDATES_PER_S,
        },
        "shows": scenario.shows.as_ref().map(|shows| shows_json(shows, plate)),
        "parameters": scenario.resolved.iter().map(|row| row.to_json()).collect::<Vec<_>>(),
        "warnings": scenario.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn shows_json(shows: &Shows, plate: &Plate) -> Value {
    let names = plate.condition_names();
    let findings = shows.findings.iter().map(|finding| {
        json!({
            "readout": finding.statistic.column,
            "subject": finding.statistic.subject(&names),
            "at_h": finding.statistic.at_h,
            "is": [finding.band.low, finding.band.high],
        })
    });
    json!({ "question": shows.question, "answer": shows.answer, "findings": findings.collect::<Vec<_>>() })
}
