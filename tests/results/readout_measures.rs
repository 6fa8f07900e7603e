//! The readouts of wells made by hand.

use crate::hand_made::{self, HandMade, at, letter_y, myokine, plate, untreated, with_strain};
use glam::{DVec3, Vec3};
use outgrowth::export::rim_notes;
use outgrowth::model::domain::Region;
use outgrowth::model::layout::mode;
use outgrowth::model::plate::{Condition, Gate, MusclePatch, Part, Plate, SteadySource, StrainMode};
use outgrowth::model::rules::kymograph::seen;
use outgrowth::model::world::World;
use outgrowth::readout::rim::at_rim;
use outgrowth::readout::{Readout, Readouts, Recorder, neurons, rose, sholl};

fn readouts(plate: &Plate, world: &World) -> Readouts {
    let mut recorder = Recorder::new(plate);
    recorder.record(plate, world);
    recorder.into_readouts()
}

fn value(readouts: &Readouts, name: &str) -> Option<f64> {
    readouts.rows[0].values[readouts.column(name).unwrap_or_else(|| panic!("no column {name}"))]
}

fn y_value(name: &str) -> Option<f64> {
    value(
        &readouts(&plate(1, vec![with_strain("gel", 0.05)]), &letter_y().world),
        name,
    )
}

#[track_caller]
fn close(found: Option<f64>, expected: f64) {
    let found = found.expect("a value");
    assert!(
        (found - expected).abs() <= 1e-6 * expected.abs().max(1.0),
        "{found} instead of {expected}"
    );
}

#[test]
fn a_letter_y_is_measured_as_by_hand() {
    close(y_value("neurite_length_total_um"), 500.0);
    close(y_value("neurite_length_longest_um"), 400.0);
    close(y_value("tips"), 2.0);
    let area = y_value("spread_area_um2").expect("area");
    close(y_value("spread_radius_um"), (area / std::f64::consts::PI).sqrt());
    close(y_value("branch_points"), 1.0);
    close(y_value("branch_order_mean"), 1.0);
    // Both tips are 400 µm right of and 100 µm above or below the centre of an explant of radius 100 µm.
    let radius = 400.0_f64.hypot(100.0) - 100.0;
    close(y_value("outgrowth_radius_mean_um"), radius);
    close(y_value("outgrowth_radius_p95_um"), radius);
    close(y_value("straightness_mean"), 300.0_f64.hypot(100.0) / 400.0);
    // 300 µm along the strain, 200 µm across it.
    close(y_value("alignment"), (300.0 - 200.0) / 500.0);
}

/// Axons from the middle to these places.
fn star(tips: &[(f32, f32)]) -> HandMade {
    let mut made = HandMade::default();
    for &(x, y) in tips {
        made.neuron(0, &[at(1000.0, 1000.0), at(1000.0, 1010.0)], at(x, y));
    }
    made
}

fn star_value(tips: &[(f32, f32)], name: &str) -> Option<f64> {
    let plate = plate(tips.len() as u32, vec![untreated("control")]);
    value(&readouts(&plate, &star(tips).world), name)
}

#[test]
fn the_extent_is_the_mean_of_the_twenty_furthest() {
    // 10, 20, … 300 µm from the edge of the explant, which is 100 µm from the middle: the furthest 20 are from 110 on.
    let tips: Vec<(f32, f32)> = (1..=30).map(|i| (1000.0, 1100.0 + 10.0 * i as f32)).collect();
    close(star_value(&tips, "outgrowth_extent_um"), 205.0);
    close(star_value(&tips[..3], "outgrowth_extent_um"), 20.0);
    assert_eq!(star_value(&[], "outgrowth_extent_um"), None);
}

