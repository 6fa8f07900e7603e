//! Tips in the rim of their well, over a run.

use super::columns::Readout;
use super::mean::Mean;
use super::recorder::Readouts;
use crate::model::rim::TOLD_AT_RIM;

/// When the tips of a condition came to a side of their wells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtRim {
    /// The first record at which more than [`TOLD_AT_RIM`] of them are in the rim, mean over wells, h.
    pub since_h: f64,
    /// The greatest share of any record, mean over wells.
    pub most: f64,
}

/// That of a condition; `None` where no more than [`TOLD_AT_RIM`] of its tips were ever in the rim.
pub fn at_rim(readouts: &Readouts, condition: usize) -> Option<AtRim> {
    let place = readouts.place(Readout::FractionAtRim)?;
    let mut found: Option<AtRim> = None;
    for same_time in readouts.rows.chunk_by(|a, b| a.time_h == b.time_h) {
        let shares = same_time.iter().filter(|row| row.condition == condition);
        let Some(share) = shares.filter_map(|row| row.values[place]).collect::<Mean>().get() else {
            continue;
        };
        match &mut found {
            Some(found) => found.most = found.most.max(share),
            None if share > TOLD_AT_RIM => {
                found = Some(AtRim {
                    since_h: same_time[0].time_h,
                    most: share,
                });
            }
            None => {}
        }
    }
    found
}
