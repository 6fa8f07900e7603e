//! Collects readouts: one row for each well and time of record.

use super::columns::{Column, Interval, Readout, columns};
use super::culture::{Culture, Site, sites};
use super::tip_hours::tip_hours;
use super::topology::Forest;
use super::well::{WellMeasures, measure};
use crate::model::plate::Plate;
use crate::model::world::World;
use crate::parallel::map_indices;
use serde::{Deserialize, Serialize};

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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
        self.place(readout)
            .map_or_else(Vec::new, |place| self.values_in(place, condition, time_h))
    }

    /// The same for a column by its place in [`Readouts::columns`].
    pub fn values_in(&self, place: usize, condition: usize, time_h: f64) -> Vec<f64> {
        // Rows are in order of time. The same step gives the same time to the last bit, so a time of record is found by equality.
        let first = self.rows.partition_point(|row| row.time_h < time_h);
        let then = self.rows[first..].iter().take_while(|row| row.time_h == time_h);
        then.filter(|row| row.condition == condition)
            .filter_map(|row| row.values[place])
            .collect()
    }

    /// The rows of the last time of record.
    pub fn last_rows(&self) -> &[Row] {
        let last = self.last_time_h();
        let begins = self.rows.iter().rposition(|row| Some(row.time_h) != last);
        &self.rows[begins.map_or(0, |before| before + 1)..]
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
    thinned: Option<Thinned>,
}

/// A run with more rows than memory should hold: every record is written to disk when it is taken, and what stays is a choice
/// of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Thinned {
    /// Values that stay at most.
    most_values: usize,
    /// Every so many records stay.
    stride: usize,
    /// The number of the last record.
    last: usize,
    /// The numbers of the records that stay, in order.
    kept: Vec<usize>,
}

/// The rows that a recorder holds, and how it chooses them: with it another goes on as if it were the same.
#[derive(Debug, PartialEq, Deserialize)]
pub struct Memory {
    rows: Vec<Row>,
    thinned: Option<Thinned>,
}

impl Recorder {
    /// What another recorder of the same plate needs to go on, to be written down as a [`Memory`].
    pub fn memory(&self) -> impl Serialize {
        (&self.readouts.rows, &self.thinned)
    }

    /// A recorder that goes on from the memory of another of the same plate. `None` if it is of another plate: its wells or columns
    /// differ in number.
    pub fn remembering(plate: &Plate, memory: Memory) -> Option<Self> {
        let mut recorder = Self::new(plate);
        let (wells, columns) = (recorder.sites.len(), recorder.readouts.columns.len());
        let fits = memory.rows.len().is_multiple_of(wells.max(1))
            && memory
                .rows
                .iter()
                .all(|row| row.values.len() == columns && row.well < wells);
        recorder.readouts.rows = memory.rows;
        recorder.thinned = memory.thinned;
        fits.then_some(recorder)
    }

    /// A recorder for `plate` with nothing recorded.
    pub fn new(plate: &Plate) -> Self {
        let conditions = plate.condition_names();
        Self {
            sites: sites(plate),
            readouts: Readouts {
                conditions,
                columns: columns(plate),
                rows: Vec::new(),
            },
            thinned: None,
        }
    }

    /// The same, but of more than `most_values` values only every second record stays, then every fourth and so on; and those
    /// of whole days and the last one always. For a run whose records go to disk as they are taken
    /// ([`Readouts::last_rows`]).
    pub fn thinning(plate: &Plate, most_values: usize) -> Self {
        Self {
            thinned: Some(Thinned {
                most_values,
                stride: 1,
                last: 0,
                kept: Vec::new(),
            }),
            ..Self::new(plate)
        }
    }

    /// Every how many records stay in memory: 1 unless there were too many.
    pub fn stride(&self) -> usize {
        self.thinned.as_ref().map_or(1, |thinned| thinned.stride)
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
        let mut rows = Vec::with_capacity(measured.len());
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
            rows.push(row);
        }
        self.readouts.rows.extend(rows);
        self.thin(plate.step_h);
    }

    /// Forgets rows that are too many, each on disk by now but for those of the last record.
    fn thin(&mut self, step_h: f64) {
        let Some(thinned) = &mut self.thinned else { return };
        let wells = self.sites.len().max(1);
        thinned.kept.push(thinned.last);
        thinned.last += 1;
        let times = thinned.kept.len();
        let stays = |record: usize, stride: usize, time_h: f64| {
            let of_a_day = (time_h - 24.0 * (time_h / 24.0).round()).abs() <= 0.5 * step_h;
            record.is_multiple_of(stride) || of_a_day
        };
        let rows = &mut self.readouts.rows;
        // The one before the last stayed for the growth since; of a longer stride it need not stay any more.
        if times > 1 {
            let before = times - 2;
            if !stays(thinned.kept[before], thinned.stride, rows[before * wells].time_h) {
                thinned.kept.remove(before);
                rows.drain(before * wells..(before + 1) * wells);
            }
        }
        if rows.len() * self.readouts.columns.len() > thinned.most_values {
            thinned.stride *= 2;
            let last = thinned.kept.len() - 1;
            let stay: Vec<bool> = (0..=last)
                .map(|time| time == last || stays(thinned.kept[time], thinned.stride, rows[time * wells].time_h))
                .collect();
            let mut row = 0..;
            rows.retain(|_| row.next().is_some_and(|row| stay[row / wells]));
            let mut time = 0..;
            thinned
                .kept
                .retain(|_| time.next().is_some_and(|time: usize| stay[time]));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::seeding::seed;
    use crate::model::tables::Tables;
    use crate::scenario;

    /// Rows of a long run grew in memory without end; what is forgotten was shown before as the last rows.
    #[test]
    fn a_thinning_recorder_keeps_whole_days_the_last_record_and_a_choice_of_the_others() {
        let changes = ["duration=3 d", "step=10 min", "event=[]"].map(|change| change.parse().expect("an override"));
        let quick = scenario::builtin("quick").expect("built in");
        let read = scenario::read(quick.text, "quick", &changes, &scenario::Surroundings::built_in());
        let plate = read.expect("a scenario").plate;
        let mut world = seed(&plate, &Tables::of(&plate));
        let (mut all, mut some) = (Recorder::new(&plate), Recorder::thinning(&plate, 4000));
        let mut shown = Vec::new();
        for step in 0..=plate.steps {
            world.step = step;
            all.record(&plate, &world);
            some.record(&plate, &world);
            shown.extend_from_slice(some.readouts().last_rows());
        }
        assert_eq!(shown, all.readouts().rows, "a row was forgotten before it was shown");
        let kept = &some.readouts().rows;
        assert!(some.stride() > 1 && kept.len() * some.readouts().columns.len() <= 4000);
        assert!(kept.iter().all(|row| all.readouts().rows.contains(row)));
        let times = some.readouts().times_h();
        for hours in [0.0, 24.0, 48.0, 72.0] {
            assert!(times.iter().any(|time: &f64| (time - hours).abs() < 1e-9), "{hours} h");
        }
    }
}
