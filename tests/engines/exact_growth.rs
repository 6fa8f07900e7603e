//! Mechano-state and branching against closed forms.

use crate::common::statistics::mean;
use crate::common::{assert_within, on_every_engine, plate_of_cones, running_cones};
use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::model::parameters::Actuation;
use outgrowth::model::plate::{StrainMode, StrainProtocol};
use outgrowth::model::strain::strain_drive;

/// dM/dt = s(1−M)/τ_on − (1−s)M/τ_off under the daily protocol: exponentials, one after the other.
#[test]
fn mechano_state_follows_the_closed_form_saw_tooth() {
    let biology = running_cones(4.0, 0.0, 400.0);
    let mechano = biology.mechano;
    let mut plate = plate_of_cones(4, 10.0, 1.0, biology);
    let actuation = Actuation::default();
    plate.conditions[0].actuation = Some(StrainProtocol {
        strain: StrainMode::Uniaxial,
        actuation,
        resolved: false,
    });
    let drive = strain_drive(actuation.amplitude, actuation.frequency_hz, &mechano);
    let relax = |state: f64, drive: f64, hours: f64| {
        let rate = drive / mechano.on_time_h + (1.0 - drive) / mechano.off_time_h;
        let rest = drive / mechano.on_time_h / rate;
        rest + (state - rest) * (-rate * hours).exp()
    };
    on_every_engine(&plate, |name, engine| {
        let mut expected = 0.0;
        for day in 0..5 {
            for (hours, drive) in [(0.5, drive), (5.5, 0.0), (18.0, 0.0)] {
                engine.advance((hours * 60.0) as u32).expect("advance");
                expected = relax(expected, drive, hours);
                let cone = &engine.world().expect("state").cones[0];
                let off = (f64::from(cone.mechano.value()) - expected).abs();
                assert!(
                    off < 1e-4,
                    "{name}, day {day}: M = {} instead of {expected}",
                    cone.mechano.value()
                );
            }
        }
        assert!(
            (expected - relax(0.4, drive, 0.5)).abs() > 1e-4,
            "a single session would pass as well"
        );
    });
}

/// Mean M over a day in the periodic state, for a full drive: 0.25, 0.43, 0.63, 0.77 for τ_off 6, 12, 24, 48 h.
#[test]
fn daily_mean_of_the_mechano_state_is_the_published_one() {
    for (off_time_h, expected) in [(6.0, 0.25), (12.0, 0.43), (24.0, 0.63), (48.0, 0.77)] {
        let mut biology = running_cones(4.0, 0.0, 400.0);
        biology.mechano.off_time_h = off_time_h;
        biology.mechano.half_strain = 1e-6;
        biology.mechano.half_frequency_hz = 1e-6;
        let mut plate = plate_of_cones(1, 10.0, 10.0, biology);
        plate.conditions[0].actuation = Some(StrainProtocol {
            strain: StrainMode::Uniaxial,
            actuation: Actuation::default(),
            resolved: false,
        });
        on_every_engine(&plate, |name, engine| {
            engine.advance(6 * 144).expect("advance");
            let states = (0..144).map(|_| {
                engine.advance(1).expect("advance");
                f64::from(engine.world().expect("state").cones[0].mechano.value())
            });
            let found = mean(states.collect::<Vec<_>>());
            assert!(
                (found - expected).abs() < 0.01,
                "{name}: mean M {found} at τ_off {off_time_h}"
            );
        });
    }
}

