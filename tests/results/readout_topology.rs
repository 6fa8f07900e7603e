//! What counts as a tip, a branch point and a length.

use crate::hand_made::{HandMade, at, letter_y};
use glam::Vec3;
use outgrowth::readout::topology::Forest;

/// Tips and branch points, without orders.
#[derive(Debug, PartialEq)]
struct Shape {
    tips: Vec<usize>,
    branch_points: usize,
}

fn shape(made: &HandMade) -> Shape {
    let shape = Forest::new(&made.world).axon(0).branching();
    Shape {
        tips: shape.tips,
        branch_points: shape.branch_points,
    }
}

fn orders(made: &HandMade) -> Vec<u32> {
    Forest::new(&made.world).axon(0).branching().orders
}

#[test]
fn the_order_of_a_tip_is_the_number_of_branch_points_on_its_way() {
    assert_eq!(orders(&letter_y()), [1, 1], "both arms of a fork");
    let mut made = HandMade::default();
    let points: Vec<Vec3> = (0..4).map(|node| at(1100.0 + 50.0 * node as f32, 1000.0)).collect();
    let stem = made.neuron(0, &points, at(1300.0, 1000.0));
    assert_eq!(orders(&made), [0]);
    made.branch(stem, 1, &[], at(1150.0, 1040.0));
    let second = made.branch(stem, 2, &[at(1200.0, 1040.0)], at(1200.0, 1080.0));
    assert_eq!(orders(&made), [2, 1, 2]);
    // On a branch: its own way on passes that point too, and both pass the two on the stem.
    made.branch(second, 1, &[], at(1240.0, 1040.0));
    assert_eq!(orders(&made), [2, 1, 3, 3]);
    // A second branch of the same point makes no further branch point; one beyond a departure is not on its way.
    made.branch(stem, 2, &[], at(1200.0, 960.0));
    made.branch(stem, 3, &[], at(1250.0, 960.0));
    assert_eq!(orders(&made), [3, 1, 3, 3, 2, 3]);
    // A branch of a branch at its very root leaves from the stem.
    made.branch(second, 0, &[], at(1180.0, 1040.0));
    assert_eq!(orders(&made), [3, 1, 3, 3, 2, 3, 2]);
}

#[test]
fn a_bend_where_a_held_parent_ends_is_no_branch_point_on_the_way() {
    let mut made = HandMade::default();
    let end = at(1200.0, 1000.0);
    let parent = made.neuron(0, &[at(1100.0, 1000.0), end], end);
    made.branch(parent, 1, &[], at(1200.0, 1030.0));
    assert_eq!(orders(&made), [0]);
}

fn length_um(made: &HandMade) -> f64 {
    Forest::new(&made.world).axon(0).length_um()
}

#[test]
fn a_letter_y_has_two_tips_one_branch_point_and_the_length_of_its_strokes() {
    let made = letter_y();
    assert_eq!(
        shape(&made),
        Shape {
            tips: vec![0, 1],
            branch_points: 1
        }
    );
    assert_eq!(length_um(&made), 500.0);
}

#[test]
fn a_branch_that_has_not_left_its_parent_does_not_exist() {
    let mut made = letter_y();
    let held_at = at(1250.0, 1000.0);
    made.branch(0, 1, &[], held_at);
    assert_eq!(
        shape(&made),
        Shape {
            tips: vec![0, 1],
            branch_points: 1
        }
    );
    assert_eq!(length_um(&made), 500.0);
    made.world.cones[2].reach_um = Vec3::new(0.0, 0.25, 0.0);
    assert_eq!(
        shape(&made),
        Shape {
            tips: vec![0, 1, 2],
            branch_points: 2
        }
    );
    assert_eq!(length_um(&made), 500.25);
}

#[test]
fn a_parent_held_where_its_branch_leaves_is_no_tip() {
    let mut made = HandMade::default();
    let end = at(1200.0, 1000.0);
    let parent = made.neuron(0, &[at(1100.0, 1000.0), end], end);
    made.branch(parent, 1, &[], at(1200.0, 1030.0));
    assert_eq!(
        shape(&made),
        Shape {
            tips: vec![1],
            branch_points: 0
        }
    );
    made.world.cones[0].reach_um = Vec3::new(1.0, 0.0, 0.0);
    assert_eq!(
        shape(&made),
        Shape {
            tips: vec![0, 1],
            branch_points: 1
        }
    );
}

#[test]
fn two_branches_of_one_point_make_one_branch_point() {
    let mut made = letter_y();
    made.branch(0, 2, &[], at(1450.0, 1000.0));
    assert_eq!(
        shape(&made),
        Shape {
            tips: vec![0, 1, 2],
            branch_points: 1
        }
    );
}

#[test]
fn a_parent_held_where_two_branches_leave_is_a_branch_point_and_no_tip() {
    let mut made = HandMade::default();
    let end = at(1200.0, 1000.0);
    let parent = made.neuron(0, &[at(1100.0, 1000.0), end], end);
    made.branch(parent, 1, &[], at(1200.0, 1030.0));
    made.branch(parent, 1, &[], at(1200.0, 970.0));
    assert_eq!(
        shape(&made),
        Shape {
            tips: vec![1, 2],
            branch_points: 1
        }
    );
}

#[test]
fn the_first_point_of_an_axon_can_be_a_branch_point() {
    let mut made = HandMade::default();
    let parent = made.neuron(0, &[at(1100.0, 1000.0), at(1150.0, 1000.0)], at(1160.0, 1000.0));
    made.branch(parent, 0, &[], at(1100.0, 1040.0));
    assert_eq!(
        shape(&made),
        Shape {
            tips: vec![0, 1],
            branch_points: 1
        }
    );
    assert_eq!(length_um(&made), 100.0);
}

#[test]
fn a_branch_of_a_branch_at_its_very_root_leaves_from_the_parent() {
    let mut made = letter_y();
    made.branch(1, 0, &[], at(1430.0, 1000.0));
    assert_eq!(Forest::new(&made.world).axon(0).leaves_from(2), Some((0, 2)));
    assert_eq!(
        shape(&made),
        Shape {
            tips: vec![0, 1, 2],
            branch_points: 1
        }
    );
    assert_eq!(length_um(&made), 530.0);
}

#[test]
fn a_pruned_cone_is_gone() {
    let mut made = letter_y();
    made.prune(1);
    assert_eq!(
        shape(&made),
        Shape {
            tips: vec![0],
            branch_points: 0
        }
    );
    assert_eq!(length_um(&made), 400.0);
}

#[test]
fn lengths_are_straight_in_three_dimensions() {
    let mut made = HandMade::default();
    made.neuron(0, &[Vec3::ZERO, Vec3::new(2.0, 3.0, 6.0)], Vec3::new(2.0, 3.0, 6.0));
    assert_eq!(length_um(&made), 7.0);
}

#[test]
fn cones_are_sorted_to_their_neurons() {
    let mut made = HandMade::default();
    made.neuron(0, &[at(1100.0, 1000.0), at(1110.0, 1000.0)], at(1110.0, 1000.0));
    made.neuron(0, &[at(900.0, 1000.0), at(880.0, 1000.0)], at(880.0, 1000.0));
    made.branch(1, 1, &[], at(880.0, 1040.0));
    made.branch(0, 1, &[], at(1110.0, 1080.0));
    let forest = Forest::new(&made.world);
    assert_eq!(forest.axon(0).cones().collect::<Vec<_>>(), [0, 3]);
    assert_eq!(forest.axon(0).length_um(), 90.0);
    assert_eq!(forest.axon(1).length_um(), 60.0);
}
