//! The acceptance table of the reference plate: each band, the figure that the run gives, and the verdict.

mod check;
mod comparison;

use super::columns::Readout;
use super::recorder::Readouts;
use super::roles::roles;
use crate::model::plate::Plate;
pub use check::{Check, Evidence, Verdict};
use comparison::Quantity::{AtEnd, Rate};
use comparison::{Comparison, Part};

/// The acceptance table for the readouts of a plate.
pub fn acceptance(plate: &Plate, readouts: &Readouts) -> Vec<Check> {
    let run = Comparison { plate, readouts };
    let roles = roles(plate);
    let control = &part(roles.control, "a control");
    let resting = &part(roles.resting, "medium of resting muscle");
    let exercised = &part(roles.exercised, "medium of exercised muscle");
    let actuated = &part(roles.actuated, "an actuated gel");
    let still = &part(roles.still, "a still gel");
    let longest = AtEnd(Readout::NeuriteLengthLongest);
    let radius = AtEnd(Readout::OutgrowthRadiusMean);
    let guidance = AtEnd(Readout::ProjectionGuidanceScore);
    let maturation = AtEnd(Readout::SynapseMaturationScore);
    let migration = AtEnd(Readout::SomaMigrationMean);

    let control_radius = run.at_end(control, Readout::OutgrowthRadiusMean);
    let to_control = |of| run.ratio(exercised, control, of);
    let to_exercised = |of| run.ratio(actuated, exercised, of);
    let to_actuated = |of| run.ratio(exercised, actuated, of);
    vec![
        Check::within("control: outgrowth radius, µm", 250.0, 700.0, control_radius),
        Check::within(
            "exercised / control: mean rate (calibrated to 4)",
            3.9,
            4.1,
            to_control(Rate),
        )
        .as_calibration(),
        Check::within("exercised / control: mean rate", 3.0, 5.0, to_control(Rate)).as_calibration(),
        Check::within("exercised / control: longest neurite", 3.0, 5.0, to_control(longest)),
        Check::that(
            "exercised / control: outgrowth radius",
            "at least 2.2",
            run.ratio_of_radii(exercised, control),
            |ratio| ratio >= 2.2,
        ),
        Check::within("actuated / exercised: mean rate", 0.8, 1.25, to_exercised(Rate)).as_calibration(),
        Check::within(
            "actuated / exercised: longest neurite",
            0.8,
            1.25,
            to_exercised(longest),
        ),
        Check::within(
            "actuated / exercised: outgrowth radius",
            0.8,
            1.25,
            to_exercised(radius),
        ),
        Check::that(
            "longest neurite: control, resting, exercised",
            "rising",
            run.smaller_rise_um(control, resting, exercised),
            |rise| rise > 0.0,
        ),
        Check::that(
            "longest neurite over the intensity of exercise",
            "rising",
            run.smallest_rise_um(&roles.doses),
            |rise| rise > 0.0,
        ),
        parted("day 1: exercised beyond control", &run, exercised, control),
        parted("day 1: actuated beyond still gel", &run, actuated, still),
        Check::above(
            "exercised / actuated: projection guidance score",
            1.0,
            to_actuated(guidance),
        ),
        Check::above(
            "exercised / actuated: synapse maturation score",
            1.0,
            to_actuated(maturation),
        ),
        Check::above("exercised / control: migration of somata", 1.0, to_control(migration)),
    ]
}

fn part(condition: Option<usize>, what: &str) -> Part {
    condition.ok_or_else(|| format!("not on this plate: {what}"))
}

fn parted(name: &'static str, run: &Comparison<'_>, high: &Part, low: &Part) -> Check {
    let found = run.apart_at_day_one(high, low);
    Check::that(name, "more than 2 standard errors", found, |errors| errors > 2.0)
}