#[test]
fn the_hull_is_that_of_explant_and_axons_less_the_explant() {
    use std::f64::consts::PI;
    // A square of 1 mm around the explant, with a tip on one of its sides and one within.
    let corners = [(500.0, 500.0), (1500.0, 500.0), (1500.0, 1500.0), (500.0, 1500.0)];
    let mut tips = corners.to_vec();
    tips.extend([(1000.0, 500.0), (700.0, 1300.0)]);
    close(star_value(&tips, "hull_area_um2"), 1e6 - PI * 1e4);
    // One tip at distance d from the middle of a disc of radius r: r √(d² − r²) + r² (π − arccos(r / d)) with the disc. The disc is
    // a polygon of 90 corners.
    let (d, r) = (500.0f64, 100.0);
    let kite = r * (d * d - r * r).sqrt() - r * r * (r / d).acos();
    let found = star_value(&[(1500.0, 1000.0)], "hull_area_um2").expect("an area");
    assert!((found / kite - 1.0).abs() < 1e-3, "{found} instead of {kite}");
    assert!(star_value(&[(1020.0, 1000.0)], "hull_area_um2").expect("an area").abs() < 1e-6);
    // Two explants have a hull each: what lies between them is not spread over.
    let mut two = plate(2, vec![untreated("control")]);
    two.explants[0].explant.neurons = 1.0;
    two.explants.push(two.explants[0].clone());
    two.explants[1].at_um.x = 400.0;
    let mut made = star(&[(1500.0, 1000.0)]);
    made.neuron(0, &[at(400.0, 1000.0)], at(400.0, 1500.0));
    let both = value(&readouts(&two, &made.world), "hull_area_um2").expect("an area");
    assert!(
        (both / (2.0 * kite) - 1.0).abs() < 1e-3,
        "{both} instead of {}",
        2.0 * kite
    );
}

#[test]
fn the_density_is_length_over_the_area_of_the_hull() {
    let corners = [(500.0, 500.0), (1500.0, 500.0), (1500.0, 1500.0), (500.0, 1500.0)];
    // Each goes 10 µm up first; then two have 510 µm to go in y and two 490.
    let length_um = 40.0 + 2.0 * 500.0f64.hypot(510.0) + 2.0 * 500.0f64.hypot(490.0);
    // In 1 mm², the explant's area among it.
    close(star_value(&corners, "neurite_density_mm_per_mm2"), length_um / 1000.0);
}

#[test]
fn branch_points_are_told_by_length() {
    close(y_value("branch_points_per_mm"), 1.0 / 0.5);
    assert_eq!(star_value(&[], "branch_points_per_mm"), None);
}

/// Two cut axons rest or do not grow again, one does, one was never cut; the ill one and the one on muscle are not counted.
#[test]
fn the_regrown_share_is_of_stumps() {
    let mut made = star(&[(1500.0, 1000.0); 6]);
    let now = [
        (mode::INJURED, 400),
        (mode::INJURED, 90),
        (mode::PAUSE, 90),
        (mode::RUN, 0),
        (mode::DYING, 90),
        (mode::SYNAPSE, 500),
    ];
    for (cone, (mode, rests_until)) in made.world.cones.iter_mut().zip(now) {
        (cone.mode, cone.rests_until) = (mode, rests_until);
    }
    let plate = plate(6, vec![untreated("control")]);
    close(value(&readouts(&plate, &made.world), "fraction_regrown"), 1.0 / 3.0);
    assert_eq!(star_value(&[(1500.0, 1000.0)], "fraction_regrown"), None);
}

#[test]
fn circles_are_crossed_as_often_as_axons_go_through() {
    // The stem of the letter Y crosses 100, 200 and 300 µm from the edge; its fork is at 300, its tips at 312.
    close(y_value("neurites_at_100_um"), 1.0);
    close(y_value("neurites_at_200_um"), 1.0);
    close(y_value("neurites_at_500_um"), 0.0);
    // A chord at 200 µm from the middle at its nearest, 100 from the edge: within the circle at 150 and beyond it again, within that
    // at 800 all the time.
    let mut plate = plate(1, vec![untreated("control")]);
    plate.landmarks.distances_um = vec![50.0, 99.0, 101.0, 150.0, 800.0];
    let mut made = HandMade::default();
    let ends = [at(600.0, 1200.0), at(1400.0, 1200.0)];
    made.neuron(0, &ends, ends[1]);
    let chord = readouts(&plate, &made.world);
    let counts = ["50", "99", "101", "150", "800"].map(|um| value(&chord, &format!("neurites_at_{um}_um")));
    assert_eq!(counts, [0.0, 0.0, 2.0, 2.0, 0.0].map(Some));
    // The other explant's axons have their own circles.
    plate.explants[0].explant.neurons = 1.0;
    plate.explants.push(plate.explants[0].clone());
    plate.explants[1].at_um.x = 400.0;
    let mut made = star(&[(1160.0, 1000.0)]);
    made.neuron(0, &[at(400.0, 1000.0)], at(400.0, 1160.0));
    let both = readouts(&plate, &made.world);
    close(value(&both, "neurites_at_50_um"), 2.0);
    close(value(&both, "neurites_at_99_um"), 0.0);
}

