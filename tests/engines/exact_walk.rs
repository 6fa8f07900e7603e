//! Growth cones against closed forms: persistent walk, speed, heading, alignment, isotropy.

use crate::common::statistics::{bessel_ratio, kolmogorov_smirnov, mean, normal_cumulative, rayleigh};
use crate::common::{assert_within, on_every_engine, plate_of_cones, running_cones};
use glam::{DVec3, Vec3};
use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::model::domain::Domain;
use outgrowth::model::parameters::{Actuation, Myokine};
use outgrowth::model::plate::{Condition, DoseUnit, Medium, MediumSource, Plate, Species, StrainMode, StrainProtocol};

/// Where every cone is.
fn tips(engine: &mut dyn Engine) -> Vec<DVec3> {
    engine
        .world()
        .expect("state")
        .cones
        .iter()
        .map(|cone| cone.tip_um().as_dvec3())
        .collect()
}

fn headings(engine: &mut dyn Engine) -> Vec<Vec3> {
    engine
        .world()
        .expect("state")
        .cones
        .iter()
        .map(|cone| cone.heading)
        .collect()
}

/// Makes a planar plate a thick slab with the explant in its middle.
fn in_space(mut plate: Plate) -> Plate {
    plate.domain = Domain {
        voxels: [plate.domain.voxels[0]; 3],
        ..plate.domain
    };
    plate.explants[0].at_um.z = plate.explants[0].at_um.x;
    plate
}

fn mean_squared_displacement(from: &[DVec3], to: &[DVec3]) -> f64 {
    mean(from.iter().zip(to).map(|(from, to)| from.distance_squared(*to)))
}

/// With persistence from a Pareto law of tail 0.6 the mean squared displacement rises as t^1.4 ± 0.1 from 50 to 2000 of the
/// shortest persistence lengths, as on patterned surfaces (arXiv 2506.11272); a walk of one persistence rises as t there.
#[test]
fn varied_persistence_wanders_superdiffusively() {
    let (speed, shortest) = (40.0, 5.0);
    for (tail, low, high) in [(0.6, 1.3, 1.5), (0.0, 0.9, 1.1)] {
        let mut biology = running_cones(speed, 0.0, shortest);
        biology.growth_cone.persistence_tail = tail;
        biology.growth_cone.segment_um = 50.0;
        // A step is a fifth of the shortest persistence length.
        let plate = plate_of_cones(4000, 30.0, 1.5, biology);
        // Paths of 50 and 2000 shortest lengths: 6.25 h and 250 h.
        let spans = [250, 10_000];
        let exponent = |engine: &mut dyn Engine| {
            let start = tips(engine);
            let squares = spans.map(|steps| {
                let done = engine.world().expect("state").step;
                engine.advance(steps - done).expect("advance");
                mean_squared_displacement(&start, &tips(engine))
            });
            (squares[1] / squares[0]).ln() / (f64::from(spans[1]) / f64::from(spans[0])).ln()
        };
        let mut engine = CpuEngine::new(plate, None, "test").expect("threads");
        let found = exponent(&mut engine);
        println!("tail {tail}: exponent {found}");
        assert!((low..high).contains(&found), "tail {tail}: exponent {found}");
    }
}

/// MSD = 2v²τ[t − τ(1 − e^(−t/τ))] with τ = 1/D_θ in the plane.
#[test]
fn persistent_walk_spreads_as_the_closed_form() {
    let (speed, persistence) = (20.0, 200.0);
    let plate = plate_of_cones(10_000, 20.0, 4.0, running_cones(speed, 0.0, persistence));
    let tau = persistence / speed;
    on_every_engine(&plate, |engine_name, engine| {
        let start = tips(engine);
        for hours in [5.0, 10.0, 20.0] {
            engine.advance(75).expect("advance");
            if hours == 20.0 {
                engine.advance(75).expect("advance");
            }
            let found = mean_squared_displacement(&start, &tips(engine));
            let expected = 2.0 * speed * speed * tau * (hours - tau * (1.0 - (-hours / tau).exp()));
            assert_within(0.05, found, expected, &format!("{engine_name}: MSD after {hours} h"));
            let straight = (speed * hours).powi(2);
            assert!(
                (found - straight).abs() > 0.05 * straight,
                "a straight walk would pass as well"
            );
        }
    });
}

