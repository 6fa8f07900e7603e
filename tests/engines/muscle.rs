//! Muscle beside the neurons: where its light falls, how it tires, and the synapses that axons form on its fibres.

use crate::common::statistics::mean;
use crate::common::{assert_within, on_every_engine, plate_of_cones, plate_of_field, running_cones};
use glam::DVec3;
use outgrowth::model::domain::Region;
use outgrowth::model::layout::{Cone, Source, mode};
use outgrowth::model::parameters::{Light, Muscle};
use outgrowth::model::plate::{MusclePatch, Plate, StrainMode};
use outgrowth::model::rules::secretion::secretion_ratio;
use outgrowth::model::tables::Tables;
use outgrowth::model::world::World;
use outgrowth::readout::culture::{Culture, sites};
use outgrowth::readout::topology::Forest;
use outgrowth::readout::well::{SynapseCounts, measure};
use outgrowth::scenario::{self, Surroundings};

fn region(low: [f64; 3], high: [f64; 3]) -> Region {
    Region {
        low_um: DVec3::from_array(low),
        high_um: DVec3::from_array(high),
    }
}

/// Light that is always on.
fn lamp() -> Light {
    Light {
        session_h: 24.0,
        every_h: 24.0,
        ..Light::default()
    }
}

fn muscle(whole: Region, lit: Option<Region>) -> MusclePatch {
    MusclePatch {
        region: whole,
        light: Some(lamp()),
        lit,
        upright: true,
    }
}

/// A well without cells, all of it muscle, in which nothing diffuses or decays.
fn plate_of_muscle(lit: Option<Region>) -> Plate {
    let mut plate = plate_of_field([20, 10, 1], 20.0, 1.0 / 60.0, 0.0);
    plate.conditions[0].muscle = Some(muscle(region([0.0, 0.0, 0.0], [400.0, 200.0, 20.0]), lit));
    plate.conditions[0].sources.clear();
    plate.muscle.lag_h = 0.0;
    plate.muscle.memory_h = 0.01;
    plate
}

/// Light on a part of a muscle makes that part secrete as much as under full light, and the rest as in the dark.
#[test]
fn targeted_light_raises_secretion_where_it_falls() {
    let part = region([100.0, 40.0, 0.0], [200.0, 120.0, 20.0]);
    let targeted = plate_of_muscle(Some(part));
    let fields: Vec<Vec<(String, Vec<f32>)>> = [Some(part), None, Some(region([0.0, 0.0, 0.0], [1.0, 1.0, 1.0]))]
        .into_iter()
        .map(|lit| {
            let mut found = Vec::new();
            on_every_engine(&plate_of_muscle(lit), |name, engine| {
                engine.advance(120).expect("advance");
                let world = engine.world().expect("state");
                found.push((name.to_owned(), world.concentrations[1..].to_vec()));
            });
            found
        })
        .collect();
    for ((name, found), ((_, bright), (_, dark))) in fields[0].iter().zip(fields[1].iter().zip(&fields[2])) {
        for (voxel, &dose) in found.iter().enumerate() {
            let centre = DVec3::new(
                (voxel % 20) as f64 * 20.0 + 10.0,
                (voxel / 20) as f64 * 20.0 + 10.0,
                10.0,
            );
            let expected = if part.contains(centre) {
                bright[voxel]
            } else {
                dark[150]
            };
            assert!(
                (dose - expected).abs() < 1e-5,
                "{name}: {dose} instead of {expected} at {centre}"
            );
        }
        assert!(
            bright[0] > 1.5 * dark[150],
            "{name}: light must matter for this to test anything"
        );
    }
    // The boxes of light and dark cover the muscle once.
    let tables = Tables::of(&targeted);
    let area = |source: &Source| {
        let size = source.high_um - source.low_um;
        f64::from(size.x * size.y)
    };
    assert_eq!(tables.sources.iter().map(area).sum::<f64>(), 400.0 * 200.0);
}