/// Of five axons one goes through the gate, one with two branches of which one does, one through and back, one beside it and one just
/// short of it.
#[test]
fn axons_that_cross_a_gate_count_once_each() {
    let mut plate = plate(5, vec![untreated("control")]);
    let gate = |name: &str, x: f64| Gate {
        name: name.to_owned(),
        from_um: DVec3::new(x, 900.0, 10.0),
        to_um: DVec3::new(x, 1100.0, 10.0),
    };
    plate.landmarks.gates = vec![gate("the gap", 1300.0), gate("far", 1800.0)];
    let mut made = star(&[
        (1400.0, 1000.0),
        (1200.0, 1000.0),
        (1250.0, 1040.0),
        (1500.0, 1400.0),
        (1299.0, 1000.0),
    ]);
    let from = made.world.paths[2][1].truncate();
    made.world.paths[2].push(at(1400.0, 1020.0).extend(400.0 + from.x));
    made.world.cones[2].nodes = 3;
    made.world.cones[2].base_um = at(1400.0, 1020.0);
    made.world.cones[2].reach_um = at(1250.0, 1040.0) - at(1400.0, 1020.0);
    made.branch(1, 1, &[at(1290.0, 990.0)], at(1310.0, 990.0));
    made.branch(1, 1, &[at(1290.0, 1090.0)], at(1290.0, 1095.0));
    let found = readouts(&plate, &made.world);
    close(value(&found, "axons_across_the_gap"), 3.0);
    close(value(&found, "axons_across_far"), 0.0);
    let column = &found.columns[found.column("axons_across_the_gap").expect("a column")];
    assert_eq!(column.meaning, "axons that cross the gap, each counted once");
}

#[test]
fn the_squared_displacement_is_that_of_longest_paths() {
    // Ends 300 and 400 µm away, the second by a detour of 900 µm; a branch that is shorter does not count.
    let mut made = HandMade::default();
    made.neuron(0, &[at(1000.0, 1000.0)], at(1300.0, 1000.0));
    made.neuron(
        0,
        &[at(1000.0, 1000.0), at(1000.0, 1250.0), at(1400.0, 1250.0)],
        at(1400.0, 1000.0),
    );
    made.branch(0, 0, &[at(1000.0, 1010.0)], at(1000.0, 1020.0));
    let found = readouts(&plate(2, vec![untreated("control")]), &made.world);
    close(value(&found, "squared_displacement_mean_um2"), (9e4 + 16e4) / 2.0);
}

/// Muscle in the right part of the well.
fn beside_muscle() -> Condition {
    let muscle = MusclePatch {
        region: Region {
            low_um: DVec3::new(1200.0, 0.0, 0.0),
            high_um: DVec3::new(2000.0, 2000.0, 20.0),
        },
        light: None,
        lit: None,
        upright: true,
    };
    Condition {
        muscle: Some(muscle),
        ..untreated("beside muscle")
    }
}

#[test]
fn synapses_are_counted_where_they_are() {
    let mut plate = plate(4, vec![beside_muscle()]);
    plate.landmarks.parts = [("the lit half", 1000.0, 2000.0), ("dark", 0.0, 1000.0)]
        .map(|(name, low, high)| Part {
            name: name.to_owned(),
            region: Region {
                low_um: DVec3::new(1200.0, low, 0.0),
                high_um: DVec3::new(2000.0, high, 20.0),
            },
        })
        .to_vec();
    let mut made = HandMade::default();
    for (x, y) in [(1300.0, 1500.0), (1900.0, 1001.0), (1300.0, 999.0), (1100.0, 1500.0)] {
        made.neuron(0, &[at(1000.0, 1000.0)], at(x, y));
    }
    // The last two: one that has not settled, one that has, outside both parts.
    for cone in [0, 1, 3] {
        made.world.cones[cone].mode = mode::SYNAPSE;
    }
    let found = readouts(&plate, &made.world);
    close(value(&found, "synapses_in_the_lit_half"), 2.0);
    close(value(&found, "synapses_in_dark"), 0.0);
    close(value(&found, "synapses"), 3.0);
}

