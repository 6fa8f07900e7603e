//! `outgrowth check FILE`: what a scenario resolves to and what it will need. Runs nothing.

use super::{Common, Failure, Outcome, Source, print};
use crate::scenario::estimate::{CONE_STEPS_PER_S, VOXEL_UPDATES_PER_S, estimate, format_bytes, format_seconds};
use crate::scenario::{Scenario, quantity};
use serde_json::{Value, json};
use std::fmt::Write;

/// Checks one scenario.
pub fn run(file: &str, common: &Common) -> Result<Outcome, Failure> {
    let source = match Source::find(file) {
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
    text
}

/// Wells, steps, memory and time, in a few lines.
fn summary(scenario: &Scenario) -> String {
    let plate = &scenario.plate;
    let needs = estimate(plate);
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
    let _ = writeln!(
        text,
        "cones   about {} at the end",
        quantity::tidy(needs.cones_at_end.round())
    );
    let _ = writeln!(text, "memory  about {}", format_bytes(needs.bytes));
    let _ = write!(
        text,
        "time    {}, if the machine does {} cone-steps and {} voxel-updates a second (an estimate)",
        format_seconds(needs.seconds),
        in_millions(CONE_STEPS_PER_S),
        in_millions(VOXEL_UPDATES_PER_S)
    );
    text
}

fn in_millions(rate: f64) -> String {
    format!("{} million", quantity::tidy(rate / 1e6))
}

fn to_json(scenario: &Scenario) -> Value {
    let plate = &scenario.plate;
    let needs = estimate(plate);
    let conditions: Vec<Value> = plate
        .conditions
        .iter()
        .map(|condition| json!({ "name": condition.name, "wells": condition.wells }))
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
            "time_s": needs.seconds,
            "assumed_cone_steps_per_s": CONE_STEPS_PER_S,
            "assumed_voxel_updates_per_s": VOXEL_UPDATES_PER_S,
        },
        "parameters": scenario.resolved.iter().map(|row| row.to_json()).collect::<Vec<_>>(),
        "warnings": scenario.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}
