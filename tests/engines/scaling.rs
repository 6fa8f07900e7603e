//! What must not matter does not: the unit of doses, the length of a step, the edge of a voxel, the size of the dish, the other
//! conditions on the plate and how often it is looked at.

use crate::common::{assert_within, on_engine, on_every_engine};
use outgrowth::engine::Engine;
use outgrowth::experiment::run;
use outgrowth::model::axotomy::{Aftermath, cut};
use outgrowth::model::domain::Region;
use outgrowth::model::plate::{Cut, Plate};
use outgrowth::model::world::World;
use outgrowth::readout::growth::rates_over_the_run;
use outgrowth::readout::{Readout, Readouts};
use outgrowth::scenario::Scenario;

/// The plate of a scenario.
fn plate(text: &str) -> Plate {
    let scenario: Scenario = text.parse().unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}"));
    scenario.plate
}

/// The readouts of a plate on an engine.
fn readouts(engine: &str, plate: &Plate) -> Option<Readouts> {
    let mut found = None;
    on_engine(engine, plate, |_, engine| found = Some(run(engine).expect("runs")));
    found
}

/// The mean over the wells of a condition at the end.
fn at_end(readouts: &Readouts, condition: usize, readout: Readout) -> f64 {
    let values = readouts.values_at(readout, condition, readouts.last_time_h().expect("recorded"));
    values.iter().sum::<f64>() / values.len() as f64
}

/// A soma walks 0.3 µm/h, almost straight at first. At 10 s in a dish of 35 mm a step is less than half the rounding of a place.
#[test]
fn somata_walk_alike_in_short_steps_and_large_dishes() {
    let walked = |engine: &str, size_mm: f64, step: &str| {
        let text = format!(
            "name = \"t\"\nduration = \"1 h\"\nstep = \"{step}\"\nrecord_every = \"1 h\"\nbranching = {{ rate = \"0 /h\" }}\n\
             [well]\nsize = [\"{size_mm} mm\", \"{size_mm} mm\"]\nvoxel = \"100 um\"\n\
             [[explant]]\nat = [\"{} mm\", \"{} mm\"]\nradius = \"100 um\"\nneurons = 10\n[[condition]]\nname = \"c\"\n",
            0.95 * size_mm,
            0.5 * size_mm,
        );
        readouts(engine, &plate(&text)).map(|found| at_end(&found, 0, Readout::SomaMigrationMean))
    };
    for (engine, size_mm, step) in [
        ("cpu", 4.0, "1 min"),
        ("cpu", 4.0, "50 ms"),
        ("cpu", 4.0, "10 min"),
        ("cpu", 35.0, "10 s"),
        ("cpu", 95.0, "1 s"),
        ("gpu", 95.0, "10 s"),
    ] {
        if let Some(walked) = walked(engine, size_mm, step) {
            assert_within(0.02, walked, 0.298, &format!("{engine}, {size_mm} mm, {step}"));
        }
    }
}

/// A half-life of a day in steps of milliseconds, of a second and of minutes: none is rounded to nothing or doubled. What decays slowly
/// does so 2⁻¹⁴ at a time.
#[test]
fn doses_decay_alike_in_short_steps() {
    for (step, half_life_h) in [
        ("5 ms", 24.0),
        ("10 ms", 24.0),
        ("1 s", 5_000.0),
        ("1 min", 24.0),
        ("10 min", 0.5),
    ] {
        let text = format!(
            "name = \"t\"\nduration = \"20 min\"\nstep = \"{step}\"\nrecord_every = \"20 min\"\n\
             [well]\nsize = [\"1 mm\", \"1 mm\"]\n[[myokine]]\nname = \"m\"\nhalf_life = \"{half_life_h} h\"\n\
             [[condition]]\nname = \"c\"\nmedium = {{ doses = {{ m = 1 }}, every = \"24 h\" }}\n"
        );
        let left = at_end(
            &readouts("cpu", &plate(&text)).expect("there"),
            0,
            Readout::MyokineMean(0),
        );
        let expected = f64::exp2(-1.0 / 3.0 / half_life_h);
        assert!(
            (left - expected).abs() < 0.02 * (1.0 - expected) + 6.2e-5,
            "{step}, {half_life_h} h: {left} instead of {expected}"
        );
    }
}