/// Fatigue rises as 1 − e^(−t/τ) under light and lowers what the fibres tend to by as much.
#[test]
fn fibres_tire_under_light_and_recover_in_the_dark() {
    let mut plate = plate_of_muscle(None);
    plate.muscle.fatigue = 0.6;
    let Muscle {
        fatigue_time_h,
        recovery_time_h,
        exercised_ratio,
        ..
    } = plate.muscle;
    if let Some(patch) = &mut plate.conditions[0].muscle {
        patch.light = Some(Light {
            session_h: 0.5,
            ..lamp()
        });
    }
    let drive = Tables::of(&plate).treatments[0].light.drive;
    on_every_engine(&plate, |name, engine| {
        engine.advance(30).expect("advance");
        let fibres = engine.world().expect("state").fibres[0];
        let tired = 1.0 - (-0.5 / fatigue_time_h).exp();
        assert_within(
            1e-4,
            f64::from(fibres.fatigue),
            tired,
            &format!("{name}: fatigue after the session"),
        );
        // Activity follows within 36 s; the fatigue of the step before is what it saw.
        let expected = f64::from(drive) * (1.0 - 0.6 * tired);
        assert_within(
            0.02,
            f64::from(fibres.activity),
            expected,
            &format!("{name}: activity of tired fibres"),
        );
        assert!(
            f64::from(fibres.activity) < 0.7 * f64::from(drive),
            "{name}: fatigue must matter"
        );
        engine.advance(120).expect("advance");
        let rested = engine.world().expect("state").fibres[0];
        let expected = tired * (-2.0 / recovery_time_h).exp();
        assert_within(
            1e-3,
            f64::from(rested.fatigue),
            expected,
            &format!("{name}: fatigue after the dark"),
        );
        assert!(
            secretion_ratio(rested.activity, exercised_ratio as f32) < 1.01,
            "{name}: no rest in the dark"
        );
    });
}

/// Cones that stand still in a well full of muscle.
fn cones_on_muscle(neurons: u32) -> Plate {
    let mut biology = running_cones(0.0, 0.0, 1e6);
    biology.synapse.formation_per_h = 0.2;
    biology.synapse.maturation_h = 4.0;
    let mut plate = plate_of_cones(neurons, 1.0, 1.0, biology);
    plate.domain.voxels = [60, 60, 1];
    plate.domain.voxel_um = 20.0;
    plate.explants[0].at_um = DVec3::new(600.0, 600.0, 10.0);
    plate.explants[0].explant.radius_um = 500.0;
    let whole = region([0.0, 0.0, 0.0], [1200.0, 1200.0, 20.0]);
    plate.conditions[0].muscle = Some(MusclePatch {
        light: None,
        ..muscle(whole, None)
    });
    plate
}

/// Of the cones that touch a fibre 1 − e^(−kt) have settled after t; those between fibres never do; a cone that has
/// settled grows no more.
#[test]
fn cones_on_fibres_settle_at_the_set_rate() {
    let plate = cones_on_muscle(6000);
    let spacing = plate.muscle.fibre_spacing_um;
    let reach = plate.muscle.fibre_radius_um + plate.conditions[0].biology.synapse.contact_um;
    on_every_engine(&plate, |name, engine| {
        engine.advance(180).expect("advance");
        let world = engine.world().expect("state").clone();
        let off = |x: f32| ((f64::from(x) / spacing).fract() - 0.5).abs() * spacing;
        let (touching, between): (Vec<&Cone>, Vec<&Cone>) =
            world.cones.iter().partition(|cone| off(cone.tip_um().x) <= reach);
        let share = mean(
            touching
                .iter()
                .map(|cone| f64::from(u8::from(cone.mode == mode::SYNAPSE))),
        );
        assert_within(
            0.05,
            share,
            1.0 - (-0.2f64 * 3.0).exp(),
            &format!("{name}: share that has settled"),
        );
        assert!(
            between.len() > 1000 && between.iter().all(|cone| cone.mode != mode::SYNAPSE),
            "{name}"
        );
        for cone in touching.iter().filter(|cone| cone.mode == mode::SYNAPSE) {
            assert_eq!(
                cone.fibre,
                (f64::from(cone.tip_um().x) / spacing).floor() as u32,
                "{name}: its fibre"
            );
        }
        let site = &sites(&plate)[0];
        let counts = |world: &World| -> SynapseCounts {
            let forest = &Forest::new(world);
            let plate = &plate;
            measure(&Culture {
                plate,
                world,
                forest,
                site,
            })
            .synapses
        };
        let early = counts(&world);
        let settled = touching.iter().filter(|cone| cone.mode == mode::SYNAPSE).count();
        assert_eq!((early.all, early.mature), (settled, 0), "{name}");
        assert_eq!(early.fibres, 18, "{name}: fibres from 100 to 1100 µm");
        engine.advance(239).expect("advance");
        let late = counts(engine.world().expect("state"));
        assert_eq!(late.mature, settled, "{name}: mature after four hours");
        assert!(late.all > settled, "{name}: more have settled since");
    });
}

/// The trophic programme doubles the hazard when it is full, and without a rate nothing settles.
#[test]
fn no_rate_no_synapse() {
    let mut plate = cones_on_muscle(500);
    plate.conditions[0].biology.synapse.formation_per_h = 0.0;
    on_every_engine(&plate, |name, engine| {
        engine.advance(180).expect("advance");
        let world = engine.world().expect("state");
        assert!(world.cones.iter().all(|cone| cone.mode != mode::SYNAPSE), "{name}");
    });
}

