//! What a run leaves, before it is run: rows of readouts, files and their size, and the time and memory that measuring and
//! writing them takes. Estimates, as those of the run itself.

use super::record::{Leave, RecordOptions};
use crate::model::plate::Plate;
use crate::readout::columns::columns;

/// Assumed speed of measuring: for each row, and for each recorded point of the well's axons; s.
const SECONDS_PER_ROW: f64 = 3e-5;
/// See [`SECONDS_PER_ROW`].
const SECONDS_PER_POINT: f64 = 5e-8;
/// Values of readouts that stay in memory while a run goes on, for the report; all of them are on disk.
pub const VALUES_IN_MEMORY: usize = 16_000_000;
/// Bytes of a value of a row while the run goes on, and in readouts.csv and readouts.parquet together.
const BYTES_IN_MEMORY: f64 = 26.0;
/// See [`BYTES_IN_MEMORY`].
const BYTES_ON_DISK: f64 = 10.0;
/// Bytes of a point in a neuron's file.
const BYTES_PER_POINT: f64 = 45.0;
/// Bytes of a neuron's file beside its points, and of its row in neurons.parquet.
const BYTES_PER_NEURON: f64 = 600.0;
/// Bytes of the picture, which stands in the report as well, a third larger.
const BYTES_OF_PICTURE: f64 = 1.2e6;
/// Bytes of the report without it.
const BYTES_OF_REPORT: f64 = 3e5;
/// Bytes of the run record, the scenario and the heads of tables.
const BYTES_BESIDE: f64 = 1e5;
/// Files that are always left: two tables of readouts, the run record and the scenario.
const FILES_BESIDE: f64 = 4.0;

/// What a run leaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recorded {
    /// Rows of readouts: one for each well and time of record.
    pub rows: f64,
    /// Files in the results.
    pub files: f64,
    /// Their size together, bytes.
    pub disk_bytes: f64,
    /// Memory for the rows, bytes.
    pub memory_bytes: f64,
    /// Time to measure and write, s.
    pub seconds: f64,
}

/// Times of record of a plate: that of the start, and the last even where it comes early.
pub fn times_of_record(plate: &Plate) -> u64 {
    1 + u64::from(plate.steps.div_ceil(plate.record_every.max(1)))
}

impl Recorded {
    /// What is left beside wells, where `leave` is.
    pub(super) fn beside_wells(leave: Leave) -> Self {
        let mut recorded = Self {
            rows: 0.0,
            files: FILES_BESIDE,
            disk_bytes: BYTES_BESIDE,
            memory_bytes: 0.0,
            seconds: 0.0,
        };
        let mut add = |is_left: bool, bytes: f64| {
            if is_left {
                recorded.files += 1.0;
                recorded.disk_bytes += bytes;
            }
        };
        // The table of neurons, of which the rows are counted by the well.
        add(leave.axons, 0.0);
        add(leave.pictures, BYTES_OF_PICTURE);
        let in_report = if leave.pictures {
            4.0 / 3.0 * BYTES_OF_PICTURE
        } else {
            0.0
        };
        add(leave.report, BYTES_OF_REPORT + in_report);
        recorded
    }

    /// Adds `wells` wells whose axons have `points` recorded points each at the end.
    pub(super) fn add_wells(&mut self, plate: &Plate, record: &RecordOptions, wells: f64, points: f64) {
        let times = times_of_record(plate) as f64;
        let (rows, values) = (times * wells, columns(plate).len() as f64);
        let neurons = plate.neurons_per_well();
        self.rows += rows;
        self.disk_bytes += rows * values * BYTES_ON_DISK;
        if record.leave.axons {
            let written = record.morphologies.count(neurons) as f64;
            let points_written = points * written / (neurons.max(1) as f64);
            self.files += written * wells;
            self.disk_bytes += wells * (points_written * BYTES_PER_POINT + neurons as f64 * BYTES_PER_NEURON);
        }
        let kept = (rows * values).min(VALUES_IN_MEMORY as f64 - self.memory_bytes / BYTES_IN_MEMORY);
        self.memory_bytes += kept.max(0.0) * BYTES_IN_MEMORY;
        // Axons grow evenly: half of the points in the mean.
        self.seconds += rows * (SECONDS_PER_ROW + 0.5 * points * SECONDS_PER_POINT);
    }
}