#[test]
fn tips_near_a_side_are_at_the_rim() {
    // Of five tips in a well of 2 mm three are within 20 µm of a side.
    let tips = [
        (1000.0, 1990.0),
        (19.0, 1000.0),
        (1981.0, 19.0),
        (1979.0, 21.0),
        (1000.0, 1500.0),
    ];
    close(star_value(&tips, "fraction_at_rim"), 0.6);
    // A path along a side does not count, where its tip is.
    let mut made = HandMade::default();
    made.neuron(0, &[at(1000.0, 1000.0), at(1000.0, 1995.0)], at(1000.0, 1900.0));
    let plate = plate(1, vec![untreated("control")]);
    close(value(&readouts(&plate, &made.world), "fraction_at_rim"), 0.0);
}

#[test]
fn the_rim_is_told_from_the_first_record_on_with_more_than_a_hundredth() {
    let plate = plate(4, vec![untreated("inside"), untreated("outgrown")]);
    let mut made = HandMade::default();
    for well in 0..2 {
        for _ in 0..4 {
            made.neuron(well, &[at(1000.0, 1000.0)], at(1000.0, 1500.0));
        }
    }
    let mut recorder = Recorder::new(&plate);
    recorder.record(&plate, &made.world);
    for (step, at_side) in [(1440, 6), (2880, 7), (4320, 5)] {
        made.world.step = step;
        for cone in 5..8 {
            let away_um = if cone <= at_side { 990.0 } else { 500.0 };
            made.world.cones[cone].reach_um.y = away_um;
        }
        recorder.record(&plate, &made.world);
    }
    let readouts = recorder.into_readouts();
    let found = at_rim(&readouts, 1).expect("at the rim");
    assert_eq!((found.since_h, found.most), (24.0, 0.75));
    assert_eq!(at_rim(&readouts, 0), None);
    assert_eq!(
        rim_notes(&readouts),
        [
            "outgrown: from 1 day on tips are within 20 µm of a side of the well, up to 75.0 % of them; axons go no further there, so that \
          radius, extent and hull say too little"
        ]
    );
}

#[test]
fn alignment_is_to_the_principal_axis_of_strain() {
    let along = |strain: StrainMode, axis_rad: f64, direction: f64| {
        let mut condition = with_strain("gel", 0.1);
        let protocol = condition.actuation.as_mut().expect("moved");
        protocol.strain = strain;
        protocol.actuation.axis_rad = axis_rad;
        let mut made = HandMade::default();
        let (sin, cos) = direction.sin_cos();
        let to = at(1000.0 + 500.0 * cos as f32, 1000.0 + 500.0 * sin as f32);
        made.neuron(0, &[at(1000.0, 1000.0), to], to);
        value(&readouts(&plate(1, vec![condition]), &made.world), "alignment").expect("aligned")
    };
    // Stretched along the axis. Sheared along x by γ, E = ½ (FᵀF − 1) has xx = 0, yy = γ² / 2, xy = γ / 2.
    // Stretched alike in all directions, it is measured to x.
    let shear = 0.5 * 0.1_f64.atan2(-0.5 * 0.1 * 0.1);
    for (strain, axis_rad, direction, expected) in [
        (StrainMode::Uniaxial, 0.7, 0.7, 1.0),
        (StrainMode::Uniaxial, 0.7, 0.7 + std::f64::consts::FRAC_PI_4, 0.0),
        (StrainMode::Shear, 0.0, shear, 1.0),
        (StrainMode::Shear, 0.7, shear + 0.7, 1.0),
        (StrainMode::Equibiaxial, 0.7, 0.0, 1.0),
    ] {
        let found = along(strain.clone(), axis_rad, direction);
        assert!((found - expected).abs() < 1e-5, "{strain:?}: {found}, not {expected}");
    }
}

#[test]
fn a_straight_path_is_straight_and_a_bent_one_is_not() {
    let mut made = HandMade::default();
    made.neuron(0, &[at(1100.0, 1000.0), at(1150.0, 1000.0)], at(1200.0, 1000.0));
    made.neuron(0, &[at(1000.0, 1100.0), at(1000.0, 1140.0)], at(1030.0, 1140.0));
    let plate = plate(2, vec![untreated("control")]);
    close(
        value(&readouts(&plate, &made.world), "straightness_mean"),
        (1.0 + 50.0 / 70.0) / 2.0,
    );
    let rows = neurons(&plate, &made.world);
    close(rows[0].straightness, 1.0);
    close(rows[1].straightness, 50.0 / 70.0);
    close(rows[1].outgrowth_radius_um, 30.0_f64.hypot(140.0) - 100.0);
}