/// Stepping through the cycles and averaging over them give the same outgrowth.
#[test]
fn resolved_and_averaged_actuation_agree() {
    let mut biology = running_cones(60.0, 0.0, 400.0);
    biology.mechano.on_time_h = 0.5 / 60.0;
    biology.mechano.gain = 20.0;
    let outgrowth = |resolved: bool, step_s: f64| {
        let mut plate = plate_of_cones(8, 10.0, step_s / 60.0, biology);
        let actuation = Actuation {
            session_h: 0.05,
            every_h: 1.0,
            ..Actuation::default()
        };
        plate.conditions[0].actuation = Some(StrainProtocol {
            strain: StrainMode::Uniaxial,
            actuation,
            resolved,
        });
        let mut found = Vec::new();
        on_every_engine(&plate, |_, engine| {
            engine.advance((0.1 * 3600.0 / step_s).round() as u32).expect("advance");
            let world = engine.world().expect("state");
            found.push(mean(world.cones.iter().map(|cone| f64::from(cone.path_length_um()))) - 5.0);
        });
        found
    };
    let still = 60.0 * 0.1;
    for (resolved, averaged) in outgrowth(true, 0.05).into_iter().zip(outgrowth(false, 6.0)) {
        assert_within(
            0.02,
            resolved,
            averaged,
            "outgrowth, cycles stepped through against averaged",
        );
        assert!(
            averaged > 1.2 * still,
            "strain must matter for this to test anything: {averaged} against {still}"
        );
    }
}

/// Branching at rate λ makes e^(λt) tips of one in the mean (Yule), off pauses as well as at any time.
#[test]
fn branching_grows_as_yule() {
    let (rate, hours, neurons) = (0.05, 40.0, 4000);
    for at_pauses in [0.0, 1.0] {
        let mut biology = running_cones(10.0, 0.0, 400.0);
        biology.branching.rate_per_h = rate;
        biology.branching.interstitial = 0.3;
        biology.branching.at_pauses = at_pauses;
        biology.growth_cone.paused = 0.4 * at_pauses;
        let plate = plate_of_cones(neurons, 10.0, 10.0, biology);
        on_every_engine(&plate, |name, engine| {
            engine.advance((hours * 6.0) as u32).expect("advance");
            let world = engine.world().expect("state");
            let found = world.cones.iter().filter(|cone| cone.is_alive()).count() as f64 / f64::from(neurons);
            assert_within(
                0.05,
                found,
                (rate * hours).exp(),
                &format!("{name}: tips per neuron, at pauses {at_pauses}"),
            );
        });
    }
}

/// Mean tips of a neuron whose tips branch at rate·n^(1−E) e^(−t/τ) in all, from one tip on until nothing branches any
/// more, for B = rate·τ: the chain of n tips over s = B (1 − e^(−t/τ)), in which each state is left at n^(1−E).
fn mean_tips(branches: f64, competition: f64) -> f64 {
    let most = 400;
    let (steps, mut chances) = (20_000, vec![0.0; most + 1]);
    chances[1] = 1.0;
    for _ in 0..steps {
        for n in (1..most).rev() {
            let moved = chances[n] * (n as f64).powf(1.0 - competition) * branches / f64::from(steps);
            chances[n] -= moved;
            chances[n + 1] += moved;
        }
    }
    chances.iter().zip(0..).map(|(chance, n)| chance * f64::from(n)).sum()
}

/// Branching with saturating competition: B = 1.26, E = 0.106, τ = 1 day: 3.21 tips after 50 days, and e^1.26 = 3.525
/// without competition (van Pelt and Uylings, Network 2002;13:261). After 12 days a share of e^−12 is still to come.
#[test]
fn competing_tips_branch_as_their_chain_says() {
    let (branches, competition, decline_h) = (1.26, 0.106, 24.0);
    let (with, without) = (mean_tips(branches, competition), mean_tips(branches, 0.0));
    assert!(
        (with - 3.21).abs() < 0.02 && (without - 1.26f64.exp()).abs() < 0.01,
        "{with}, {without}"
    );
    for (competition, expected, other) in [(competition, with, without), (0.0, without, with)] {
        let mut biology = running_cones(0.5, 0.0, 400.0);
        biology.growth_cone.segment_um = 100.0;
        biology.branching.rate_per_h = branches / decline_h;
        biology.branching.interstitial = 0.0;
        biology.branching.at_pauses = 0.0;
        biology.branching.competition = competition;
        biology.branching.decline_h = decline_h;
        let tips = |engine: &mut dyn Engine, steps: u32| {
            engine.advance(steps).expect("advance");
            let world = engine.world().expect("state");
            world.cones.len() as f64 / world.neurons.len() as f64
        };
        on_every_engine(&plate_of_cones(200, 10.0, 30.0, biology), |name, engine| {
            // Few neurons and large steps: that both engines count alike is shown step by step elsewhere.
            let found = tips(engine, 12 * 48);
            assert_within(0.15, found, expected, &format!("{name}: tips of 200 neurons"));
        });
        // A branch that a step brings has no branches in that step: steps of 6 minutes lose about 0.3 %.
        let plate = plate_of_cones(5000, 10.0, 6.0, biology);
        let mut engine = CpuEngine::new(plate, None, "test").expect("threads");
        let found = tips(&mut engine, 12 * 240);
        println!("competition {competition}: {found} tips, {expected} expected");
        assert_within(
            0.025,
            found,
            expected,
            "tips of 5000 neurons, one standard error is about 1 %",
        );
        assert!(
            (found - other).abs() > 0.05 * other,
            "{found} tips would pass for {other}"
        );
    }
}