/// Cones that stand in a well of 4 x 4 voxels, in which diffusion keeps the dose even; `unit` is the unit of doses.
fn takers(unit: f64, step: &str, uptake: f64, layer: &str) -> String {
    format!(
        "name = \"t\"\nduration = \"4 h\"\nstep = \"{step}\"\nrecord_every = \"4 h\"\nvariation.scale = 0\nbranching = {{ rate = \"0 /h\" }}\n\
         soma = {{ speed = \"0 um/h\" }}\ngrowth_cone = {{ speed = \"0 um/h\", speed_spread = \"0 um/h\", retracting = 0, segment = \"1 um\" }}\n\
         [well]\nsize = [\"80 um\", \"80 um\"]\nlayer = \"{layer}\"\n\
         [[explant]]\nat = [\"40 um\", \"40 um\"]\nradius = \"35 um\"\nneurons = 50\n\
         [[myokine]]\nname = \"m\"\nhalf_life = \"1e5 h\"\nhalf_dose = {}\nuptake = {:e}\nuptake_half_dose = {}\n\
         [[condition]]\nname = \"c\"\nmedium = {{ doses = {{ m = {} }}, every = \"100 h\" }}\n",
        0.35 * unit,
        uptake * unit,
        0.35 * unit,
        unit
    )
}

/// Michaelis and Menten in a stirred well: y + ln y falls by the volume that is cleared over the volume that there is.
#[test]
fn uptake_follows_its_closed_form_in_any_unit_step_and_layer() {
    let (start, cones, hours) = (1.0 / 0.35, 50.0, 4.0);
    for (engine, unit, step, uptake, layer_um) in [
        ("cpu", 1.0, "1 min", 350.0, 20.0),
        ("cpu", 1e-4, "1 min", 350.0, 20.0),
        ("cpu", 1e5, "1 min", 350.0, 20.0),
        ("cpu", 1.0, "10 s", 350.0, 20.0),
        ("cpu", 1.0, "10 min", 350.0, 20.0),
        ("cpu", 1.0, "10 min", 3_500.0, 200.0),
        ("gpu", 1e-4, "1 min", 350.0, 20.0),
        ("gpu", 1.0, "10 min", 3_500.0, 200.0),
    ] {
        let plate = plate(&takers(unit, step, uptake, &format!("{layer_um} um")));
        let Some(found) = readouts(engine, &plate) else {
            continue;
        };
        let cleared = cones * uptake / 0.35 * hours / (80.0 * 80.0 * layer_um);
        let goal = start + f64::ln(start) - cleared;
        let mut y: f64 = 0.5;
        for _ in 0..60 {
            y *= (1.0 + goal - y.ln()) / (1.0 + y);
        }
        let expected = 0.35 * y;
        assert!(expected < 0.7, "hardly anything is taken up");
        let left = at_end(&found, 0, Readout::MyokineMean(0)) / unit;
        assert_within(
            0.01,
            left,
            expected,
            &format!("{engine}, unit {unit}, {step}, {layer_um} µm"),
        );
    }
}

/// All doses in another unit: the same plate.
#[test]
fn a_plate_is_the_same_in_any_unit_of_doses() {
    let text = |unit: f64| {
        format!(
            "name = \"t\"\nduration = \"6 h\"\nrecord_every = \"6 h\"\n[well]\nsize = [\"0.6 mm\", \"0.6 mm\"]\n\
             [[explant]]\nat = [\"0.3 mm\", \"0.3 mm\"]\nradius = \"80 um\"\nneurons = 30\n\
             [[myokine]]\nname = \"m\"\nhalf_dose = {0}\nuptake = {0}e3\nuptake_half_dose = {0}\n\
             [[condition]]\nname = \"c\"\nwells = 2\nmedium = {{ doses = {{ m = {0} }}, every = \"24 h\" }}\n\
             source = [{{ region = [\"0 um\", \"0 um\", \"55 um\", \"600 um\"], rate = \"{0} /h\" }}]\n",
            unit
        )
    };
    for engine in ["cpu", "gpu"] {
        let Some(usual) = readouts(engine, &plate(&text(1.0))) else {
            continue;
        };
        for unit in [1.0 / 1024.0, 1e-5, 1e4] {
            let other = readouts(engine, &plate(&text(unit))).expect("as before");
            for (readout, unit, allowed) in [
                (Readout::MyokineMean(0), unit, 1e-4),
                (Readout::TrophicGainMean, 1.0, 1e-3),
                (Readout::NeuriteLengthTotal, 1.0, 0.01),
            ] {
                let (found, expected) = (at_end(&other, 0, readout) / unit, at_end(&usual, 0, readout));
                assert_within(
                    allowed,
                    found,
                    expected,
                    &format!("{engine}, unit {unit}: {}", readout.name()),
                );
            }
        }
    }
}