#[test]
fn inside_the_explant_the_radius_is_zero() {
    let mut made = HandMade::default();
    made.neuron(0, &[at(1000.0, 1000.0), at(1020.0, 1000.0)], at(1050.0, 1000.0));
    close(
        value(
            &readouts(&plate(1, vec![untreated("control")]), &made.world),
            "outgrowth_radius_mean_um",
        ),
        0.0,
    );
}

#[test]
fn the_percentile_lies_between_neighbours() {
    let mut made = HandMade::default();
    for radius in 0..11 {
        let y = 1100.0 + 10.0 * radius as f32;
        made.neuron(0, &[at(1000.0, 1050.0), at(1000.0, 1060.0)], at(1000.0, y));
    }
    // 0, 10, … 100: the 95th percentile is half way between 90 and 100.
    close(
        value(
            &readouts(&plate(11, vec![untreated("control")]), &made.world),
            "outgrowth_radius_p95_um",
        ),
        95.0,
    );
}

#[test]
fn the_growth_rate_is_net_elongation_per_tip_and_hour() {
    let plate = plate(1, vec![untreated("control")]);
    let mut made = letter_y();
    let mut recorder = Recorder::new(&plate);
    recorder.record(&plate, &made.world);
    made.world.step = 120;
    made.world.cones[0].reach_um.y += 20.0;
    let branch = made.branch(0, 1, &[], at(1250.0, 1010.0));
    made.world.cones[branch].born = 60;
    recorder.record(&plate, &made.world);
    // The same state once more adds nothing.
    recorder.record(&plate, &made.world);
    let readouts = recorder.into_readouts();
    assert_eq!(readouts.rows.len(), 2);
    let column = readouts.column("growth_rate_mean_um_per_h").expect("column");
    assert_eq!(readouts.rows[0].values[column], None);
    // 30 µm more, by 2 tips in 2 h and by a third in the second of them.
    close(readouts.rows[1].values[column], 30.0 / (2.0 * 2.0 + 1.0));
}

#[test]
fn a_resumed_recorder_goes_on_and_refuses_another_plate() {
    let plate = plate(1, vec![untreated("control")]);
    let mut made = letter_y();
    let mut whole = Recorder::new(&plate);
    whole.record(&plate, &made.world);
    let mut resumed = Recorder::resume(&plate, whole.readouts().clone()).expect("same plate");
    made.world.step = 60;
    made.world.cones[1].reach_um.y -= 7.0;
    whole.record(&plate, &made.world);
    resumed.record(&plate, &made.world);
    assert_eq!(whole.readouts(), resumed.readouts());
    let other = hand_made::plate(1, vec![untreated("another")]);
    assert!(Recorder::resume(&other, whole.readouts().clone()).is_none());
}

#[test]
fn touched_cells_are_those_that_segments_pass() {
    let mut made = HandMade::default();
    // From the middle of one 20 µm cell three cells to the right and one up, through 5 cells.
    made.neuron(0, &[at(1010.0, 1010.0), at(1070.0, 1030.0)], at(1070.0, 1030.0));
    let control = || vec![untreated("control")];
    close(
        value(&readouts(&plate(1, control()), &made.world), "spread_area_um2"),
        5.0 * 400.0,
    );
    // A second axon over the same cells adds none, one in another cell adds it.
    let mut twice = made;
    twice.neuron(0, &[at(1012.0, 1010.0), at(1015.0, 1010.0)], at(1018.0, 1010.0));
    twice.neuron(0, &[at(912.0, 910.0), at(915.0, 910.0)], at(918.0, 910.0));
    close(
        value(&readouts(&plate(3, control()), &twice.world), "spread_area_um2"),
        6.0 * 400.0,
    );
}

