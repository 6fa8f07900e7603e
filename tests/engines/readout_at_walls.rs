//! The slope of the myokine that is recorded is the one that growth cones feel: at walls, and beyond the outer voxel centres.

use crate::common::{on_every_engine, plate_of_cones, running_cones};
use glam::{DVec3, Vec3};
use outgrowth::model::domain::{Domain, Region};
use outgrowth::model::layout::Cone;
use outgrowth::model::parameters::Myokine;
use outgrowth::model::plate::{DoseUnit, Plate, Species, SteadySource};
use outgrowth::model::world::World;
use outgrowth::readout::field::grids;
use outgrowth::readout::{Readout, Recorder};

/// Voxels along x and y, 10 µm each.
const ACROSS: u32 = 40;
/// Where cones stand, µm: beside the walls of a channel in y from 150 to 250 µm, in its middle, and beside the well's rim.
const PLACES: [[f32; 2]; 7] = [
    [203.0, 150.5],
    [203.0, 153.0],
    [203.0, 200.0],
    [203.0, 249.9],
    [2.0, 200.0],
    [398.5, 152.0],
    [77.7, 246.0],
];

fn is_open(voxel: u32) -> bool {
    (15..25).contains(&(voxel / ACROSS))
}

/// A well with a channel along x in it, two neurons for each place, and one myokine that stays where it is.
fn channel() -> Plate {
    let mut biology = running_cones(1.0, 0.0, 1e6);
    biology.growth_cone.rate_modulation = 0.9;
    biology.growth_cone.receptors = 1e5;
    let mut plate = plate_of_cones(2 * PLACES.len() as u32, 1.0, 1.0, biology);
    plate.domain = Domain {
        voxels: [ACROSS, ACROSS, 1],
        voxel_um: 10.0,
        layer_um: 20.0,
        walls: (0..ACROSS * ACROSS).map(|voxel| !is_open(voxel)).collect(),
    };
    plate.explants[0].at_um = DVec3::new(200.0, 200.0, 5.0);
    plate.myokines = vec![Species {
        name: "myokine".into(),
        unit: DoseUnit::Relative,
        myokine: Myokine {
            diffusivity_um2_per_h: 0.0,
            half_life_h: 1e30,
            half_dose: 2.0,
            hill: 1.0,
            ..Myokine::default()
        },
    }];
    // A source of nothing: the well has a grid, and nothing is released.
    plate.conditions[0].sources = vec![SteadySource {
        region: Region {
            low_um: DVec3::ZERO,
            high_um: DVec3::splat(10.0),
        },
        species: 0,
        rate_per_h: 0.0,
    }];
    plate
}

/// Two cones at each place, one that heads along x and one along y, in a field that rises along the channel and a little
/// across it.
fn put_in_place(plate: &Plate, world: &mut World) {
    let World { state, paths } = world;
    for (index, cone) in state.cones.iter_mut().enumerate() {
        let [x, y] = PLACES[index / 2];
        cone.base_um = Vec3::new(x, y, 5.0);
        cone.reach_um = Vec3::ZERO;
        cone.heading = [Vec3::X, Vec3::Y][index % 2];
        cone.nodes = 1;
        cone.anchored = 1;
        cone.base_length_um = 0.0;
        paths[index] = vec![cone.base_um.extend(0.0)];
    }
    let first = grids(plate)[0].expect("a grid");
    for voxel in 0..ACROSS * ACROSS {
        let (x, y) = ((voxel % ACROSS) as f32, (voxel / ACROSS) as f32);
        let dose = 1.0 + 0.01 * x + 0.004 * y;
        world.concentrations[first + voxel as usize] = if is_open(voxel) { dose } else { 0.0 };
    }
}

/// The recorded slope, per 10 µm.
fn recorded(plate: &Plate, world: &World) -> f64 {
    let mut recorder = Recorder::new(plate);
    recorder.record(plate, world);
    let time_h = f64::from(world.step) * plate.step_h;
    recorder
        .readouts()
        .values_at(Readout::MyokineSlopeAtConesMean(0), 0, time_h)[0]
}

#[test]
fn the_recorded_slope_is_the_one_that_cones_feel() {
    let plate = channel();
    let growth_cone = &plate.conditions[0].biology.growth_cone;
    let species = &plate.myokines[0].myokine;
    // The slope per 10 um that two cones at a place, one along x and one along y, grow faster by.
    let slope_felt = |pair: &[Cone]| {
        let [x, y] = [0, 1].map(|i| f64::from(pair[i].gain / pair[i].trophic_gain) - 1.0);
        let share = x.hypot(y) / growth_cone.rate_modulation;
        let dose = f64::from(pair[0].dose);
        let bound = dose / (dose + species.half_dose);
        let cue = share / (1.0 - share) / growth_cone.readings().sqrt();
        10.0 * cue / (growth_cone.width_um * (bound * (1.0 - bound)).sqrt())
    };
    on_every_engine(&plate, |name, engine| {
        let mut world = engine.world().expect("state").clone();
        put_in_place(&plate, &mut world);
        engine.load(world.clone()).expect("loaded");
        engine.advance(1).expect("advance");
        let cones = &engine.world().expect("state").cones;
        let felt = cones.chunks(2).map(slope_felt).sum::<f64>() / PLACES.len() as f64;
        let found = recorded(&plate, &world);
        assert!(
            (found / felt - 1.0).abs() < 1e-4,
            "{name}: {found} is recorded and {felt} is felt"
        );

        let mut open = plate.clone();
        open.domain.walls.clear();
        let blind = recorded(&open, &world);
        assert!(
            blind > 10.0 * felt,
            "{name}: {blind} without walls: the test would pass without them"
        );
    });
}
