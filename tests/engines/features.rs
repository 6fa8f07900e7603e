//! Features of plates, by which passes are compiled: what the tables hold must be among them, or a pass would leave out what it needs.

use outgrowth::model::features::Features;
use outgrowth::model::layout::NONE;
use outgrowth::model::plate::Plate;
use outgrowth::model::tables::Tables;
use outgrowth::scenario::{BUILTIN, Surroundings, read};

fn builtin_plates() -> impl Iterator<Item = Plate> {
    BUILTIN.iter().map(|builtin| {
        let surroundings = Surroundings::built_in();
        read(builtin.text, builtin.name, &[], &surroundings)
            .expect("a scenario")
            .plate
    })
}

/// What the tables of a plate hold.
fn held(plate: &Plate) -> Features {
    let tables = Tables::of(plate);
    let treatments = &tables.treatments;
    Features {
        walls: tables.run.clearance != NONE,
        planar: tables.run.planar == 1,
        crowd: tables.run.crowd != NONE,
        grids: !tables.grids.is_empty(),
        strain: treatments.iter().any(|treatment| treatment.strain.sessions.stop > 0),
        strain_maps: treatments.iter().any(|treatment| treatment.strain.map != NONE),
        fibres: treatments.iter().any(|treatment| treatment.muscle.spacing_um > 0.0),
    }
}

#[test]
fn features_are_what_the_tables_hold() {
    let mut seen = [[false; 2]; 6];
    for plate in builtin_plates() {
        let throughout = Features::throughout(&plate);
        for moment in [0, plate.steps / 2, plate.steps] {
            let present = plate.at(moment);
            let (told, held) = (Features::now(&present), held(&present));
            assert_eq!(told, held, "{} at step {moment}", plate.name);
            assert_eq!(throughout.and(held), throughout, "{} at step {moment}", plate.name);
        }
        let Features {
            walls,
            planar: _,
            crowd,
            grids,
            strain,
            strain_maps,
            fibres,
        } = throughout;
        for (seen, has) in seen.iter_mut().zip([walls, crowd, grids, strain, strain_maps, fibres]) {
            seen[usize::from(has)] = true;
        }
    }
    // A feature that no plate has, or every one, would be told rightly by chance.
    assert_eq!(seen, [[true; 2]; 6]);
}
