//! What follows from what was put in: it shows that the parts fit together, and fails alone only by a bug.

use super::check::{Check, Evidence};
use super::claim::Claim;
use super::comparison::Comparison;
use super::comparison::Quantity::{Of, Rate, Share};
use crate::readout::columns::Readout;

const LONGEST: Readout = Readout::NeuriteLengthLongest;
const RADIUS: Readout = Readout::OutgrowthRadiusMean;
const GAIN: &[&str] = &["myokine.max_gain"];
const GAINS: &[&str] = &["mechano.gain", "myokine.max_gain"];
const EQUAL: &str = "Bu 2024, abstract: equally significant; 0.8 to 1.25 accepted";

/// The rows.
pub fn follows(run: &Comparison<'_>) -> Vec<Check> {
    let mut rows = ratios(run);
    rows.extend(orders(run));
    rows.extend(shapes(run));
    rows
}

/// Ratios of lengths, after the rates were set.
fn ratios(run: &Comparison<'_>) -> Vec<Check> {
    let to_control = |of| run.ratio(&run.exercised, &run.control, Of(of));
    let to_exercised = |of| run.ratio(&run.actuated, &run.exercised, Of(of));
    vec![
        claim(
            "exercised / control: longest neurite",
            GAIN,
            "Bu 2024, press: four times as far; 3 to 5 accepted",
        )
        .within(3.0, 5.0, to_control(LONGEST)),
        claim(
            "exercised / control: outgrowth radius",
            GAIN,
            "persistent paths of four times the length end 2.3 to 2.8 times as far from their beginning (persistence 150 to 400 µm)",
        )
        .that("at least 2.2", to_control(RADIUS), |ratio| ratio >= 2.2),
        claim("actuated / exercised: longest neurite", GAINS, EQUAL).within(0.8, 1.25, to_exercised(LONGEST)),
        claim("actuated / exercised: outgrowth radius", GAINS, EQUAL).within(0.8, 1.25, to_exercised(RADIUS)),
    ]
}

/// What is more than what: gains that rise with dose and movement, and act at once.
fn orders(run: &Comparison<'_>) -> Vec<Check> {
    const RISES: &str = "Bu 2024, abstract: the effect grows with the intensity of exercise";
    const APART: &str = "Bu 2024: the effect is immediate (recalled); p < 0.05 by day 1";
    const RELEASE: &[&str] = &["muscle.exercised_ratio", "myokine.max_gain", "myokine.half_dose"];
    let parted = |name, fails_by, high, low| {
        let found = run.least_ratio_at_day_one(high, low);
        claim(name, fails_by, APART).that("interval above 1", found, |low| low > 1.0)
    };
    vec![
        claim("longest neurite: control, resting, exercised", RELEASE, RISES).that(
            "rising",
            run.smaller_rise_um(&run.control, &run.resting, &run.exercised),
            |rise| rise > 0.0,
        ),
        claim("longest neurite over the intensity of exercise", RELEASE, RISES).that(
            "rising",
            run.smallest_rise_um(),
            |rise| rise > 0.0,
        ),
        claim("exercised / resting: mean rate", RELEASE, "only the order is public").told(run.ratio(
            &run.exercised,
            &run.resting,
            Rate,
        )),
        parted(
            "day 1, exercised / control: longest neurite",
            GAIN,
            &run.exercised,
            &run.control,
        ),
        parted(
            "day 1, actuated / still gel: longest neurite",
            &["mechano.gain", "mechano.on_time"],
            &run.actuated,
            &run.still,
        ),
        claim(
            "exercised / control: migration of somata",
            &["myokine.max_gain", "soma.speed"],
            "Bu 2024, abstract: migration rises",
        )
        .above(
            1.0,
            run.ratio(&run.exercised, &run.control, Of(Readout::SomaMigrationMean)),
        ),
    ]
}

/// The shape of single axons.
fn shapes(run: &Comparison<'_>) -> Vec<Check> {
    // Branches leave at an angle, so that paths through many of them are less straight than a single walk.
    const TURNS: &[&str] = &["branching.angle", "branching.rate"];
    const WALK: &str = "no band: of single walks it is 0.89 to 1, branches make it less";
    let walk = |name, part| claim(name, TURNS, WALK).told(run.against_persistent_walk(part));
    let branches = |name, part| {
        let per_mm = run.at_end(part, Share(Readout::BranchPoints, Readout::NeuriteLengthTotal, 1000.0));
        claim(
            name,
            &["branching.rate", "growth_cone.speed", "myokine.max_gain"],
            "no figure for motor neurons found",
        )
        .told(per_mm)
    };
    vec![
        walk(
            "control: end to end of the longest neurite / persistent walk",
            &run.control,
        ),
        walk(
            "exercised: end to end of the longest neurite / persistent walk",
            &run.exercised,
        ),
        branches("control: branch points per mm", &run.control),
        branches("exercised: branch points per mm", &run.exercised),
        claim(
            "control: variation of the longest neurite between wells",
            &["growth_cone.speed_spread", "explant.neurons"],
            "no figure for these wells found",
        )
        .told(run.variation(&run.control, Of(LONGEST))),
    ]
}

fn claim(name: &'static str, fails_by: &'static [&'static str], source: &'static str) -> Claim {
    Claim::new(name, Evidence::Follows, fails_by, source)
}