/// A well with muscle on its right under light, and what the scenario says of its pull.
fn pulled(muscle: &str, actuation: &str) -> Result<Plate, String> {
    let text = format!(
        r#"
name = "pull"
duration = "1 d"
well = {{ size = ["2 mm", "1 mm"], voxel = "50 um" }}
explant = [{{ at = ["0.5 mm", "0.5 mm"], radius = "100 um", neurons = 8 }}]
myokine = [{{ name = "m" }}]
[[condition]]
name = "pulled"
{muscle}
actuation = {{ strain = "muscle"{actuation} }}
"#
    );
    let read = scenario::read(&text, "pull.toml", &[], &Surroundings::none());
    read.map(|scenario| scenario.plate)
        .map_err(|mistakes| mistakes.to_string())
}

const MUSCLE: &str = r#"muscle = { region = ["1.2 mm", "0.2 mm", "1.6 mm", "0.8 mm"], light = { frequency = "2 Hz", session = "20 min", every = "6 h" } }"#;

/// Fibres that shorten strain the gel around them, most at their ends, while the light is on; cells there answer.
#[test]
fn a_shortening_muscle_strains_the_gel_around_it() {
    let plate = pulled(MUSCLE, ", amplitude = \"4 %\"").expect("no mistakes");
    let protocol = plate.conditions[0].actuation.as_ref().expect("it pulls");
    assert_eq!(protocol.actuation.frequency_hz, 2.0);
    assert_eq!(
        (protocol.actuation.session_h, protocol.actuation.every_h),
        (1.0 / 3.0, 6.0)
    );
    let StrainMode::Nonuniform(motion) = &protocol.strain else {
        panic!("the strain is uniform");
    };
    let largest = motion.largest_strain(&plate.domain);
    assert!((largest - 0.04).abs() < 1e-6, "largest strain {largest}");
    let strain = |x_um: f64, y_um: f64| {
        let voxel = (y_um / 50.0) as usize * 40 + (x_um / 50.0) as usize;
        motion.peak_strain[voxel].abs()
    };
    // Along the fibres between the ends the gel is shortened; beyond the ends it is stretched; far away hardly.
    let (between, beyond, far) = (strain(1400.0, 500.0), strain(1400.0, 100.0), strain(200.0, 500.0));
    assert!(
        between > 0.01 && beyond > 0.005,
        "{between} between the ends, {beyond} beyond"
    );
    assert!(far < 0.1 * between, "{far} far away");
    let middle = motion.peak.at(DVec3::new(1400.0, 250.0, 25.0));
    assert!(middle.y > 0.0, "the lower end is pulled up, not {middle}");
    on_every_engine(&plate, |name, engine| {
        engine.advance(20).expect("advance");
        let world = engine.world().expect("state");
        assert!(
            world.cones.iter().all(|cone| cone.mechano.value() > 0.0),
            "{name}: cells do not answer"
        );
    });
}

/// Only muscle that is there can pull, and it pulls the lit part only.
#[test]
fn a_pull_needs_its_muscle_and_comes_from_the_lit_part() {
    let without = pulled("", "").expect_err("no muscle");
    assert!(without.contains("strain by a muscle that is not there"), "{without}");
    let axis = pulled(MUSCLE, ", axis = \"20 deg\"").expect_err("an axis");
    assert!(axis.contains("axis for this kind of strain"), "{axis}");
    let lit = MUSCLE.replace("light =", r#"lit = ["1.2 mm", "0.5 mm", "1.6 mm", "0.8 mm"], light ="#);
    let peak = |plate: &Plate| match &plate.conditions[0].actuation.as_ref().map(|protocol| &protocol.strain) {
        Some(StrainMode::Nonuniform(motion)) => motion.peak_strain.clone(),
        _ => panic!("the strain is uniform"),
    };
    let (whole, part) = (pulled(MUSCLE, "").expect("sound"), pulled(&lit, "").expect("sound"));
    assert_ne!(peak(&whole), peak(&part));
    let outside = lit
        .replace("0.5 mm", "0.85 mm")
        .replace("\"1.6 mm\", \"0.8 mm\"], light", "\"1.6 mm\", \"0.9 mm\"], light");
    let beside = pulled(&outside, "").expect_err("beside it");
    assert!(beside.contains("a box beside the muscle"), "{beside}");
    let dark = MUSCLE.split(", light").next().expect("there is one").to_owned()
        + r#", lit = ["1.2 mm", "0.5 mm", "1.6 mm", "0.8 mm"] }"#;
    let dark = pulled(&dark, "").expect_err("no light");
    assert!(dark.contains("a part to be lit without a light"), "{dark}");
}