#[test]
fn what_tips_do_is_told_by_kymographs_of_the_living() {
    let mut made = letter_y();
    // Seen at 5, 30 and 60 min: one has retracted, paused, advanced; the other has paused and was not there before.
    let told = |of: [u32; 3]| of[0] | of[1] << 2 | of[2] << 4;
    made.world.cones[0].kymograph.seen = told([seen::RETRACTION, seen::PAUSE, seen::ADVANCE]);
    made.world.cones[1].kymograph.seen = told([seen::PAUSE, seen::NOTHING, seen::NOTHING]);
    // The mode tells nothing.
    made.world.cones[0].mode = mode::RUN;
    let gone = made.branch(0, 1, &[], at(1250.0, 1010.0));
    made.world.cones[gone].kymograph.seen = told([seen::ADVANCE; 3]);
    made.prune(gone);
    let readouts = readouts(&plate(1, vec![untreated("control")]), &made.world);
    let expected = [
        ("5_min", [0.0, 0.5, 0.5]),
        ("30_min", [0.0, 1.0, 0.0]),
        ("60_min", [1.0, 0.0, 0.0]),
    ];
    for (between, shares) in expected {
        for (what, share) in ["advancing", "pausing", "retracting"].into_iter().zip(shares) {
            close(value(&readouts, &format!("fraction_{what}_{between}")), share);
        }
    }
    let mut coarse = plate(1, vec![untreated("control")]);
    coarse.step_h = 0.25;
    let names: Vec<String> = self::readouts(&coarse, &made.world)
        .columns
        .into_iter()
        .map(|column| column.name)
        .collect();
    assert!(
        names.contains(&"fraction_pausing_30_min".to_owned()) && !names.contains(&"fraction_pausing_5_min".to_owned())
    );
}

#[test]
fn columns_appear_when_what_they_measure_exists() {
    let names = |plate: &Plate| -> Vec<String> {
        readouts(plate, &World::default().clone_for(plate))
            .columns
            .into_iter()
            .map(|column| column.name)
            .collect()
    };
    let plain = names(&plate(0, vec![untreated("control")]));
    for absent in [
        "alignment",
        "mechano_state_mean",
        "myokine_mean",
        "guidance_ratio",
        "myokine_slope_at_cones_mean",
        "axon_growth_score",
        "synapses",
    ] {
        assert!(!plain.iter().any(|name| name == absent), "{absent}");
    }
    let moved = names(&plate(0, vec![untreated("control"), with_strain("gel", 0.0)]));
    assert!(moved.contains(&"alignment".to_owned()) && !moved.contains(&"myokine_mass".to_owned()));
    let mut several = plate(0, vec![untreated("control")]);
    several.myokines = vec![myokine("BDNF"), myokine("IGF-1")];
    let several = names(&several);
    for present in ["myokine_mean_BDNF", "myokine_mass_IGF_1", "myokine_at_cones_mean_BDNF"] {
        assert!(several.iter().any(|name| name == present), "{present} in {several:?}");
    }
    let mut alike = plate(0, vec![untreated("control")]);
    alike.myokines = ["IGF-1", "IGF 1", "IGF_1_2", "IGF/1"].map(myokine).to_vec();
    let alike: Vec<String> = names(&alike)
        .into_iter()
        .filter(|name| name.starts_with("myokine_mean"))
        .collect();
    let numbered = ["IGF_1", "IGF_1_2", "IGF_1_2_2", "IGF_1_3"].map(|name| format!("myokine_mean_{name}"));
    assert_eq!(alike, numbered);
}

/// A state with the concentrations that a plate needs.
trait For {
    fn clone_for(&self, plate: &Plate) -> World;
}

impl For for World {
    fn clone_for(&self, plate: &Plate) -> World {
        let mut world = self.clone();
        world.concentrations = vec![0.0; plate.wells().len() * plate.myokines.len()];
        world
    }
}