/// The net speed over all modes is the documented one, and the shares of time are those asked for.
#[test]
fn modes_share_time_and_make_the_net_speed() {
    let mut biology = outgrowth::model::biology::Biology::default();
    biology.branching.rate_per_h = 0.0;
    biology.growth_cone.speed_um_per_h = 8.0;
    let plate = plate_of_cones(5000, 10.0, 5.0, biology);
    on_every_engine(&plate, |name, engine| {
        engine.advance(12 * 24).expect("advance");
        let modes = |engine: &mut dyn Engine| {
            engine
                .world()
                .expect("state")
                .cones
                .iter()
                .map(|cone| cone.mode)
                .collect::<Vec<_>>()
        };
        let before = mean(
            engine
                .world()
                .expect("state")
                .cones
                .iter()
                .map(|cone| f64::from(cone.path_length_um())),
        );
        let mut shares = [0.0; 3];
        for _ in 0..24 {
            engine.advance(12).expect("advance");
            modes(engine)
                .iter()
                .for_each(|&mode| shares[mode as usize] += 1.0 / (24.0 * 5000.0));
        }
        let after = mean(
            engine
                .world()
                .expect("state")
                .cones
                .iter()
                .map(|cone| f64::from(cone.path_length_um())),
        );
        for (found, expected) in shares.into_iter().zip([0.45, 0.4, 0.15]) {
            assert_within(0.05, found, expected, &format!("{name}: share of a mode"));
        }
        assert_within(0.05, (after - before) / 24.0, 8.0, &format!("{name}: net speed"));
    });
}

/// A branch that retracts to its origin is gone, and what it held is free again: nothing living hangs in the air.
#[test]
fn retraction_prunes_branches_and_keeps_trees_whole() {
    let mut biology = outgrowth::model::biology::Biology::default();
    biology.growth_cone.speed_um_per_h = 1.0;
    biology.growth_cone.retracting = 0.3;
    biology.growth_cone.retraction_speed_um_per_h = 30.0;
    biology.branching.rate_per_h = 0.1;
    let plate = plate_of_cones(200, 10.0, 2.0, biology);
    on_every_engine(&plate, |name, engine| {
        engine.advance(30 * 48).expect("advance");
        let world = engine.world().expect("state");
        let pruned = world.cones.iter().filter(|cone| !cone.is_alive()).count();
        assert!(pruned > 50, "{name}: only {pruned} branches were pruned");
        for (index, cone) in world.cones.iter().enumerate().filter(|(_, cone)| cone.is_alive()) {
            let path = &world.paths[index];
            assert_eq!(path.len(), cone.nodes as usize, "{name}: cone {index} has lost points");
            assert_eq!(
                path[path.len() - 1].truncate(),
                cone.base_um,
                "{name}: cone {index} is off its path"
            );
            if let Some(parent) = cone.parent_cone() {
                assert!(world.is_alive(parent), "{name}: the parent of cone {index} is gone");
                assert_eq!(
                    world.paths[parent][cone.parent_node as usize], path[0],
                    "{name}: cone {index} hangs in the air"
                );
            }
            let straight: f32 = path
                .windows(2)
                .map(|pair| (pair[1] - pair[0]).truncate().length())
                .sum();
            assert!(
                (straight - (path[path.len() - 1].w - path[0].w)).abs() < 0.01,
                "{name}: length of cone {index}"
            );
        }
    });
}
