//! Runs that are alike in all but their conditions, packed as conditions of one plate: a step costs a graphics device a dozen
//! launches whatever is on the plate, so that many small runs take it hardly longer than one. The origin of each condition keeps its
//! draws those of its own run, and every run's readouts are the same bits as alone.

use crate::model::features::Features;
use crate::model::plate::{Event, Origin, Plate};
use crate::readout::columns::{Column, columns};
use crate::readout::recorder::{Readouts, Row};
use std::ops::Range;

/// Name of a plate that runs were packed into; no draw goes by it.
const NAME: &str = "pack";

/// Runs on one plate.
#[derive(Clone, Debug)]
pub struct Pack {
    plate: Plate,
    /// What all of its runs have.
    features: Features,
    members: Vec<Member>,
    wells: usize,
}

/// A run of a pack.
#[derive(Clone, Debug)]
struct Member {
    id: u64,
    names: Vec<String>,
    columns: Vec<Column>,
    conditions: Range<usize>,
    first_well: usize,
}

/// The readouts of a run, as it has them alone.
#[derive(Clone, Debug, PartialEq)]
pub struct RunReadouts {
    /// The number of the run in its plan.
    pub id: u64,
    /// Its readouts.
    pub readouts: Readouts,
}

impl Pack {
    /// A pack of one run.
    pub fn of(id: u64, plate: Plate) -> Self {
        let mut pack = Self {
            plate: Plate {
                name: NAME.to_owned(),
                seed: 0,
                conditions: Vec::new(),
                events: Vec::new(),
                ..plate.clone()
            },
            features: Features::throughout(&plate),
            members: Vec::new(),
            wells: 0,
        };
        pack.add(id, plate);
        pack
    }

    /// Whether a run may be among the others: nothing but its name, its seed, its conditions and its events is its own, and the
    /// passes on a graphics device are compiled alike for both.
    pub fn takes(&self, plate: &Plate) -> bool {
        let Plate {
            name: _,
            seed: _,
            step_h,
            steps,
            record_every,
            domain,
            explants,
            myokines,
            muscle,
            variation,
            conditions: _,
            events: _,
            landmarks,
        } = &self.plate;
        (*step_h, *steps, *record_every) == (plate.step_h, plate.steps, plate.record_every)
            && *explants == plate.explants
            && *myokines == plate.myokines
            && *muscle == plate.muscle
            && *variation == plate.variation
            && *landmarks == plate.landmarks
            && *domain == plate.domain
            && self.features == Features::throughout(plate)
    }

    /// Adds a run that the pack takes.
    pub fn add(&mut self, id: u64, plate: Plate) {
        let first = self.plate.conditions.len();
        let conditions = first..first + plate.conditions.len();
        let member = Member {
            id,
            names: plate.condition_names(),
            columns: columns(&plate),
            conditions: conditions.clone(),
            first_well: self.wells,
        };
        for mut condition in plate.conditions {
            let origin = condition.origin;
            condition.origin = Origin {
                plate: origin.plate.or_else(|| Some(plate.name.clone())),
                seed: origin.seed.or(Some(plate.seed)),
                condition: origin.condition.or_else(|| Some(condition.name.clone())),
            };
            // Names of conditions differ on a plate; those of two runs need not.
            condition.name = format!("{id}: {}", condition.name);
            self.wells += condition.wells as usize;
            self.plate.conditions.push(condition);
        }
        let events = plate.events.into_iter().map(|event| Event {
            conditions: if event.conditions.is_empty() {
                conditions.clone().collect()
            } else {
                event.conditions.iter().map(|condition| first + condition).collect()
            },
            ..event
        });
        self.plate.events.extend(events);
        // Those of one step stay in their order.
        self.plate.events.sort_by_key(|event| event.step);
        self.members.push(member);
    }

    /// The plate that all of them are on.
    pub fn plate(&self) -> &Plate {
        &self.plate
    }

    /// How many runs it has.
    pub fn runs(&self) -> usize {
        self.members.len()
    }

    /// The numbers of its runs.
    pub fn ids(&self) -> Vec<u64> {
        self.members.iter().map(|member| member.id).collect()
    }

    /// The readouts of each run, out of those of the plate: its own columns, conditions and numbers of wells.
    pub fn split(&self, readouts: &Readouts) -> Vec<RunReadouts> {
        self.members.iter().map(|member| member.of(readouts)).collect()
    }
}

impl Member {
    fn of(&self, packed: &Readouts) -> RunReadouts {
        let places: Vec<Option<usize>> = (self.columns.iter())
            .map(|column| packed.place(column.readout))
            .collect();
        let own = packed
            .rows
            .iter()
            .filter(|row| self.conditions.contains(&row.condition));
        let rows = own.map(|row| Row {
            condition: row.condition - self.conditions.start,
            well: row.well - self.first_well,
            replicate: row.replicate,
            time_h: row.time_h,
            values: places.iter().map(|place| row.values[(*place)?]).collect(),
        });
        RunReadouts {
            id: self.id,
            readouts: Readouts {
                conditions: self.names.clone(),
                columns: self.columns.clone(),
                rows: rows.collect(),
            },
        }
    }
}