/// Tips multiply as e^(rate · time), whatever the step and however far apart points are recorded.
#[test]
fn tips_multiply_alike_in_any_step() {
    let tips = |step: &str, segment: &str| {
        let text = format!(
            "name = \"t\"\nduration = \"10 h\"\nstep = \"{step}\"\nrecord_every = \"10 h\"\nvariation.scale = 0\nbranching = {{ rate = \"0.1 /h\" }}\n\
             growth_cone = {{ segment = \"{segment}\", retracting = 0, speed_spread = \"0 um/h\" }}\n\
             [well]\nsize = [\"4 mm\", \"4 mm\"]\n[[explant]]\nat = [\"2 mm\", \"2 mm\"]\nneurons = 15000\n[[condition]]\nname = \"c\"\n"
        );
        at_end(&readouts("cpu", &plate(&text)).expect("there"), 0, Readout::Tips) / 15_000.0
    };
    // Three standard errors of a Yule process from 15,000 tips are 2 % of it. What splits in the last step of half an hour is told apart
    // only after the next; of that there is a warning.
    for (step, step_h, segment, allowed) in [
        ("2 min", 1.0 / 30.0, "5 um", 0.02),
        ("10 min", 1.0 / 6.0, "5 um", 0.02),
        ("10 min", 1.0 / 6.0, "20 um", 0.02),
        ("30 min", 0.5, "5 um", 0.05),
    ] {
        // Of the seven branches of ten that are splits, those of the last step are still one tip.
        let told_apart = 1.0 - 0.7 * 0.1 * step_h;
        assert_within(
            allowed,
            tips(step, segment),
            told_apart * 1.0f64.exp(),
            &format!("{step}, {segment}"),
        );
    }
}

