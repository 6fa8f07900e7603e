//! Collects readouts: one row for each well and time of record.

use super::columns::{Column, Interval, Readout, columns};
use super::culture::{Culture, Site, sites};
use super::tip_hours::tip_hours;
use super::topology::Forest;
use super::well::{WellMeasures, measure};
use crate::model::plate::Plate;
use crate::model::world::World;
use crate::parallel::map_indices;

/// The readouts of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Readouts {
    /// Names of the conditions, in the order of the plate.
    pub conditions: Vec<String>,
    /// The columns of a row's values.
    pub columns: Vec<Column>,
    /// Times in order, and the wells in order within each time.
    pub rows: Vec<Row>,
}

/// The readouts of one well at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The well's condition, by its place in [`Readouts::conditions`].
    pub condition: usize,
    /// Number of the well on the plate, from 0 (files count from 1).
    pub well: usize,
    /// Number of the well within its condition, from 0 (files count from 1).
    pub replicate: u32,
    /// Time since the start of the run, h.
    pub time_h: f64,
    /// A value for each column; `None` where there is nothing to measure.
    pub values: Vec<Option<f64>>,
}

impl Readouts {
    /// The place of a readout among the values of a row; `None` where the plate does not have it.
    pub fn place(&self, readout: Readout) -> Option<usize> {
        self.columns.iter().position(|column| column.readout == readout)
    }

    /// The same for a column by its name in files.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The times of record in order, h.
    pub fn times_h(&self) -> Vec<f64> {
        let mut times: Vec<f64> = self.rows.iter().map(|row| row.time_h).collect();
        times.dedup();
        times
    }

    /// The value of a readout in each well of a condition at a time of record; wells without it are left out.
    pub fn values_at(&self, readout: Readout, condition: usize, time_h: f64) -> Vec<f64> {
        let Some(place) = self.place(readout) else {
            return Vec::new();
        };
        // The same step gives the same time to the last bit, so a time of record is found by equality.
        let here = |row: &&Row| row.condition == condition && row.time_h == time_h;
        self.rows
            .iter()
            .filter(here)
            .filter_map(|row| row.values[place])
            .collect()
    }

    /// The last time of record, h.
    pub fn last_time_h(&self) -> Option<f64> {
        self.rows.last().map(|row| row.time_h)
    }
}

/// Takes readouts as a run goes on.
#[derive(Debug)]
pub struct Recorder {
    sites: Vec<Site>,
    readouts: Readouts,
}

impl Recorder {
    /// A recorder for `plate` with nothing recorded.
    pub fn new(plate: &Plate) -> Self {
        let conditions = plate
            .conditions
            .iter()
            .map(|condition| condition.name.clone())
            .collect();
        Self {
            sites: sites(plate),
            readouts: Readouts {
                conditions,
                columns: columns(plate),
                rows: Vec::new(),
            },
        }
    }

    /// A recorder that goes on from earlier readouts of the same plate. `None` if they are of another: their
    /// columns, conditions or wells differ.
    pub fn resume(plate: &Plate, earlier: Readouts) -> Option<Self> {
        let mut recorder = Self::new(plate);
        let same = earlier.columns == recorder.readouts.columns
            && earlier.conditions == recorder.readouts.conditions
            && earlier.rows.len().is_multiple_of(recorder.sites.len().max(1));
        recorder.readouts = earlier;
        same.then_some(recorder)
    }

    /// Adds a row for each well of `plate`, as events have made it by now. A state that was recorded already is not
    /// recorded again.
    pub fn record(&mut self, plate: &Plate, world: &World) {
        let time_h = f64::from(world.step) * plate.step_h;
        if self.readouts.last_time_h().is_some_and(|last| last >= time_h) {
            return;
        }
        // Grids may have been added by a drop.
        self.sites = sites(plate);
        let forest = Forest::new(world);
        let measured = map_indices(self.sites.len(), |well| {
            let site = &self.sites[well];
            measure(&Culture {
                plate,
                world,
                forest: &forest,
                site,
            })
        });
        let earlier = self.readouts.rows.len().saturating_sub(self.sites.len());
        let tip_hours = tip_hours(world, self.sites.len(), plate.step_h);
        for (well, (now, tip_hours)) in measured.iter().zip(tip_hours).enumerate() {
            let before = self.readouts.rows.get(earlier + well).filter(|row| row.time_h < time_h);
            let growth_rate_um_per_h = before.and_then(|before| self.growth_rate(before, now, tip_hours));
            let interval = Interval {
                now,
                tip_hours,
                growth_rate_um_per_h,
            };
            let site = &self.sites[well];
            let row = Row {
                condition: site.condition,
                well,
                replicate: site.replicate,
                time_h,
                values: (self.readouts.columns.iter())
                    .map(|column| column.readout.read(&interval))
                    .collect(),
            };
            self.readouts.rows.push(row);
        }
    }

    /// The readouts recorded so far.
    pub fn readouts(&self) -> &Readouts {
        &self.readouts
    }

    /// The readouts recorded.
    pub fn into_readouts(self) -> Readouts {
        self.readouts
    }

    /// Change of the total length over the tip-hours of the interval, µm/h.
    fn growth_rate(&self, before: &Row, now: &WellMeasures, tip_hours: f64) -> Option<f64> {
        let was = |readout| before.values[self.readouts.place(readout)?];
        let grown_um = now.shafts.length_um - was(Readout::NeuriteLengthTotal)?;
        let lived_h = tip_hours - was(Readout::TipHours)?;
        (lived_h > 0.0).then(|| grown_um / lived_h)
    }
}
