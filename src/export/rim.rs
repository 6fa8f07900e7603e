//! Notes on tips that came to a side of their well.

use super::figures::{days, figure};
use crate::model::rim::RIM_UM;
use crate::readout::recorder::Readouts;
use crate::readout::rim::at_rim;

/// A sentence for each condition of which more tips than few were in the rim.
pub fn rim_notes(readouts: &Readouts) -> Vec<String> {
    let note = |(condition, name): (usize, &String)| {
        let at_rim = at_rim(readouts, condition)?;
        Some(format!(
            "{name}: from {} on tips are within {RIM_UM} µm of a side of the well, up to {} % of them; axons go no further there, so that \
             radius, extent and hull say too little",
            days(at_rim.since_h),
            figure(100.0 * at_rim.most)
        ))
    };
    readouts.conditions.iter().enumerate().filter_map(note).collect()
}
