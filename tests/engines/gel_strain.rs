//! Strain that differs from place to place: how large it is and where, that a uniform one put in as a map does what the
//! uniform mode does, that cycles stepped through and averaged agree, and what scenarios make of stiffness, force and maps.

use crate::twins;
use glam::{DMat3, DVec3};
use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::model::actuation::{displacement_gradient, peak_strain};
use outgrowth::model::domain::{Domain, Region, voxel_centre_um};
use outgrowth::model::gel::bars::{MagnetBars, MagnetTrack, Pull};
use outgrowth::model::gel::displacement::Displacement;
use outgrowth::model::gel::lattice::Lattice;
use outgrowth::model::gel::motion::{Motion, Size};
use outgrowth::model::parameters::{Actuation, Matrix};
use outgrowth::model::plate::{Plate, StrainMode, StrainProtocol};
use outgrowth::model::strain::strain_drive;
use outgrowth::model::tables::Tables;
use outgrowth::model::world::World;
use outgrowth::scenario::{self, Scenario, Surroundings, builtin};
use std::sync::Arc;

fn domain() -> Domain {
    Domain {
        voxels: [60, 60, 1],
        voxel_um: 20.0,
        layer_um: 20.0,
        walls: vec![],
    }
}

fn two_bars(clamped: bool) -> MagnetBars {
    let bar = |x: f64| Region {
        low_um: DVec3::new(x, 300.0, 0.0),
        high_um: DVec3::new(x + 100.0, 900.0, 20.0),
    };
    MagnetBars {
        bars: vec![bar(300.0), bar(800.0)],
        clamped,
        poisson: 0.45,
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
    sum / f64::from(count)
}

#[test]
fn the_largest_strain_is_the_amplitude_and_lies_beside_the_bars() {
    let domain = domain();
    for clamped in [true, false] {
        let gel = two_bars(clamped);
        let answers = gel.answers(&domain).expect("it comes to rest");
        let pull = Pull::Alike(0.0);
        let motion = |size| Motion::of_bars(&gel, pull, &answers, &domain, size, None);
        let strained = motion(Size::Strain(0.05));
        assert!((strained.largest_strain(&domain) - 0.05).abs() < 1e-6);
        assert!((motion(Size::Strain(0.04)).largest_strain(&domain) - 0.05).abs() > 5e-3);
        let distance = |voxel: usize| {
            let centre = voxel_centre_um(&domain, voxel);
            let to = |bar: &Region| centre.distance(centre.clamp(bar.low_um, bar.high_um));
            gel.bars.iter().map(to).fold(f64::MAX, f64::min)
        };
        let strain = |low: f64, high: f64| {
            let voxels = (0..domain.voxel_count()).filter(|&voxel| (low..high).contains(&distance(voxel)));
            mean(voxels.map(|voxel| f64::from(strained.peak_strain[voxel].abs())))
        };
        let (near, far) = (strain(1.0, 100.0), strain(300.0, 1e9));
        println!("clamped {clamped}: {near:.4} near the bars, {far:.4} far from them");
        assert!(near > 1.2 * far, "{near} {far}");
        let (whole, above_half) = strained.spread(&domain);
        assert!(
            whole < 0.04 && (0.02..0.9).contains(&above_half),
            "{whole} {above_half}"
        );
    }
}

#[test]
fn a_softer_gel_is_strained_more_by_the_same_force_and_a_doubled_one_more() {
    let domain = domain();
    let gel = two_bars(true);
    let answers = gel.answers(&domain).expect("it comes to rest");
    let largest = |force_over_stiffness: f64| {
        let size = Size::ForceOverStiffness(force_over_stiffness);
        Motion::of_bars(&gel, Pull::Alike(0.0), &answers, &domain, size, None).largest_strain(&domain)
    };
    let (soft, stiff) = (largest(2.0), largest(1.0));
    assert!((soft / stiff - 2.0).abs() < 0.1 && soft != stiff, "{soft} {stiff}");
    assert!((Matrix::fibrin_stiffness_kpa(14.0) - 10.0).abs() < 1e-12);
    assert!((Matrix::fibrin_stiffness_kpa(3.0) - Matrix::default().stiffness_kpa).abs() < 1e-12);
}

/// A measured map whose movement is affine, on a grid that is not the well's.
fn affine_map(gradient: DMat3, domain: &Domain) -> Displacement {
    let size = domain.size_um();
    let planar = domain.planar();
    let lattice = Lattice {
        origin_um: DVec3::new(-10.0, -20.0, 0.0),
        edge_um: (size + 50.0) / 7.0 * DVec3::new(1.0, 1.0, 1.0),
        elements: [7, 7, if planar { 0 } else { 7 }],
    };
    let moved_um = (0..lattice.node_count())
        .map(|node| gradient * lattice.node_um(node))
        .collect();
    Displacement { lattice, moved_um }
}

/// A plate whose conditions are strained uniformly, and the same by a map.
fn uniform_and_mapped(planar: bool) -> (Plate, Plate) {
    let mut uniform = twins::full_plate(planar);
    uniform.domain.walls.clear();
    let mut mapped = uniform.clone();
    for (strained, mapped) in uniform.conditions.iter_mut().zip(&mut mapped.conditions) {
        strained.biology.growth_cone.strain_turning_rad_per_h = 2.0;
        mapped.biology = strained.biology;
        if let Some(protocol) = &mut mapped.actuation {
            let mut gradient = displacement_gradient(&protocol.strain, &protocol.actuation);
            if planar {
                gradient.z_axis.z = 0.0;
            }
            let motion = Motion::measured(
                "map.csv",
                affine_map(gradient, &uniform.domain),
                &uniform.domain,
                Size::AsItIs,
            );
            assert!((motion.largest_strain(&uniform.domain) - peak_strain(protocol).major.abs()).abs() < 1e-6);
            protocol.strain = StrainMode::Nonuniform(Arc::new(motion));
        }
    }
    (uniform, mapped)
}

fn run(plate: &Plate, threads: usize, steps: u32) -> World {
    let mut engine = CpuEngine::new(plate.clone(), Some(threads), "test").expect("threads");
    engine.advance(steps).expect("the processor works");
    engine.world().expect("there").clone()
}

/// Largest difference of mechano-state and of heading over all cones.
fn apart(a: &World, b: &World) -> (f32, f32) {
    assert_eq!(a.cones.len(), b.cones.len());
    let pairs = || a.cones.iter().zip(&b.cones);
    let mechano = pairs()
        .map(|(a, b)| (a.mechano.value() - b.mechano.value()).abs())
        .fold(0.0, f32::max);
    let heading = pairs().map(|(a, b)| a.heading.distance(b.heading)).fold(0.0, f32::max);
    (mechano, heading)
}

#[test]
fn a_uniform_strain_put_in_as_a_map_does_what_the_uniform_mode_does() {
    for planar in [true, false] {
        let (uniform, mapped) = uniform_and_mapped(planar);
        // Averaged and stepped through alike, until half a session is over.
        let (mechano, heading) = apart(&run(&uniform, 1, 27), &run(&mapped, 1, 27));
        assert!(mechano < 1e-4 && heading < 1e-3, "{mechano} {heading}");
        let mut turned = mapped.clone();
        for protocol in turned
            .conditions
            .iter_mut()
            .filter_map(|condition| condition.actuation.as_mut())
        {
            let StrainMode::Nonuniform(motion) = &mut protocol.strain else {
                continue;
            };
            for moment in &mut Arc::make_mut(motion).moments {
                moment.line.iter_mut().for_each(|line| line[1] = -line[1]);
            }
        }
        assert!(apart(&run(&uniform, 1, 27), &run(&turned, 1, 27)).1 > 1e-3);
    }
}

#[test]
fn threads_change_nothing_where_the_strain_is_uneven() {
    let plate = twins::bars_plate(true);
    assert!(plate == twins::bars_plate(true), "solved twice, the same bits");
    let once = run(&plate, 1, 200);
    assert!(once == run(&plate, 3, 200));
    let mut other = plate.clone();
    other.conditions[0].actuation = None;
    assert!(once != run(&other, 1, 200));
}

/// Stepping through the cycles of a moving magnet and averaging over them give the same mechano-state and outgrowth.
#[test]
fn resolved_and_averaged_cycles_of_a_magnet_agree() {
    let domain = domain();
    let gel = two_bars(true);
    let answers = gel.answers(&domain).expect("it comes to rest");
    let track = Pull::Magnet(MagnetTrack {
        from_um: DVec3::new(200.0, 500.0, 0.0),
        to_um: DVec3::new(1000.0, 700.0, 0.0),
        height_um: 600.0,
    });
    let outgrowth = |resolved: bool, stronger: f32| {
        let steps = 40;
        let step_s = if resolved { 1.0 / f64::from(steps) } else { 1.0 };
        let mut plate = twins::uniform_plate();
        plate.domain = domain.clone();
        plate.step_h = step_s / 3600.0;
        plate.conditions.truncate(1);
        let condition = &mut plate.conditions[0];
        condition.medium = None;
        condition.biology.branching.rate_per_h = 0.0;
        condition.biology.growth_cone.retracting = 0.0;
        condition.biology.growth_cone.paused = 0.0;
        condition.biology.growth_cone.speed_um_per_h = 60.0;
        condition.biology.growth_cone.speed_spread_um_per_h = 0.0;
        condition.biology.mechano.on_time_h = 0.05;
        let size = Size::Strain(0.05);
        let mut motion = Motion::of_bars(&gel, track, &answers, &domain, size, resolved.then_some(steps));
        for moment in &mut motion.moments {
            moment.weight.iter_mut().for_each(|weight| *weight *= stronger);
        }
        assert_eq!(motion.moments.len(), if resolved { steps as usize } else { 1 });
        condition.actuation = Some(StrainProtocol {
            strain: StrainMode::Nonuniform(Arc::new(motion)),
            actuation: Actuation {
                session_h: 0.05,
                ..Actuation::default()
            },
            resolved,
        });
        for placed in &mut plate.explants {
            placed.at_um *= DVec3::new(2.5, 3.3, 1.0);
        }
        let world = run(&plate, 1, (0.05 * 3600.0 / step_s).round() as u32);
        let length = mean(world.cones.iter().map(|cone| f64::from(cone.path_length_um())));
        (
            mean(world.cones.iter().map(|cone| f64::from(cone.mechano.value()))),
            length,
        )
    };
    let (resolved, averaged) = (outgrowth(true, 1.0), outgrowth(false, 1.0));
    println!("mechano-state and length: resolved {resolved:.4?}, averaged {averaged:.4?}");
    assert!((resolved.0 / averaged.0 - 1.0).abs() < 0.02 && (0.2..0.8).contains(&averaged.0));
    assert!((resolved.1 / averaged.1 - 1.0).abs() < 0.02);
    // A fifth more drive within the cycles would be noticed.
    let stronger = outgrowth(true, 1.2);
    assert!((stronger.0 / averaged.0 - 1.0).abs() > 0.05, "{stronger:?}");
}

/// The mean of a moment's drive over the cycle is the drive of the peak, whatever the voxel.
#[test]
fn the_drive_of_a_cycle_has_the_mean_of_its_peak() {
    let plate = twins::bars_plate(true);
    let tables = Tables::of(&plate);
    let voxels = plate.domain.voxel_count();
    let of = |well: u32| {
        let strain = tables.treatment_of(well).strain;
        let first = strain.map as usize;
        (0..strain.moments as usize)
            .map(move |moment| first + 3 * moment * voxels)
            .collect::<Vec<_>>()
    };
    let condition = &plate.conditions[3];
    let (mechano, protocol) = (condition.biology.mechano, condition.actuation.as_ref().expect("moved"));
    let StrainMode::Nonuniform(motion) = &protocol.strain else {
        panic!("even");
    };
    let mut off = Vec::new();
    let (averaged, resolved) = (of(2), of(3));
    assert_eq!((averaged.len(), resolved.len()), (1, 20));
    for voxel in 0..voxels {
        let steps = resolved.iter().map(|first| f64::from(tables.maps[first + voxel]));
        let stepped = mean(steps);
        let peak = f64::from(tables.maps[averaged[0] + voxel]);
        let own = strain_drive(
            f64::from(motion.peak_strain[voxel]),
            protocol.actuation.frequency_hz,
            &mechano,
        );
        assert!((stepped - own).abs() < 1e-6, "voxel {voxel}: {stepped} {own}");
        off.push((stepped - peak).abs());
    }
    // The largest of 20 moments and that of as many as are averaged are not quite the same.
    assert!(mean(off.iter().copied()) < 0.02, "{}", mean(off.iter().copied()));
    let uneven = resolved
        .iter()
        .map(|first| tables.maps[first + 100])
        .fold(0.0, f32::max);
    assert!(
        uneven > 1.2 * tables.maps[averaged[0] + 100],
        "the drive must change within the cycle"
    );
}

fn read(actuation: &str, matrix: &str, map: Option<&str>) -> Result<Scenario, String> {
    let text = format!(
        "name = \"t\"\nduration = \"1 d\"\n[well]\nsize = [\"1.2 mm\", \"0.8 mm\"]\nvoxel = \"20 um\"\n[matrix]\n{matrix}\n\
         [[explant]]\nat = [\"0.6 mm\", \"0.4 mm\"]\nradius = \"50 um\"\nneurons = 5\n[[condition]]\nname = \"c\"\n\
         actuation = {{ {actuation} }}\n"
    );
    let given = map.map(str::to_owned);
    let surroundings = Surroundings {
        file: Box::new(move |_| {
            given
                .clone()
                .map(String::into_bytes)
                .ok_or_else(|| "not found".to_owned())
        }),
        memory_bytes: None,
    };
    scenario::read(&text, "t.toml", &[], &surroundings).map_err(|mistakes| mistakes.to_string())
}

fn amplitude(scenario: &Scenario) -> f64 {
    scenario.plate.conditions[0]
        .actuation
        .as_ref()
        .expect("moved")
        .actuation
        .amplitude
}

const BARS: &str = r#"strain = "magnet bars", bars = [["0.3 mm", "0.2 mm", "0.4 mm", "0.6 mm"]]"#;

#[test]
fn force_and_stiffness_make_the_strain() {
    let strain = |matrix: &str, force: &str| {
        let scenario = read(&format!("{BARS}, force = \"{force}\""), matrix, None).expect("sound");
        amplitude(&scenario)
    };
    let reference = strain("stiffness = \"500 Pa\"", "10 uN");
    assert!(reference > 1e-4 && reference < 0.3, "{reference}");
    let doubled = strain("stiffness = \"0.25 kPa\"", "10000 nN");
    assert!((doubled / reference - 2.0).abs() < 0.05, "{doubled} {reference}");
    assert!((strain("stiffness = \"500 Pa\"\nthickness = \"2 mm\"", "20 uN") / reference - 1.0).abs() < 1e-9);
    // Fibrin of twice the concentration is four times as stiff.
    let ratio = strain("fibrin = \"2 mg/mL\"", "1 uN") / strain("fibrin = \"4 g/L\"", "1 uN");
    assert!((ratio - 4.0).abs() < 0.05, "{ratio}");
}

/// A map of `scale` times 5 % along x, with Poisson's ratio 0.4.
fn map(columns: &str, steps: usize, scale: f64) -> String {
    let mut text = format!("{columns}\n");
    for j in 0..=steps {
        for i in 0..=steps {
            let (x, y) = (1200.0 * i as f64 / steps as f64, 800.0 * j as f64 / steps as f64);
            text += &format!("{x},{y},{},{}\n", 0.05 * scale * x, -0.02 * scale * y);
        }
    }
    text
}

#[test]
fn a_measured_map_is_read_and_scaled() {
    let text = map("x_um,y_um,ux_um,uy_um", 6, 1.0);
    let as_it_is = read(r#"strain = "map", map = "m.csv""#, "", Some(&text)).expect("sound");
    assert!((amplitude(&as_it_is) - 0.05).abs() < 1e-6);
    let scaled = read(r#"strain = "map", map = "m.csv", amplitude = "2 %""#, "", Some(&text)).expect("sound");
    let StrainMode::Nonuniform(motion) = &scaled.plate.conditions[0].actuation.as_ref().expect("moved").strain else {
        panic!("even");
    };
    assert!((motion.largest_strain(&scaled.plate.domain) - 0.02).abs() < 1e-6);
    assert!(motion.peak.at(DVec3::new(1200.0, 0.0, 0.0)).x - 24.0 < 1e-6);
}

#[test]
fn a_map_with_a_mistake_says_where_it_is() {
    let good = map("x_um,y_um,ux_um,uy_um", 6, 1.0);
    let said = |text: Option<&str>| read(r#"strain = "map", map = "m.csv""#, "", text).expect_err("wrong");
    let place = "t.toml:14: condition.c.actuation.map: found ";
    for (text, expected) in [
        (None, r#""m.csv": not found; expected a CSV file that can be read"#),
        (Some(good.replace("uy_um", "u")), r#""m.csv":1: no column uy_um"#),
        (
            Some(good.replace("200,0,10,", "200,0,1o,")),
            r#""m.csv":3: "1o"; expected a finite number: a movement in um"#,
        ),
        (
            Some(good.replace("200,0,10,", "nan,0,10,")),
            r#""m.csv":3: "nan"; expected a finite number: a place in um"#,
        ),
        (
            Some(good.replace("200,0,10,", "200,0,10,1,")),
            r#""m.csv":3: 5 numbers; expected 4 between commas, as in the first line"#,
        ),
        (
            Some(good.replace("\n200,0,10,", "\n210,0,10,")),
            r#""m.csv" with x = 210 behind 200; expected a regular grid: steps of 200 um along x"#,
        ),
        (
            Some(good.replace("\n200,0,10,", "\n0,0,10,")),
            r#""m.csv":3: a place for the second time"#,
        ),
        (
            Some(good.lines().take(48).collect::<Vec<_>>().join("\n")),
            r#""m.csv" with 47 points; expected a full grid: 7 x 7 = 49"#,
        ),
        (
            Some(
                good.lines()
                    .filter(|line| !line.starts_with("1200,") && !line.starts_with("1000,"))
                    .collect::<Vec<_>>()
                    .join("\n"),
            ),
            r#""m.csv" with x from 0 to 800 um; expected a map that covers the well, which is 1.2 mm x 800 um"#,
        ),
        (
            Some(map("x_um,y_um,ux_um,uy_um", 6, 20.0)),
            "a gel that is strained by 100 %; expected at most 50 %",
        ),
        (Some("x_um,y_um,ux_um,uy_um\n".to_owned()), r#""m.csv" without a point"#),
        (Some(String::new()), r#""m.csv" without a line of names"#),
    ] {
        let message = said(text.as_deref());
        assert!(
            message.starts_with(&format!("{place}{expected}")),
            "{message}\ninstead of\n{expected}"
        );
    }
}

#[test]
fn bars_with_a_mistake_say_what_is_accepted() {
    for (actuation, matrix, expected) in [
        (
            r#"strain = "magnet bars""#,
            "",
            "actuation.bars: found nothing; expected bars: a list of boxes",
        ),
        (
            r#"strain = "magnet bars", bars = []"#,
            "",
            "actuation.bars: found a list of 0; expected a list of boxes",
        ),
        (
            r#"strain = "magnet bars", bars = [["0 mm", "0 mm", "2 mm", "0.5 mm"]]"#,
            "",
            "actuation.bars: found x from 0 um to 2 mm; expected a box in the well, where x goes from 0 to 1.2 mm",
        ),
        (
            &format!("{BARS}, force = \"1 uN\", amplitude = \"5 %\""),
            "",
            "actuation.force: found both amplitude and force",
        ),
        (
            &format!("{BARS}, force = \"1 Pa\""),
            "",
            "actuation.force: found \"1 Pa\", which is a stiffness; expected a force",
        ),
        (
            &format!("{BARS}, force = \"0 nN\""),
            "",
            "actuation.force: found \"0 nN\"; expected 1e-6 to 1e12 nN",
        ),
        (
            &format!("{BARS}, force = \"1 mN\""),
            "",
            "actuation.force: found a gel that is strained by",
        ),
        (
            &format!("{BARS}, rim = \"loose\""),
            "",
            "actuation.rim: found \"loose\"; expected one of clamped, free",
        ),
        (
            &format!("{BARS}, map = \"m.csv\""),
            "",
            "actuation.map: found map for this kind of strain",
        ),
        (
            &format!("{BARS}, poisson = 0.3"),
            "",
            "actuation.poisson: found poisson for this kind of strain; expected the gel's own",
        ),
        (
            r#"strain = "shear", rim = "free""#,
            "",
            "actuation.rim: found rim for this kind of strain",
        ),
        (
            BARS,
            "fibrin = \"3 mg/mL\"\nstiffness = \"1 kPa\"",
            "matrix.fibrin: found both fibrin and stiffness",
        ),
        (
            BARS,
            "fibrin = \"3 mg\"",
            "matrix.fibrin: found \"3 mg\", which is a mass; expected a mass concentration",
        ),
        (BARS, "poisson = 0.5", "matrix.poisson: found 0.5; expected 0 to 0.49"),
    ] {
        let message = read(actuation, matrix, None).expect_err(actuation);
        assert!(message.contains(expected), "{message}\ninstead of\n{expected}");
    }
}

/// The pull goes towards the magnet and falls with the fourth power of the distance, whose upright part the dish bears.
#[test]
fn the_magnet_pulls_as_two_dipoles_do() {
    let bar = |x: f64| Region {
        low_um: DVec3::new(x - 50.0, -50.0, 0.0),
        high_um: DVec3::new(x + 50.0, 50.0, 20.0),
    };
    let track = MagnetTrack {
        from_um: DVec3::ZERO,
        to_um: DVec3::new(500.0, 0.0, 0.0),
        height_um: 100.0,
    };
    let at_distance = |x: f64| track.pull(&bar(x), 0.0);
    assert!(at_distance(300.0).x < 0.0 && at_distance(-300.0).x > 0.0 && at_distance(0.0).length() < 1e-12);
    // Far away the pull lies in the plane.
    assert!((at_distance(10_000.0).x / at_distance(20_000.0).x - 16.0).abs() < 0.02);
    // Halfway through the cycle the magnet is at the other end.
    assert!((track.pull(&bar(300.0), 0.5) - at_distance(-200.0)).length() < 1e-12);
    assert!(track.pull(&bar(300.0), 0.5).x > 0.0);
}

#[test]
fn what_is_done_to_bars_in_the_window_is_written_and_read_as_the_same() {
    use outgrowth::session::Act;
    use outgrowth::session::save::event_text;
    for how in [
        "axis = \"30 deg\"",
        "magnet = { from = [\"0.1 mm\", \"0.4 mm\"], to = [\"1 mm\", \"0.4 mm\"] }, rim = \"free\"",
    ] {
        let scenario = read(&format!("{BARS}, {how}"), "", None).expect("sound");
        let protocol = scenario.plate.conditions[0].actuation.as_ref().expect("moved");
        let act = |amplitude: f64| {
            let actuation = Actuation {
                amplitude,
                ..Actuation::default()
            };
            Act::Actuation(Some(StrainProtocol {
                strain: protocol.strain.clone(),
                actuation,
                resolved: false,
            }))
        };
        let again = |amplitude: f64| {
            let text = format!(
                "{}\n{}",
                scenario.text,
                event_text(&act(amplitude), 60, &[0], &scenario.plate)
            );
            let read = scenario::read(&text, "t.toml", &[], &Surroundings::none()).expect("sound");
            read.plate.at(u32::MAX).conditions[0]
                .actuation
                .clone()
                .expect("moved")
                .strain
        };
        assert!(again(0.05) == protocol.strain, "{how}");
        assert!(again(0.04) != protocol.strain, "{how}");
    }
}

#[test]
fn the_built_in_map_is_read() {
    let text = builtin("measured-map").expect("built in").text;
    let scenario = scenario::read(text, "measured-map", &[], &Surroundings::built_in()).expect("sound");
    let amplitudes: Vec<Option<f64>> = scenario
        .plate
        .conditions
        .iter()
        .map(|condition| {
            condition
                .actuation
                .as_ref()
                .map(|protocol| protocol.actuation.amplitude)
        })
        .collect();
    assert_eq!(amplitudes[0], None);
    assert!(
        amplitudes[1].is_some_and(|amplitude| (0.03..0.07).contains(&amplitude)),
        "{amplitudes:?}"
    );
    assert_eq!(amplitudes[2], Some(0.01));
}

#[test]
fn the_built_in_bars_are_strained_as_they_say() {
    let text = builtin("magnet-bars").expect("built in").text;
    let scenario = scenario::read(text, "magnet-bars", &[], &Surroundings::none()).expect("sound");
    let domain = &scenario.plate.domain;
    let largest: Vec<f64> = scenario
        .plate
        .conditions
        .iter()
        .map(|condition| match &condition.actuation.as_ref().expect("moved").strain {
            StrainMode::Nonuniform(motion) => motion.largest_strain(domain),
            _ => peak_strain(condition.actuation.as_ref().expect("moved")).major,
        })
        .collect();
    for (found, expected) in largest.iter().zip([0.0, 0.05, 0.05, 0.05]) {
        assert!((found - expected).abs() < 1e-6, "{largest:?}");
    }
}