/// A source and a drop bring what they say, wherever their edges lie between the voxels.
#[test]
fn sources_bring_what_they_say_for_any_voxel() {
    let mass = |voxel: &str, region: &str| {
        let text = format!(
            "name = \"t\"\nduration = \"1 h\"\nrecord_every = \"1 h\"\n[well]\nsize = [\"1.2 mm\", \"1.2 mm\"]\nvoxel = \"{voxel}\"\n\
             [[myokine]]\nname = \"m\"\nhalf_life = \"1e5 h\"\n[[condition]]\nname = \"c\"\nsource = [{{ region = {region}, rate = \"1 /h\" }}]\n"
        );
        plate(&text)
    };
    for voxel in ["5 um", "20 um", "40 um", "100 um"] {
        for (region, area_um2) in [
            (r#"["0 um", "0 um", "20 um", "1000 um"]"#, 20_000.0),
            (r#"["10 um", "3 um", "41 um", "503 um"]"#, 15_500.0),
            (r#"["777 um", "1 um", "781 um", "301 um"]"#, 1_200.0),
        ] {
            let engines: &[&str] = if voxel == "40 um" { &["cpu", "gpu"] } else { &["cpu"] };
            for engine in engines {
                if let Some(found) = readouts(engine, &mass(voxel, region)) {
                    let found = at_end(&found, 0, Readout::MyokineMass(0));
                    assert_within(1e-3, found, area_um2 * 20.0, &format!("{engine}, {voxel}: {region}"));
                }
            }
        }
    }
}

/// Between two reservoirs the dose rises in a straight line from face to face, also where the faces lie between voxels.
#[test]
fn a_reservoir_ends_at_its_face() {
    for (voxel_um, near_um, far_um) in [
        (5.0, 100.0, 1100.0),
        (20.0, 100.0, 1100.0),
        (100.0, 100.0, 1100.0),
        (20.0, 104.0, 1093.0),
        (50.0, 120.0, 1077.0),
    ] {
        let text = format!(
            "name = \"t\"\nduration = \"3 h\"\nstep = \"2 min\"\nrecord_every = \"3 h\"\n\
             [well]\nsize = [\"1.2 mm\", \"0.2 mm\"]\nvoxel = \"{voxel_um} um\"\n[[myokine]]\nname = \"m\"\nhalf_life = \"1e5 h\"\n\
             [[condition]]\nname = \"c\"\nreservoir = [{{ region = [\"0 um\", \"0 um\", \"{near_um} um\", \"200 um\"], dose = 0 }},\
             {{ region = [\"{far_um} um\", \"0 um\", \"1200 um\", \"200 um\"], dose = 1 }}]\n"
        );
        let plate = plate(&text);
        let check = |name: &str, engine: &mut dyn Engine| {
            engine.advance(plate.steps).expect("advance");
            let world = engine.world().expect("state");
            let columns = plate.domain.voxels[0] as usize;
            let first = world.concentrations.len() - plate.domain.voxel_count();
            for (column, &found) in world.concentrations[first..first + columns].iter().enumerate() {
                let at_um = (column as f64 + 0.5) * voxel_um;
                let expected = (at_um - near_um) / (far_um - near_um);
                if (0.0..1.0).contains(&expected) {
                    assert!(
                        (f64::from(found) - expected).abs() < 2e-3,
                        "{name}, voxel {voxel_um}: {found} instead of {expected} at {at_um} µm"
                    );
                }
            }
        };
        on_engine("cpu", &plate, check);
        if voxel_um >= 50.0 {
            on_engine("gpu", &plate, check);
        }
    }
}

/// Myokine that is gone within seconds reaches as far as √(D/λ) says, at the usual step too.
#[test]
fn fast_decay_keeps_its_reach() {
    let text = "name = \"t\"\nduration = \"5 min\"\nrecord_every = \"5 min\"\n[well]\nsize = [\"600 um\", \"40 um\"]\nvoxel = \"5 um\"\n\
                [[myokine]]\nname = \"m\"\nhalf_life = \"3.6 s\"\n[[condition]]\nname = \"c\"\n\
                reservoir = [{ region = [\"0 um\", \"0 um\", \"100 um\", \"40 um\"], dose = 1 }]\n";
    let plate = plate(text);
    on_every_engine(&plate, |name, engine| {
        engine.advance(5).expect("advance");
        let world = engine.world().expect("state");
        let first = world.concentrations.len() - plate.domain.voxel_count();
        let reach_um = (120.0 / (std::f64::consts::LN_2 / 3.6)).sqrt();
        for at_um in [12.5, 52.5, 102.5] {
            let found = f64::from(world.concentrations[first + (20.0 + at_um / 5.0) as usize]);
            assert_within(0.06, found, (-at_um / reach_um).exp(), &format!("{name}, {at_um} µm"));
        }
    });
}

/// The area over which axons have spread has cells of its own; nothing else depends on the voxels of a field that is not there.
#[test]
fn spread_area_does_not_follow_the_voxels() {
    let areas = ["10 um", "20 um", "100 um"].map(|voxel| {
        let text = format!(
            "name = \"t\"\nduration = \"8 h\"\nrecord_every = \"8 h\"\n[well]\nsize = [\"2 mm\", \"2 mm\"]\nvoxel = \"{voxel}\"\n\
             [[explant]]\nat = [\"1 mm\", \"1 mm\"]\nneurons = 40\n[[condition]]\nname = \"c\"\n"
        );
        at_end(&readouts("cpu", &plate(&text)).expect("there"), 0, Readout::SpreadArea)
    });
    assert!(
        areas[0] > 0.0 && areas[0] == areas[1] && areas[0] == areas[2],
        "{areas:?}"
    );
}

/// The rate over a run is the same to the last bit, whether it was recorded hourly or at its end alone.
#[test]
fn rates_do_not_depend_on_how_often_they_are_recorded() {
    let rate = |record: &str| {
        let text = format!(
            "name = \"t\"\nduration = \"24 h\"\nstep = \"5 min\"\nrecord_every = \"{record}\"\nbranching = {{ rate = \"0.1 /h\" }}\n\
             [well]\nsize = [\"2 mm\", \"2 mm\"]\n[[explant]]\nat = [\"1 mm\", \"1 mm\"]\nneurons = 40\n[[condition]]\nname = \"c\"\n"
        );
        rates_over_the_run(&readouts("cpu", &plate(&text)).expect("there"), 0)
    };
    let (often, once) = (rate("1 h"), rate("24 h"));
    assert!(often[0] > 1.0);
    assert_eq!(often, once);
}

/// Cones and paths of the wells of a condition, with the places of neurons and cones counted from the well's own first.
fn course(plate: &Plate, world: &World, condition: &str) -> Vec<String> {
    let places = plate.wells();
    let of_condition = |well: u32| plate.conditions[places[well as usize].condition].name == condition;
    let cones = world
        .cones
        .iter()
        .zip(&world.paths)
        .filter(|(cone, _)| of_condition(cone.well));
    let mut course: Vec<String> = cones
        .map(|(cone, path)| {
            let replicate = places[cone.well as usize].replicate;
            format!(
                "{replicate} {:08x} {:?} {:?} {} {:?} {path:?}",
                cone.id, cone.base_um, cone.reach_um, cone.mode, cone.dose
            )
        })
        .collect();
    // New cones of all wells stand one behind the other, in the order of birth.
    course.sort_unstable();
    course
}

/// A well's course is its own: other conditions, their order and their number do not touch a bit of it, nor how it is cut.
#[test]
fn a_well_does_not_depend_on_its_neighbours() {
    let condition = |name: &str| match name {
        "fed" => "[[condition]]\nname = \"fed\"\nwells = 2\nmedium = { doses = { m = 0.5 }, every = \"24 h\" }\n",
        "beside muscle" => {
            "[[condition]]\nname = \"beside muscle\"\nmuscle = { region = [\"0 um\", \"0 um\", \"95 um\", \"500 um\"] }\n"
        }
        "strong" => "[[condition]]\nname = \"strong\"\nmedium = { doses = { m = 1e4 }, every = \"24 h\" }\n",
        _ => "[[condition]]\nname = \"moved\"\nactuation = { strain = \"uniaxial\" }\n",
    };
    let with = |names: &[&str]| {
        let conditions: String = names.iter().map(|name| condition(name)).collect();
        plate(&format!(
            "name = \"t\"\nduration = \"6 h\"\nstep = \"5 min\"\nseed = 3\nbranching = {{ rate = \"0.3 /h\" }}\ninjury = {{ degeneration = \"2 h\" }}\n\
             [well]\nsize = [\"0.5 mm\", \"0.5 mm\"]\n[[explant]]\nat = [\"0.25 mm\", \"0.25 mm\"]\nradius = \"60 um\"\nneurons = 12\n\
             [[myokine]]\nname = \"m\"\nuptake = 300\n{conditions}"
        ))
    };
    for engine in ["cpu", "gpu"] {
        let courses = |names: &[&str]| {
            let plate = with(names);
            let mut found = None;
            on_engine(engine, &plate, |_, engine| {
                engine.advance(plate.steps).expect("advance");
                let world = engine.world().expect("state").clone();
                found = Some((plate.clone(), world));
            });
            found
        };
        let Some((plate, world)) = courses(&["fed", "beside muscle", "strong", "moved"]) else {
            continue;
        };
        for names in [
            vec!["fed"],
            vec!["moved", "strong", "beside muscle", "fed"],
            vec!["beside muscle", "fed"],
        ] {
            let (other_plate, other_world) = courses(&names).expect("as before");
            for name in names {
                let (expected, found) = (course(&plate, &world, name), course(&other_plate, &other_world, name));
                assert!(expected.len() > 12, "nothing branched");
                assert!(
                    expected == found,
                    "{engine}: {name} goes another way among {:?}",
                    other_plate.conditions.len()
                );
            }
        }
        let mut other_seed = with(&["fed"]);
        other_seed.seed = 4;
        on_engine(engine, &other_seed, |_, engine| {
            engine.advance(other_seed.steps).expect("advance");
            let other = course(&other_seed, engine.world().expect("state"), "fed");
            assert!(other != course(&plate, &world, "fed"), "another seed is the same run");
        });
    }
    // What a cut leaves falls to the same pieces in either place.
    let severed = |names: &[&str]| {
        let plate = with(names);
        let tables = outgrowth::model::tables::Tables::of(&plate);
        let mut world = outgrowth::model::seeding::seed(&plate, &tables);
        let all = Cut::Region(Region {
            low_um: glam::DVec3::ZERO,
            high_um: glam::DVec3::splat(600.0),
        });
        let after = Aftermath {
            lag: 1,
            degeneration: 1000,
        };
        cut(&mut world, |well| Some(tables.wells[well].key), &all, after);
        let of_fed = |well: u32| plate.conditions[plate.wells()[well as usize].condition].name == "fed";
        let fed = world.severed.iter().filter(|severed| of_fed(severed.well));
        fed.map(|severed| (0..1000).map(|step| severed.pieces_left(step).count()).sum::<usize>())
            .collect::<Vec<_>>()
    };
    assert_eq!(severed(&["fed", "moved"]), severed(&["moved", "fed"]));
}

/// Two seeds that a key of 32 bits took for one.
#[test]
fn seeds_that_once_met_are_two_runs() {
    let of_seed = |seed: u64| {
        let text = format!(
            "name = \"t\"\nduration = \"10 min\"\nseed = {seed}\n[well]\nsize = [\"1 mm\", \"1 mm\"]\n\
             [[explant]]\nat = [\"0.5 mm\", \"0.5 mm\"]\nneurons = 5\n[[condition]]\nname = \"c\"\n"
        );
        let plate = plate(&text);
        let tables = outgrowth::model::tables::Tables::of(&plate);
        outgrowth::model::seeding::seed(&plate, &tables).neurons[0].soma_um()
    };
    assert_ne!(of_seed(303_020), of_seed(318_429));
}
