//! Walls that stand in a well: cells and axons stay in the gel, and a wall makes no slope of myokine.

use crate::common::{on_every_engine, plate_of_cones, running_cones};
use glam::{DVec3, Vec4Swizzles};
use outgrowth::model::domain::{Domain, Region};
use outgrowth::model::parameters::Myokine;
use outgrowth::model::plate::{DoseUnit, Medium, MediumSource, Plate, Species, SteadySource};
use outgrowth::model::sampling::{sample, sense_wall};
use outgrowth::model::tables::Tables;
use outgrowth::model::world::World;

/// Half a voxel: how far a corner of a wall may be rounded.
const ROUNDED_UM: f32 = 5.0;

/// A well of 400 µm, walled but for a slanting channel of 100 µm, with neurons in its middle.
fn channel(neurons: u32) -> Plate {
    let mut biology = running_cones(20.0, 4.0, 200.0);
    biology.soma.speed_um_per_h = 4.0;
    let mut plate = plate_of_cones(neurons, 1.0, 1.0, biology);
    let (across, voxel_um) = (40, 10.0);
    let solid = |voxel: u32| {
        let (x, y) = (f64::from(voxel % across) + 0.5, f64::from(voxel / across) + 0.5);
        ((y - 20.0) - 0.4 * (x - 20.0)).abs() > 5.0
    };
    plate.domain = Domain {
        voxels: [across, across, 1],
        voxel_um,
        walls: (0..across * across).map(solid).collect(),
    };
    plate.explants[0].at_um = DVec3::new(200.0, 200.0, 5.0);
    plate.explants[0].explant.radius_um = 80.0;
    plate
}

/// The deepest that a soma or a point of an axon lies in a wall, µm.
fn deepest(tables: &Tables, world: &World) -> f32 {
    let nodes = world.paths.iter().flatten().map(|node| node.truncate());
    let tips = world.cones.iter().map(|cone| cone.tip_um());
    let somata = world.neurons.iter().map(|neuron| neuron.soma_um);
    let depth = |place| sense_wall(&tables.domain, tables.clearance(), place).map_or(0.0, |wall| -wall.w);
    nodes.chain(tips).chain(somata).map(depth).fold(0.0, f32::max)
}

#[test]
fn axons_and_somata_stay_in_the_gel_and_run_along_the_walls() {
    let plate = channel(60);
    let tables = Tables::of(&plate);
    on_every_engine(&plate, |name, engine| {
        let before = engine.world().expect("state").clone();
        assert!(deepest(&tables, &before) < 0.5, "{name}: neurons were seeded in a wall");
        engine.advance(1200).expect("advance");
        let world = engine.world().expect("state");
        let depth = deepest(&tables, world);
        assert!(depth < ROUNDED_UM, "{name}: {depth} µm deep in a wall");
        // Guided by the channel: along it, not across.
        let way = |cone: usize| (world.cones[cone].tip_um() - before.cones[cone].tip_um()).as_dvec3();
        let along = DVec3::new(1.0, 0.4, 0.0).normalize();
        let guided = (0..60).filter(|&cone| way(cone).dot(along).abs() > 0.8 * way(cone).length());
        assert!(guided.count() > 48, "{name}: axons do not follow the channel");
        assert!(
            (0..60).all(|cone| world.cones[cone].path_length_um() > 100.0),
            "{name}: axons got stuck"
        );
    });
}

#[test]
fn without_the_walls_axons_would_lie_in_them() {
    let plate = channel(60);
    let tables = Tables::of(&plate);
    let mut open = plate;
    open.domain.walls.clear();
    on_every_engine(&open, |name, engine| {
        engine.advance(1200).expect("advance");
        let depth = deepest(&tables, engine.world().expect("state"));
        assert!(depth > ROUNDED_UM, "{name}: the test would pass without walls");
    });
}

/// A linear field between two plane walls: linear along them, and without slope across them right up to the wall.
#[test]
fn a_wall_makes_no_slope() {
    let mut plate = channel(1);
    let species = |name: &str| Species {
        name: name.into(),
        unit: DoseUnit::Relative,
        myokine: Myokine::default(),
    };
    plate.myokines = vec![species("m")];
    plate.conditions[0].medium = Some(Medium {
        from: MediumSource::Doses(vec![1.0]),
        every_h: 24.0,
        start_h: 0.0,
    });
    plate.conditions[0].sources = vec![SteadySource {
        region: Region {
            low_um: DVec3::ZERO,
            high_um: DVec3::splat(10.0),
        },
        species: 0,
        rate_per_h: 0.0,
    }];
    plate.domain.walls = (0..1600).map(|voxel| !(15..25).contains(&(voxel / 40))).collect();
    let mut tables = Tables::of(&plate);
    let cells: Vec<f32> = (0..1600)
        .map(|voxel| {
            if (15..25).contains(&(voxel / 40)) {
                1.0 + 0.01 * (voxel % 40) as f32
            } else {
                0.0
            }
        })
        .collect();
    for y in [150.5, 153.0, 200.0, 248.0, 249.9] {
        let field = sample(&tables.domain, &cells, glam::Vec3::new(203.0, y, 5.0));
        assert!(
            (field.xyz() - glam::Vec3::new(0.001, 0.0, 0.0)).length() < 1e-6,
            "{field} at {y}"
        );
        assert!((field.w - (1.0 + 0.01 * 19.8)).abs() < 1e-5, "{field} at {y}");
    }
    tables.domain.walls.clear();
    let blind = sample(&tables.domain, &cells, glam::Vec3::new(203.0, 150.5, 5.0));
    assert!(
        blind.y > 0.01,
        "a wall that counts as empty would pass as well: {blind}"
    );
}
