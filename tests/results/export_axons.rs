//! SWC files say the same as the readouts, counted here point by point and without the program's topology.

use crate::hand_made::{HandMade, at, letter_y, plate, untreated};
use outgrowth::engine::Engine;
use outgrowth::engine::cpu::CpuEngine;
use outgrowth::export::places::{neuron_file, well_folder};
use outgrowth::export::swc::swc;
use outgrowth::model::plate::Plate;
use outgrowth::model::world::World;
use outgrowth::readout::neurons;
use outgrowth::readout::topology::Forest;
use std::collections::HashMap;

/// Length, tips and branch points of an SWC text. Points have to come after their parents.
fn judged(text: &str) -> (f64, usize, usize) {
    let mut points: HashMap<i64, [f64; 3]> = HashMap::new();
    let mut kinds: HashMap<i64, u8> = HashMap::new();
    let mut children: HashMap<i64, usize> = HashMap::new();
    let mut length = 0.0;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        // The shortest digits of an f32 stand for that f32, not for the f64 nearest to the digits.
        let number = |field: &str| f64::from(field.parse::<f32>().expect("number"));
        let fields: Vec<f64> = line.split(' ').map(number).collect();
        let [id, kind, x, y, z, radius, parent] = fields[..] else {
            panic!("seven fields in {line:?}")
        };
        let (id, parent) = (id as i64, parent as i64);
        assert!(radius > 0.0);
        assert_eq!(id, points.len() as i64 + 1, "points are numbered in order");
        if kind == 2.0 {
            let from = points[&parent];
            if kinds[&parent] == 2 {
                length += (0..3)
                    .map(|axis| ([x, y, z][axis] - from[axis]).powi(2))
                    .sum::<f64>()
                    .sqrt();
                *children.entry(parent).or_default() += 1;
            }
        } else {
            assert_eq!((kind, parent, id), (1.0, -1, 1), "one soma point, and it comes first");
        }
        points.insert(id, [x, y, z]);
        kinds.insert(id, kind as u8);
    }
    let of_axon = || {
        kinds
            .iter()
            .filter(|(_, kind)| **kind == 2)
            .map(|(id, _)| children.get(id).copied().unwrap_or(0))
    };
    (
        length,
        of_axon().filter(|&ways| ways == 0).count(),
        of_axon().filter(|&ways| ways > 1).count(),
    )
}

/// Compares every neuron's file with its row; returns how many branch points there were.
#[track_caller]
fn agree(plate: &Plate, world: &World) -> usize {
    let forest = Forest::new(world);
    let mut branch_points = 0;
    for (index, row) in neurons(plate, world).iter().enumerate() {
        let (length, tips, forks) = judged(&swc(plate, world, &forest, index));
        assert!(
            (length - row.length_total_um).abs() <= 1e-9 * length,
            "{length} and {}",
            row.length_total_um
        );
        assert_eq!((tips, forks), (row.tips, row.branch_points), "neuron {index}");
        branch_points += forks;
    }
    branch_points
}

#[test]
fn a_letter_y_keeps_its_shape() {
    let plate = plate(1, vec![untreated("control")]);
    let made = letter_y();
    let text = swc(&plate, &made.world, &Forest::new(&made.world), 0);
    assert_eq!(judged(&text), (500.0, 2, 1));
    assert_eq!(agree(&plate, &made.world), 1);
}

#[test]
fn every_way_of_hanging_keeps_its_shape() {
    let plate = plate(1, vec![untreated("control")]);
    let mut made = HandMade::default();
    let held = at(1200.0, 1000.0);
    let parent = made.neuron(0, &[at(1100.0, 1000.0), at(1150.0, 1000.0), held], held);
    let first = made.branch(parent, 2, &[at(1210.0, 1010.0)], at(1220.0, 1020.0));
    made.branch(parent, 1, &[], at(1150.0, 1000.0));
    made.branch(parent, 0, &[], at(1100.0, 1030.0));
    made.branch(first, 0, &[], at(1200.0, 960.0));
    made.branch(first, 1, &[], at(1205.0, 1040.0));
    let gone = made.branch(first, 1, &[], at(1225.0, 1000.0));
    made.prune(gone);
    // Forks: the axon's first point, the held end (two branches), the first branch's own point.
    assert_eq!(agree(&plate, &made.world), 3);
}

#[test]
fn axons_grown_by_the_engine_keep_their_shape() {
    let mut plate = plate(30, vec![untreated("control")]);
    // Much branching and much retraction: branches are held, pruned and left from each other's roots.
    plate.conditions[0].biology.branching.rate_per_h = 0.5;
    plate.conditions[0].biology.growth_cone.retracting = 0.3;
    let mut engine = CpuEngine::new(plate.clone(), Some(2), "asked for by a test").expect("engine");
    engine.advance(600).expect("steps");
    let world = engine.world().expect("state");
    assert!(world.cones.iter().any(|cone| !cone.is_alive()), "something was pruned");
    assert!(agree(&plate, world) > 100);
}

#[test]
fn names_of_folders_are_safe_and_unique() {
    let conditions = ["Control", "control", "5 % strain / 1 Hz", "..", "Übung"].map(untreated);
    let mut plate = plate(200, conditions.into());
    plate.conditions[0].wells = 2;
    let folders: Vec<String> = (0..6).map(|well| well_folder(&plate, well)).collect();
    assert_eq!(folders[..3], ["1-control-1", "1-control-2", "2-control-1"]);
    assert_eq!(folders[3..], ["3-5-strain-1-hz-1", "4-condition-1", "5-bung-1"]);
    plate.conditions.remove(1);
    assert_eq!(well_folder(&plate, 1), "control-2");
    assert_eq!(neuron_file(&plate, 6), "007.swc");
}
