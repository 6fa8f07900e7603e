//! Same engine, same seed, same bits: whatever the threads, whatever the batches.

use crate::common::plate_of_cones;
use glam::DVec3;
use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::model::biology::Biology;
use outgrowth::model::domain::Region;
use outgrowth::model::parameters::{Actuation, Light, Myokine, Tow};
use outgrowth::model::plate::{
    Condition, DoseUnit, Medium, MediumSource, MusclePatch, Plate, Reservoir, Species, StrainMode, StrainProtocol,
};
use outgrowth::model::world::World;

/// Two wells in which everything happens.
fn everything(in_space: bool) -> Plate {
    let mut biology = Biology::default();
    biology.branching.rate_per_h = 0.05;
    biology.growth_cone.adaptation = 0.3;
    let mut plate = plate_of_cones(400, 1.0, 5.0, biology);
    plate.domain.voxel_um = 20.0;
    plate.domain.voxels = if in_space { [100, 77, 8] } else { [300, 253, 1] };
    plate.explants[0].at_um = DVec3::new(400.0, 350.0, 60.0);
    plate.explants[0].explant.radius_um = 50.0;
    let myokine = Myokine {
        uptake_um3_per_h: 3e2,
        ..Myokine::default()
    };
    plate.myokines = vec![Species {
        name: "m".into(),
        unit: DoseUnit::Relative,
        myokine,
    }];
    plate.conditions[0].muscle = Some(MusclePatch {
        region: Region {
            low_um: DVec3::new(600.0, 0.0, 0.0),
            high_um: DVec3::new(800.0, 700.0, 120.0),
        },
        light: Some(Light::default()),
        lit: None,
        upright: true,
    });
    plate.conditions[0].reservoirs = vec![Reservoir {
        region: Region {
            low_um: DVec3::ZERO,
            high_um: DVec3::new(40.0, 700.0, 120.0),
        },
        doses: vec![0.2],
    }];
    let mut moved = Condition::untreated("moved", 1, biology);
    moved.medium = Some(Medium {
        from: MediumSource::ExercisedMuscle(Light::default()),
        every_h: 24.0,
        start_h: 0.0,
    });
    moved.actuation = Some(StrainProtocol {
        strain: StrainMode::Uniaxial,
        actuation: Actuation::default(),
        resolved: false,
    });
    moved.tow = Some(Tow {
        session_h: 1.0,
        every_h: 8.0,
        ..Tow::default()
    });
    plate.conditions.push(moved);
    plate
}

fn run(plate: &Plate, threads: usize, batches: &[u32]) -> World {
    let mut engine = CpuEngine::new(plate.clone(), Some(threads), "test").expect("threads start");
    for &steps in batches {
        engine.advance(steps).expect("advance");
    }
    engine.world().expect("state").clone()
}

#[test]
fn thread_count_and_batches_do_not_matter() {
    for in_space in [false, true] {
        let plate = everything(in_space);
        let once = run(&plate, 1, &[600]);
        assert!(
            once.cones.len() > 2000 && once.paths.iter().any(|path| path.len() > 20),
            "too little happened"
        );
        assert_eq!(once, run(&plate, 1, &[600]), "two runs");
        assert_eq!(once, run(&plate, 2, &[600]), "two threads");
        assert_eq!(
            once,
            run(&plate, 3, &[1, 7, 100, 492]),
            "three threads and other batches"
        );
        let mut other = plate.clone();
        other.seed = 2;
        assert_ne!(once, run(&other, 1, &[600]), "another seed must differ");
    }
}

#[test]
fn a_loaded_state_goes_on_as_if_never_stopped() {
    let plate = everything(false);
    let mut engine = CpuEngine::new(plate.clone(), Some(2), "test").expect("threads start");
    engine.load(run(&plate, 2, &[250])).expect("fits");
    engine.advance(350).expect("advance");
    assert_eq!(*engine.world().expect("state"), run(&plate, 2, &[600]));
}

/// A well's fate does not depend on the wells after it.
#[test]
fn wells_do_not_disturb_each_other() {
    let both = everything(false);
    let mut alone = both.clone();
    alone.conditions.truncate(1);
    let (both, alone) = (run(&both, 2, &[400]), run(&alone, 2, &[400]));
    let first_well = |world: &World| -> Vec<_> {
        let in_well = world.cones.iter().zip(&world.paths).filter(|(cone, _)| cone.well == 0);
        in_well
            .map(|(cone, path)| (cone.id, cone.tip_um(), path.clone()))
            .collect()
    };
    assert_eq!(first_well(&both), first_well(&alone));
}

/// A small plate with these conditions.
fn packable(name: &str, seed: u32, conditions: &str) -> Plate {
    let text = format!(
        "name = \"{name}\"\nseed = {seed}\nduration = \"4 h\"\nstep = \"2 min\"\nrecord_every = \"2 h\"\n\
         [well]\nsize = [\"0.8 mm\", \"0.8 mm\"]\nvoxel = \"20 um\"\n\
         [[explant]]\nat = [\"0.4 mm\", \"0.4 mm\"]\nradius = \"60 um\"\nneurons = 12\n\
         [branching]\nrate = \"0.2 /h\"\n[fasciculation]\nalignment = \"2 rad/h\"\n[[myokine]]\nname = \"m\"\n{conditions}"
    );
    let read = outgrowth::scenario::read(&text, name, &[], &outgrowth::scenario::Surroundings::none());
    read.expect("sound").plate
}

/// The SWC files of a condition's wells after a run.
fn axons_of(plate: &Plate, condition: &str) -> Vec<String> {
    let world = run(plate, 2, &[plate.steps]);
    let forest = outgrowth::readout::topology::Forest::new(&world);
    let wells = plate.wells();
    (0..world.neurons.len())
        .filter(|&neuron| plate.conditions[wells[world.neurons[neuron].well as usize].condition].name == condition)
        .map(|neuron| outgrowth::export::swc::swc(plate, &world, &forest, neuron))
        .collect()
}

const EXERCISED: &str = "medium = { from = \"exercised muscle\" }";

#[test]
fn packed_plates_leave_the_files_that_each_leaves_alone() {
    let control = "[[condition]]\nname = \"control\"\nwells = 2\n";
    let first = packable("first", 1, control);
    let second = packable("second", 7, &format!("{control}{EXERCISED}\n"));
    let packed = packable(
        "packed",
        3,
        &format!(
            "[[condition]]\nname = \"b\"\nwells = 2\n{EXERCISED}\n\
             origin = {{ plate = \"second\", seed = 7, condition = \"control\" }}\n\
             [[condition]]\nname = \"own\"\n\
             [[condition]]\nname = \"a\"\nwells = 2\norigin = {{ plate = \"first\", seed = 1, condition = \"control\" }}\n"
        ),
    );
    assert_eq!(axons_of(&packed, "a"), axons_of(&first, "control"));
    assert_eq!(axons_of(&packed, "b"), axons_of(&second, "control"));
    // A condition in front, and another order.
    let alone = packable("one", 1, control);
    let among = packable(
        "one",
        1,
        &format!("[[condition]]\nname = \"x\"\n{EXERCISED}\n{control}"),
    );
    assert_eq!(axons_of(&among, "control"), axons_of(&alone, "control"));
    // Each part of the origin counts.
    for other in ["plate = \"other\"", "seed = 2", "condition = \"x\""] {
        let changed = packable("one", 1, &format!("{control}origin = {{ {other} }}\n"));
        assert_ne!(axons_of(&changed, "control"), axons_of(&alone, "control"), "{other}");
    }
}