#[test]
fn a_gridded_field_has_a_mean_a_mass_and_a_direction() {
    let mut rising = untreated("rising");
    let region = Region {
        low_um: DVec3::ZERO,
        high_um: DVec3::splat(20.0),
    };
    rising.sources.push(SteadySource {
        region,
        species: 0,
        rate_per_h: 1.0,
    });
    let mut plate = plate(1, vec![untreated("flat"), rising]);
    plate.myokines = vec![myokine("myokines")];
    let mut made = HandMade::default();
    // In each well 100 µm to the right of the centre and 300 µm to the left, as two wells of one neuron.
    for well in 0..2 {
        made.neuron(well, &[at(900.0, 1000.0), at(700.0, 1000.0)], at(600.0, 1000.0));
    }
    made.branch(1, 0, &[at(1000.0, 1000.0)], at(1100.0, 1000.0));
    // One value a well, then the grid of the second: rising along x from 0 to 99.
    made.world.concentrations = vec![0.25, 0.0];
    made.world
        .concentrations
        .extend((0..10_000).map(|voxel| (voxel % 100) as f32));
    let readouts = readouts(&plate, &made.world);
    let of = |well: usize, name: &str| readouts.rows[well].values[readouts.column(name).expect("column")];
    close(of(0, "myokine_mean"), 0.25);
    close(of(0, "myokine_mass"), 0.25 * 10_000.0 * 8000.0);
    assert_eq!(of(0, "guidance_ratio"), None);
    close(of(1, "myokine_mean"), 49.5);
    close(of(1, "guidance_ratio"), (100.0 - 400.0) / 500.0);
    // The field is (x - 10) / 20 at x; it rises by half a unit every 10 µm, relative to 29.5 and 54.5 at the cones.
    close(of(0, "myokine_slope_at_cones_mean"), 0.0);
    close(of(1, "myokine_slope_at_cones_mean"), 0.5 * (0.5 / 29.5 + 0.5 / 54.5));
    // Solid voxels neither count nor carry a gradient.
    plate.domain.walls = (0..10_000).map(|voxel| voxel % 100 >= 50).collect();
    let walled = self::readouts(&plate, &made.world);
    close(
        walled.rows[1].values[walled.column("myokine_mean").expect("column")],
        24.5,
    );
    close(
        walled.rows[1].values[walled.column("myokine_mass").expect("column")],
        24.5 * 5000.0 * 8000.0,
    );
}

#[test]
fn somata_that_walked_have_migrated() {
    let mut made = letter_y();
    made.world.neurons[0].reach_um += Vec3::new(3.0, 4.0, 0.0);
    close(
        value(
            &readouts(&plate(1, vec![untreated("control")]), &made.world),
            "soma_migration_mean_um",
        ),
        5.0,
    );
}

#[test]
fn a_letter_y_crosses_the_circles_that_it_must() {
    let profile = &sholl(&plate(1, vec![untreated("control")]), &letter_y().world)[0];
    // The stem crosses 50, 100, … 300 once; the fork is at 300, the tips at 312: no circle beyond.
    assert_eq!(profile.crossings, [1, 1, 1, 1, 1, 1]);
    assert_eq!((profile.maximum(), profile.critical_radius_um()), (1, Some(50.0)));
}

#[test]
fn a_chord_crosses_a_circle_twice() {
    let mut made = HandMade::default();
    // At 120 µm from the centre at its nearest (20 from the edge), its ends at 160 and 170 (60 and 70).
    let ends = [at(1000.0 - 105.83, 1120.0), at(1000.0 + 120.42, 1120.0)];
    made.neuron(0, &ends, ends[1]);
    assert_eq!(
        sholl(&plate(1, vec![untreated("control")]), &made.world)[0].crossings,
        [2]
    );
}

#[test]
fn the_rose_counts_headings_of_tips() {
    let roses = rose(&plate(1, vec![untreated("control")]), &letter_y().world);
    let tips = roses[0].tips;
    assert_eq!((tips[6], tips[18], tips.iter().sum::<usize>()), (1, 1, 2));
}

#[test]
fn wells_and_times_come_in_order() {
    let mut plate = plate(1, vec![untreated("a"), untreated("b")]);
    plate.conditions[1].wells = 2;
    let mut made = HandMade::default();
    for well in 0..3 {
        made.neuron(
            well,
            &[at(1100.0, 1000.0), at(1150.0, 1000.0)],
            at(1150.0 + well as f32, 1000.0),
        );
    }
    let mut recorder = Recorder::new(&plate);
    recorder.record(&plate, &made.world);
    made.world.step = 30;
    recorder.record(&plate, &made.world);
    let readouts = recorder.into_readouts();
    let keys: Vec<_> = readouts
        .rows
        .iter()
        .map(|r| (r.condition, r.well, r.replicate, r.time_h))
        .collect();
    assert_eq!(keys[..3], [(0, 0, 0, 0.0), (1, 1, 0, 0.0), (1, 2, 1, 0.0)]);
    assert_eq!(keys[3], (0, 0, 0, 0.5));
    assert_eq!(readouts.values_at(Readout::NeuriteLengthTotal, 1, 0.5), [51.0, 52.0]);
}
