//! Walls that stand in a well: cells and axons stay in the gel, and a wall makes no slope of myokine.

use crate::common::{on_every_engine, plate_of_cones, running_cones};
use glam::{DVec3, Vec4Swizzles};
use outgrowth::model::domain::{Domain, Region};
use outgrowth::model::parameters::{Myokine, Tow};
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
        layer_um: 20.0,
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
    let somata = world.neurons.iter().map(|neuron| neuron.soma_um());
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

/// The voxels that myokine reaches from where a neuron begins: across faces, not over edges and corners.
fn reached(plate: &Plate, from: usize) -> Vec<bool> {
    let [nx, ny, nz] = plate.domain.voxels.map(|n| n as usize);
    let mut reached = vec![false; plate.domain.voxel_count()];
    let mut left = vec![from];
    while let Some(voxel) = left.pop() {
        if reached[voxel] || plate.domain.walls[voxel] {
            continue;
        }
        reached[voxel] = true;
        let (x, y, z) = (voxel % nx, voxel / nx % ny, voxel / (nx * ny));
        left.extend((x > 0).then(|| voxel - 1));
        left.extend((x + 1 < nx).then_some(voxel + 1));
        left.extend((y > 0).then(|| voxel - nx));
        left.extend((y + 1 < ny).then_some(voxel + nx));
        left.extend((z > 0).then(|| voxel - nx * ny));
        left.extend((z + 1 < nz).then_some(voxel + nx * ny));
    }
    reached
}

/// Places along all axons, a twentieth of a voxel apart, and the somata.
fn places(plate: &Plate, world: &World) -> Vec<DVec3> {
    let mut places: Vec<DVec3> = world.neurons.iter().map(|neuron| neuron.soma_um().as_dvec3()).collect();
    for (cone, path) in world.cones.iter().zip(&world.paths) {
        let points: Vec<DVec3> = path
            .iter()
            .map(|node| node.truncate().as_dvec3())
            .chain(cone.is_alive().then(|| cone.tip_um().as_dvec3()))
            .collect();
        for pair in points.windows(2) {
            let parts = (20.0 * pair[0].distance(pair[1]) / plate.domain.voxel_um)
                .ceil()
                .max(1.0) as u32;
            places.extend((0..=parts).map(|part| pair[0].lerp(pair[1], f64::from(part) / f64::from(parts))));
        }
    }
    places
}

/// What lets no myokine through lets no axon through: a line of pixels that touch by their corners, a wall of one voxel,
/// crossed by cones that advance many voxels in a step, by tows, from an explant that lies over it.
#[test]
fn nothing_passes_where_no_myokine_passes() {
    let across = 60u32;
    let diagonal = |voxel: u32| voxel % across == voxel / across + 12;
    let thin = |voxel: u32| voxel % across == 38;
    let room = |voxel: u32| {
        let (x, y) = (voxel % across, voxel / across);
        (x == 20 || x == 45 || y == 18 || y == 42) && !(x == 45 && y == 30)
    };
    let walls: [(&str, &dyn Fn(u32) -> bool); 3] =
        [("diagonal", &diagonal), ("thin", &thin), ("room with a door", &room)];
    for (what, solid) in walls {
        for (step_min, tow_nn) in [(1.0, 0.0), (20.0, 0.0), (60.0, 0.0), (10.0, 3.0)] {
            let mut biology = running_cones(30.0, 10.0, 200.0);
            biology.branching.rate_per_h = 0.02;
            biology.growth_cone.retracting = 0.1;
            biology.growth_cone.segment_um = 12.0;
            biology.soma.speed_um_per_h = 6.0;
            let mut plate = plate_of_cones(40, 1.0, step_min, biology);
            plate.domain = Domain {
                voxels: [across, across, 1],
                voxel_um: 10.0,
                layer_um: 20.0,
                walls: (0..across * across).map(solid).collect(),
            };
            plate.explants[0].at_um = DVec3::new(320.0, 305.0, 5.0);
            plate.explants[0].explant.radius_um = 90.0;
            if tow_nn > 0.0 {
                plate.conditions[0].tow = Some(Tow {
                    force_nn: tow_nn,
                    ..Tow::default()
                });
            }
            let inside = reached(&plate, plate.domain.voxel_at(plate.explants[0].at_um));
            assert!(inside.contains(&false), "{what}: no wall, no test");
            on_every_engine(&plate, |name, engine| {
                let hours = if name == "cpu" { 40.0 } else { 12.0 };
                engine.advance((60.0 * hours / step_min) as u32).expect("advance");
                let world = engine.world().expect("state");
                let outside = places(&plate, world)
                    .into_iter()
                    .find(|&at_um| !inside[plate.domain.voxel_at(at_um)]);
                assert!(
                    outside.is_none(),
                    "{name}: {what}, steps of {step_min} min, tow {tow_nn}: at {outside:?}"
                );
                let lengths = world
                    .cones
                    .iter()
                    .filter(|cone| cone.is_alive())
                    .map(|cone| cone.path_length_um());
                let mean = lengths.clone().sum::<f32>() / lengths.count() as f32;
                assert!(
                    mean > 60.0,
                    "{name}: {what}, steps of {step_min} min, tow {tow_nn}: axons got stuck at {mean} µm"
                );
            });
        }
    }
}

/// The same in a slab, with walls in all directions.
#[test]
fn nothing_passes_in_a_slab_either() {
    let mut biology = running_cones(60.0, 10.0, 200.0);
    biology.soma.speed_um_per_h = 6.0;
    let mut plate = plate_of_cones(40, 1.0, 12.0, biology);
    let solid = |voxel: u32| {
        let (x, y, z) = (voxel % 20, voxel / 20 % 20, voxel / 400);
        x + y + z == 38 || x + y + z == 20 || (y == 16 && z > 2)
    };
    plate.domain = Domain {
        voxels: [20; 3],
        voxel_um: 10.0,
        layer_um: 20.0,
        walls: (0..8000).map(solid).collect(),
    };
    plate.explants[0].at_um = DVec3::new(95.0, 95.0, 95.0);
    plate.explants[0].explant.radius_um = 60.0;
    let inside = reached(&plate, plate.domain.voxel_at(plate.explants[0].at_um));
    on_every_engine(&plate, |name, engine| {
        engine.advance(100).expect("advance");
        let world = engine.world().expect("state");
        let outside = places(&plate, world)
            .into_iter()
            .find(|&at_um| !inside[plate.domain.voxel_at(at_um)]);
        assert!(outside.is_none(), "{name}: at {outside:?}");
    });
}
