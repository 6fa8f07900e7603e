//! Guidance: the difference of bound receptors across a growth cone, over the noise of counting them.
//!
//! A cone of width w with N receptors, of which the share B is bound, finds w N |∇B| more of them on one side than on the
//! other, and counts them with the binomial noise √(N B (1 − B)). Of n independent readings the noise is √n times smaller.
//! With Hill binding ∇B = h B (1 − B) ∇c/c, the signal over the noise is √(N n) w h |∇c|/c √(B (1 − B)): small where few
//! receptors are bound and where nearly all are, greatest near the half dose (form as Mortimer 2009, 2010).

use crate::model::layout::{MyokineRules, Rules};
use crate::model::shared::shared;
use glam::Vec3;

shared! {
    /// The greatest relative difference of dose across a cone: from nothing at one side to twice the mean at the other.
    pub const GREATEST_DIFFERENCE: f32 = 2.0;
}

/// The cue of one myokine at `dose` with `gradient` (per µm), of whose receptors the share `bound` is bound: the signal over noise
/// of a single receptor read once, across a cone of `width_um`, towards where the cone is guided.
#[inline]
pub fn guidance_cue(dose: f32, gradient: Vec3, bound: f32, width_um: f32, myokine: &MyokineRules) -> Vec3 {
    let steepness = gradient.length();
    if dose <= 0.0 || steepness <= 0.0 {
        return Vec3::ZERO;
    }
    let difference = (width_um * steepness / dose).min(GREATEST_DIFFERENCE);
    // A device may round a full share to just above 1.
    let informative = (bound * (1.0 - bound)).max(0.0).sqrt();
    gradient * (myokine.guidance * myokine.hill * difference * informative / steepness)
}

/// Signal over noise of a whole cone: of all its receptors, of which adaptation has left the share `receptors`, in all the
/// readings that it averages.
#[inline]
pub fn signal_over_noise(cue: Vec3, receptors: f32, rules: &Rules) -> Vec3 {
    cue * (rules.readings_root * receptors.max(0.0).sqrt())
}

/// Turn, rad/h, up (attraction) or down (repulsion) a gradient of that signal over noise: half the fastest where they are
/// equal, and with the square of the signal below.
#[inline]
pub fn turn_by_guidance(heading: Vec3, signal: Vec3, rules: &Rules) -> Vec3 {
    let squared = signal.length_squared();
    if squared <= 0.0 {
        return Vec3::ZERO;
    }
    let towards = signal / squared.sqrt();
    let across = towards - heading * heading.dot(towards);
    across * (rules.turning_rate_rad_per_h * squared / (1.0 + squared))
}

/// Growth relative to that without a gradient: faster where a cone heads to where it is guided, slower where it heads away.
#[inline]
pub fn growth_modulation(heading: Vec3, signal: Vec3, rules: &Rules) -> f32 {
    1.0 + rules.rate_modulation * heading.dot(signal) / (1.0 + signal.length())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::biology::Biology;
    use crate::model::parameters::Myokine;
    use crate::model::per_step;
    use crate::model::rules::receptors::occupancy;
    use crate::validation::plates::plate_of_cones;

    fn rules() -> (Rules, MyokineRules) {
        let plate = plate_of_cones(1, 1.0, 1.0, Biology::default());
        let myokine = Myokine {
            hill: 1.0,
            half_dose: 1.0,
            ..Myokine::default()
        };
        (
            per_step::rules(&Biology::default(), &plate),
            per_step::myokine(&myokine, &plate),
        )
    }

    fn signal(dose: f32, relative: f32) -> f32 {
        let (rules, myokine) = rules();
        let gradient = Vec3::X * (relative * dose / rules.width_um);
        let bound = occupancy(dose, myokine.half_dose, myokine.hill);
        let cue = guidance_cue(dose, gradient, bound, rules.width_um, &myokine);
        signal_over_noise(cue, 1.0, &rules).x
    }

    /// Rosoff 2004, Bicknell 2018: about 1 % across 10 µm can be told at the best dose.
    #[test]
    fn one_per_cent_across_a_cone_is_as_large_as_its_noise_at_the_half_dose() {
        assert!((signal(1.0, 0.01) - 1.0).abs() < 1e-3, "{}", signal(1.0, 0.01));
    }

    #[test]
    fn guidance_fades_at_low_and_at_high_doses() {
        let at_half = signal(1.0, 0.01);
        for dose in [1e-6, 1e-4, 1e3, 1e6] {
            assert!(signal(dose, 0.01) < 0.1 * at_half, "at {dose}");
        }
    }

    /// Counted out: cones whose receptors bind by chance, many times over.
    #[test]
    fn the_signal_over_noise_is_that_of_counted_receptors() {
        use crate::model::rules::random::{pcg4d, uniform_number};
        use glam::UVec4;
        const RECEPTORS: u32 = 200;
        let (rules, myokine) = rules();
        for dose in [0.05_f32, 1.0, 8.0] {
            let relative = 0.2;
            // Half of the receptors sit at each side, a quarter of the width from the middle on the average of a flat cone.
            let shares = [1.0 - 0.5 * relative, 1.0 + 0.5 * relative]
                .map(|side| occupancy(dose * side, myokine.half_dose, myokine.hill));
            let mut differences = Vec::new();
            for trial in 0..4_000 {
                let count = |side: usize| {
                    let bound =
                        |receptor| uniform_number(pcg4d(UVec4::new(trial, receptor, side as u32, 99)).x) < shares[side];
                    (0..RECEPTORS / 2).filter(|receptor| bound(*receptor)).count() as f64
                };
                differences.push(2.0 * (count(1) - count(0)));
            }
            let mean = differences.iter().sum::<f64>() / differences.len() as f64;
            let variance = differences.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / differences.len() as f64;
            // The difference of sums over two halves, doubled, has the noise of twice the whole.
            let counted = mean / (0.25 * variance).sqrt();
            let gradient = Vec3::X * (relative * dose / rules.width_um);
            let bound = occupancy(dose, myokine.half_dose, myokine.hill);
            let cue = guidance_cue(dose, gradient, bound, rules.width_um, &myokine).x;
            let expected = f64::from(cue) * f64::from(RECEPTORS).sqrt();
            assert!(
                (counted / expected - 1.0).abs() < 0.05,
                "at {dose}: {counted} and {expected}"
            );
        }
    }

    #[test]
    fn a_repellent_turns_away_and_a_cue_that_guides_nobody_does_nothing() {
        let (rules, mut myokine) = rules();
        let turn = |myokine: &MyokineRules| {
            let cue = guidance_cue(1.0, Vec3::X * 0.01, 0.5, rules.width_um, myokine);
            turn_by_guidance(Vec3::Y, signal_over_noise(cue, 1.0, &rules), &rules).x
        };
        assert!(turn(&myokine) > 0.0);
        myokine.guidance = -1.0;
        assert!(turn(&myokine) < 0.0);
        myokine.guidance = 0.0;
        assert_eq!(turn(&myokine), 0.0);
    }
}