/// Stationary speed is Gaussian(mean, σ²) and forgets with e^(−t/τ).
#[test]
fn speed_is_gaussian_and_forgets_exponentially() {
    let (speed, spread) = (40.0, 4.0);
    let plate = plate_of_cones(10_000, 20.0, 5.0, running_cones(speed, spread, 1000.0));
    on_every_engine(&plate, |engine_name, engine| {
        engine.advance(12).expect("advance");
        let speeds = |engine: &mut dyn Engine| -> Vec<f64> {
            engine
                .world()
                .expect("state")
                .cones
                .iter()
                .map(|cone| f64::from(cone.speed_um_per_h))
                .collect()
        };
        let before = speeds(engine);
        engine.advance(12).expect("advance");
        let after = speeds(engine);
        let product = before.iter().zip(&after).map(|(a, b)| (a - speed) * (b - speed));
        let correlation = mean(product) / (spread * spread);
        assert!(
            (correlation - (-1.0f64).exp()).abs() < 0.05,
            "{engine_name}: autocorrelation after τ {correlation}"
        );
        let p = kolmogorov_smirnov(&mut after.clone(), |v| normal_cumulative((v - speed) / spread));
        assert!(p > 0.01, "{engine_name}: speed is not Gaussian, p = {p}");
        let shifted = kolmogorov_smirnov(&mut after.clone(), |v| {
            normal_cumulative((v - speed - 0.1 * spread) / spread)
        });
        assert!(shifted < 0.01, "a mean shifted by 0.1 σ would pass as well");
    });
}

/// ⟨cos⟩ of the turn is e^(−D_θ t) in the plane, e^(−2Dt) in space with D = v/2L_p: the same L_p either way.
#[test]
fn heading_forgets_exponentially_in_plane_and_space() {
    let (speed, persistence, hours) = (20.0, 200.0, 10.0);
    let plane = plate_of_cones(10_000, 20.0, 5.0, running_cones(speed, 0.0, persistence));
    for (place, plate) in [("plane", plane.clone()), ("space", in_space(plane))] {
        on_every_engine(&plate, |engine_name, engine| {
            let before = headings(engine);
            engine.advance(120).expect("advance");
            let after = headings(engine);
            let found = mean(before.iter().zip(&after).map(|(a, b)| f64::from(a.dot(*b))));
            let expected = (-speed * hours / persistence).exp();
            assert_within(
                0.05,
                found,
                expected,
                &format!("{engine_name}, {place}: correlation of headings"),
            );
        });
    }
}

/// In the plane z never changes; in space it does.
#[test]
fn growth_stays_in_its_plane() {
    let plane = plate_of_cones(200, 20.0, 5.0, running_cones(20.0, 4.0, 200.0));
    on_every_engine(&plane, |engine_name, engine| {
        let start = tips(engine);
        engine.advance(100).expect("advance");
        assert!(
            start.iter().zip(tips(engine)).all(|(a, b)| a.z == b.z),
            "{engine_name}: a cone left the plane"
        );
    });
    on_every_engine(&in_space(plane), |engine_name, engine| {
        let start = tips(engine);
        engine.advance(100).expect("advance");
        assert!(
            start.iter().zip(tips(engine)).all(|(a, b)| a.z != b.z),
            "{engine_name}: a cone stayed at its height"
        );
    });
}

/// dθ = −k sin 2δ dt + √(2D) dW settles at S = I1(κ)/I0(κ), κ = k/2D.
#[test]
fn strain_torque_aligns_as_the_closed_form() {
    let (speed, persistence) = (20.0, 200.0);
    let diffusion = speed / persistence;
    for torque in [0.2, -0.2] {
        let mut biology = running_cones(speed, 0.0, persistence);
        biology.growth_cone.strain_turning_rad_per_h = torque;
        biology.mechano.gain = 0.0;
        biology.mechano.half_strain = 1e-6;
        biology.mechano.half_frequency_hz = 1e-6;
        let mut plate = plate_of_cones(10_000, 20.0, 5.0, biology);
        let axis = 0.4;
        let always = Actuation {
            session_h: 24.0,
            every_h: 24.0,
            axis_rad: axis,
            ..Actuation::default()
        };
        plate.conditions[0].actuation = Some(StrainProtocol {
            strain: StrainMode::Uniaxial,
            actuation: always,
            resolved: false,
        });
        on_every_engine(&plate, |engine_name, engine| {
            engine.advance(360).expect("advance");
            let order = mean(
                headings(engine)
                    .iter()
                    .map(|h| (2.0 * (f64::from(h.y).atan2(f64::from(h.x)) - axis)).cos()),
            );
            let expected = bessel_ratio(torque / (2.0 * diffusion));
            assert_within(
                0.05,
                order,
                expected,
                &format!("{engine_name}: nematic order at k = {torque}"),
            );
        });
    }
}

