//! Runs of a sweep, packed as conditions of one plate: each has the readouts that it has alone, to the bit.

use crate::common::with_every_opener;
use outgrowth::experiment::run;
use outgrowth::model::plate::Plate;
use outgrowth::readout::recorder::Readouts;
use outgrowth::scenario::{Override, Surroundings, builtin, read};
use outgrowth::sweep::pack::Pack;

/// The `quick` plate in short, with its events early, changed as a run of a sweep changes it.
fn plate(changes: &[&str]) -> Plate {
    let early = [
        "duration=2 h",
        "record_every=30 min",
        "explant.0.neurons=20",
        "event.0.at=30 min",
        "event.1.at=1 h",
        "event.2.at=90 min",
        // In one condition axons heed each other.
        "condition.0.fasciculation.alignment=1 rad/h",
    ];
    let changes: Vec<Override> = (early.iter().chain(changes))
        .map(|change| change.parse().expect("an override"))
        .collect();
    let quick = builtin("quick").expect("built in").text;
    read(quick, "quick.toml", &changes, &Surroundings::built_in())
        .expect("sound")
        .plate
}

/// Runs that differ in all that runs of one pack may differ in.
fn runs() -> Vec<Plate> {
    [
        &["seed=1"][..],
        // Common random numbers: the same seed, another speed.
        &["seed=1", "growth_cone.speed=12 um/h"],
        &["seed=2", "event.0.drop.dose=1"],
        // No event of its own, while others have theirs; axons that heed each other everywhere.
        &[
            "seed=3",
            "event=[]",
            "fasciculation.alignment=2 rad/h",
            "fasciculation.contact_retraction=1 /h",
        ],
        // An event at another step; tips that compete; neurons that die, which gives it columns of its own.
        &[
            "seed=1",
            "event.0.at=40 min",
            "branching.competition=1",
            "branching.decline=3 h",
            "survival.death=0.05 /h",
        ],
        // One condition less, so that no gel is moved in it, and more wells.
        &[
            "seed=4",
            "condition.0.wells=2",
            "condition.1.actuation={ strain = \"uniaxial\", amplitude = \"8 %\" }",
        ],
        &[
            "seed=5",
            "condition.1.medium={ from = \"fresh\", every = \"50 min\" }",
            "condition.1.tow={ force = \"2 nN\" }",
            "event=[]",
        ],
    ]
    .into_iter()
    .map(plate)
    .collect()
}

fn pack(plates: &[Plate]) -> Pack {
    let mut pack = Pack::of(1, plates[0].clone());
    for (id, plate) in (2..).zip(&plates[1..]) {
        assert!(pack.takes(plate), "run {id} may be packed");
        pack.add(id, plate.clone());
    }
    pack
}

#[test]
fn a_packed_run_has_the_readouts_that_it_has_alone() {
    let plates = runs();
    let packed = pack(&plates);
    with_every_opener(packed.plate(), |name, opener| {
        let mut readouts = |plate: &Plate| run(opener.open(plate.clone()).expect("opens").as_mut()).expect("runs");
        let split = packed.split(&readouts(packed.plate()));
        let alone: Vec<Readouts> = plates.iter().map(&mut readouts).collect();
        for (expected, found) in alone.iter().zip(&split) {
            assert_eq!(expected.columns, found.readouts.columns, "{name}: run {}", found.id);
            for (expected, found_row) in expected.rows.iter().zip(&found.readouts.rows) {
                assert_eq!(expected, found_row, "{name}: run {}", found.id);
            }
            assert_eq!(*expected, found.readouts, "{name}: run {}", found.id);
        }
        // The controls: the changes do something, and so does the seed.
        for (at, one) in alone.iter().enumerate() {
            assert!(alone[..at].iter().all(|other| other != one), "{name}: run {}", at + 1);
        }
    });
}

/// What is one for all wells of a plate keeps runs apart.
#[test]
fn runs_that_differ_in_what_a_plate_shares_are_not_packed() {
    let pack = Pack::of(1, plate(&[]));
    for changes in [
        ["step=30 s"],
        // A device's passes are compiled without the crowd then.
        ["condition.0.fasciculation.alignment=0 rad/h"],
        ["duration=6 h"],
        ["record_every=1 h"],
        ["well.voxel=40 um"],
        ["explant.0.neurons=21"],
        ["myokine.0.max_gain=3"],
        ["muscle.memory=1 h"],
        ["variation.scale=0.5"],
    ] {
        let other = plate(&changes);
        assert!(!pack.takes(&other), "{changes:?}");
    }
    assert!(pack.takes(&plate(&["seed=9"])), "the control");
}
