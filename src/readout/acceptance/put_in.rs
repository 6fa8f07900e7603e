//! What a number was set for: that it comes out shows that what was put in arrives.

use super::check::{Check, Evidence, Found};
use super::claim::{Claim, of_its_range};
use super::comparison::Quantity::{Of, Rate, Share};
use super::comparison::{Comparison, FIVE_DAYS_H, Part};
use crate::model::rules::kymograph::BETWEEN_FRAMES_H;
use crate::readout::columns::Readout;
use crate::readout::growth::{LEAST_MEAN_REACH, persistent_reach_um};

/// The kymograph whose frames are half an hour apart, by its place in [`BETWEEN_FRAMES_H`].
const HALF_AN_HOUR: usize = 1;

/// The rows.
pub fn put_in(run: &Comparison<'_>) -> Vec<Check> {
    let mut rows = untreated(run);
    rows.extend(calibrated(run));
    rows.extend(programmes(run));
    rows
}

/// What the numbers of an axon make of it.
fn untreated(run: &Comparison<'_>) -> Vec<Check> {
    let of_control = |of| run.at_end(&run.control, of);
    let plain = |name, fails_by, found| {
        let (claim, low, high) = of_its_range(name, fails_by);
        claim.within(low, high, found)
    };
    let branchings = Share(Readout::BranchPoints, Readout::TipHours, 1.0);
    vec![
        plain("control: mean rate, µm/h", &["growth_cone.speed"], of_control(Rate)),
        pausing(run),
        plain(
            "control: share of tips that retract, frames 30 min apart",
            &["growth_cone.retracting"],
            of_control(Of(Readout::FractionRetracting(HALF_AN_HOUR))),
        ),
        plain(
            "control: branch points per tip and hour",
            &["branching.rate"],
            of_control(branchings),
        ),
        straightness("control: straightness of the longest neurite", run, &run.control),
        straightness("exercised: straightness of the longest neurite", run, &run.exercised),
        migration(run),
        Claim::new(
            "actuated: alignment with the strain",
            Evidence::PutIn,
            &["growth_cone.strain_turning"],
            "published results contradict each other",
        )
        .told(run.at_end(&run.actuated, Of(Readout::Alignment))),
    ]
}

/// The tips that are seen to pause: at least those that pause from one frame to the next, where the share of time is the least typical
/// one, and no more than the greatest.
fn pausing(run: &Comparison<'_>) -> Check {
    let (claim, low, high) = of_its_range(
        "control: share of tips that pause, frames 30 min apart",
        &["growth_cone.paused", "growth_cone.mode_memory"],
    );
    match run.biology(&run.control) {
        Err(why) => claim.told(Err(why)),
        Ok(biology) => {
            let between_frames_h = BETWEEN_FRAMES_H[HALF_AN_HOUR];
            let all_through = (-(1.0 - low) * between_frames_h / biology.growth_cone.mode_memory_h).exp();
            claim.within(
                low * all_through,
                high,
                run.at_end(&run.control, Of(Readout::FractionPausing(HALF_AN_HOUR))),
            )
        }
    }
}

/// The straightness of persistent walks as long as the longest neurites, over the typical persistence lengths.
fn straightness(name: &'static str, run: &Comparison<'_>, part: &Part) -> Check {
    let (claim, low_um, high_um) = of_its_range(name, &["growth_cone.persistence_length"]);
    match run.longest_um(part) {
        Err(why) => claim.told(Err(why)),
        Ok(long_um) => {
            let straight = |persistence_um| persistent_reach_um(long_um, persistence_um) / long_um;
            let low = LEAST_MEAN_REACH * straight(low_um);
            claim.within(low, straight(high_um), run.at_end(part, Of(Readout::StraightnessMean)))
        }
    }
}

/// The distance of persistent walks from where they began, up to that at the greatest typical speed.
fn migration(run: &Comparison<'_>) -> Check {
    let (claim, _, fastest) = of_its_range(
        "control: migration of somata, µm",
        &["soma.speed", "soma.persistence_length"],
    );
    match run.biology(&run.control) {
        Err(why) => claim.told(Err(why)),
        Ok(biology) => {
            let farthest_um = persistent_reach_um(fastest * FIVE_DAYS_H, biology.soma.persistence_length_um);
            claim.at_most(farthest_um, run.at_end(&run.control, Of(Readout::SomaMigrationMean)))
        }
    }
}

/// What the gains and the secretion of exercised muscle were set for.
fn calibrated(run: &Comparison<'_>) -> Vec<Check> {
    const GAINS: &[&str] = &[
        "myokine.max_gain",
        "myokine.half_dose",
        "myokine.hill",
        "myokine.half_life",
    ];
    let to_control = run.ratio(&run.exercised, &run.control, Rate);
    vec![
        Claim::new(
            "resting / exercised: dose of fresh medium",
            Evidence::PutIn,
            &["muscle.exercised_ratio", "myokine.half_life"],
            "assumed, grade C: medium of resting muscle has 0.3 to 0.5 of the dose",
        )
        .within(0.3, 0.5, run.ratio_of_doses(&run.resting, &run.exercised)),
        Claim::new(
            "exercised / control: mean rate (calibrated to 4)",
            Evidence::PutIn,
            GAINS,
            "this program's calibration target, 4.0 ± 0.1",
        )
        .within(3.9, 4.1, to_control.clone()),
        Claim::new(
            "exercised / control: mean rate",
            Evidence::PutIn,
            GAINS,
            "Bu 2024, press: four times as far, or as fast; 3 to 5 accepted",
        )
        .within(3.0, 5.0, to_control),
        Claim::new(
            "actuated / exercised: mean rate",
            Evidence::PutIn,
            &["mechano.gain", "mechano.off_time", "mechano.on_time"],
            "Bu 2024, abstract: equally significant; 0.8 to 1.25 accepted",
        )
        .within(0.8, 1.25, run.ratio(&run.actuated, &run.exercised, Rate)),
    ]
}

/// What the weights of the programmes were set for.
fn programmes(run: &Comparison<'_>) -> Vec<Check> {
    const ORDER: &str = "Bu 2024, abstract: biochemical above mechanical; no size is public";
    const WEIGHTS: &[&str] = &[
        "programme.mechano_on_axon_growth",
        "programme.mechano_on_guidance",
        "programme.mechano_on_synapse",
    ];
    let score = |name, fails_by, readout| {
        let found = run.ratio(&run.exercised, &run.actuated, Of(readout));
        Claim::new(name, Evidence::PutIn, fails_by, ORDER).above(1.0, found)
    };
    let weights = run.biology(&run.actuated).map(|biology| {
        let programme = &biology.programme;
        let weights = [
            programme.mechano_on_axon_growth,
            programme.mechano_on_guidance,
            programme.mechano_on_synapse,
        ];
        let greatest = weights.into_iter().fold(f64::NEG_INFINITY, f64::max);
        Found::alone(greatest, weights.map(|weight| weight.to_string()).join(", "))
    });
    vec![
        Claim::new(
            "mechano programme: its weights in the scores (trophic 1)",
            Evidence::PutIn,
            WEIGHTS,
            ORDER,
        )
        .that("all below 1", weights, |greatest| greatest < 1.0),
        score(
            "exercised / actuated: axon growth score",
            &WEIGHTS[..1],
            Readout::AxonGrowthScore,
        ),
        score(
            "exercised / actuated: projection guidance score",
            &WEIGHTS[1..2],
            Readout::ProjectionGuidanceScore,
        ),
        score(
            "exercised / actuated: synapse maturation score",
            &WEIGHTS[2..],
            Readout::SynapseMaturationScore,
        ),
    ]
}