/// Without a cue, and in a uniform field, no direction is preferred and nothing drifts.
#[test]
fn no_direction_is_preferred_without_a_cue() {
    let free = plate_of_cones(4000, 20.0, 5.0, running_cones(10.0, 4.0, 100.0));
    let mut bathed = free.clone();
    let species = Species {
        name: "m".into(),
        unit: DoseUnit::Relative,
        myokine: Myokine::default(),
    };
    bathed.myokines = vec![species];
    bathed.conditions[0].medium = Some(Medium {
        from: MediumSource::Doses(vec![1.0]),
        every_h: 24.0,
        start_h: 0.0,
    });
    for (name, plate) in [("no cue", free), ("uniform field", bathed)] {
        on_every_engine(&plate, |engine_name, engine| {
            let start = tips(engine);
            engine.advance(240).expect("advance");
            let end = tips(engine);
            let ways: Vec<DVec3> = start.iter().zip(&end).map(|(a, b)| *b - *a).collect();
            let angles: Vec<f64> = ways.iter().map(|way| way.y.atan2(way.x)).collect();
            let p = rayleigh(&angles);
            assert!(p > 0.05, "{engine_name}, {name}: Rayleigh p = {p}");
            let drift = ways.iter().sum::<DVec3>() / ways.len() as f64;
            let spread = (mean(ways.iter().map(|way| way.length_squared())) / 2.0 / ways.len() as f64).sqrt();
            assert!(
                drift.x.abs() < 3.0 * spread && drift.y.abs() < 3.0 * spread,
                "{engine_name}, {name}: drift {drift}"
            );
            let pushed: Vec<f64> = ways.iter().map(|way| way.y.atan2(way.x + 0.1 * way.length())).collect();
            assert!(
                rayleigh(&pushed) < 0.05,
                "a drift of a tenth of the way would pass as well"
            );
        });
    }
}

/// With every coupling at zero, a treated well is its static control, bit for bit.
#[test]
fn without_couplings_treatment_is_control_bit_for_bit() {
    let mut biology = running_cones(6.0, 4.0, 200.0);
    biology.branching.rate_per_h = 0.05;
    biology.growth_cone.paused = 0.3;
    biology.growth_cone.retracting = 0.2;
    biology.growth_cone.strain_turning_rad_per_h = 0.0;
    biology.mechano.gain = 0.0;
    let mut control = plate_of_cones(50, 10.0, 5.0, biology);
    let silent = Myokine {
        max_gain: 1.0,
        ..Myokine::default()
    };
    control.myokines = vec![Species {
        name: "m".into(),
        unit: DoseUnit::Relative,
        myokine: silent,
    }];
    let mut treated = control.clone();
    treated.conditions[0].medium = Some(Medium {
        from: MediumSource::Doses(vec![1.0]),
        every_h: 24.0,
        start_h: 0.0,
    });
    treated.conditions[0].actuation = Some(StrainProtocol {
        strain: StrainMode::Uniaxial,
        actuation: Actuation::default(),
        resolved: false,
    });
    let mut coupled = treated.clone();
    coupled.conditions[0].biology.mechano.gain = 0.01;
    on_every_engine(&control, |control_name, control| {
        control.advance(600).expect("advance");
        let expected = control.world().expect("state").paths.clone();
        for (plate, same) in [(&treated, true), (&coupled, false)] {
            on_every_engine(plate, |name, engine| {
                if name == control_name {
                    engine.advance(600).expect("advance");
                    let found = &engine.world().expect("state").paths;
                    assert_eq!(*found == expected, same, "{name}: paths of treatment and control");
                }
            });
        }
    });
}

/// Two conditions of the same plate differ: a well's draws follow from its place.
#[test]
fn wells_are_independent() {
    let mut plate = plate_of_cones(50, 10.0, 5.0, running_cones(6.0, 4.0, 200.0));
    let twin = Condition::untreated("twin", 1, plate.conditions[0].biology);
    plate.conditions.push(twin);
    on_every_engine(&plate, |name, engine| {
        engine.advance(10).expect("advance");
        let world = engine.world().expect("state");
        assert!(
            (0..50).all(|i| world.cones[i].heading != world.cones[i + 50].heading),
            "{name}: wells repeat each other"
        );
    });
}
