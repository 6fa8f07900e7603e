//! Tables of a dataset that are there as text alone, since they are short.

use super::contents::{CONCLUSIONS, FAILED_TEXT, INDICES, POWER};
use crate::export::table::ColumnTable;

/// A table that was written as text.
pub struct TextTable<'a> {
    /// The name of its file.
    pub file: &'static str,
    /// What its rows are.
    pub meaning: &'static str,
    /// A table with its columns, and at least some of its rows.
    pub table: &'a ColumnTable,
}

impl<'a> TextTable<'a> {
    /// Those of them that a sweep has.
    pub fn written(
        conclusions: Option<&'a ColumnTable>,
        indices: Option<&'a ColumnTable>,
        power: Option<&'a ColumnTable>,
        failed: Option<&'a ColumnTable>,
    ) -> Vec<Self> {
        let all = [
            (
                CONCLUSIONS,
                "how far each conclusion goes over the points, by condition and measure",
                conclusions,
            ),
            (
                INDICES,
                "Sobol indices: which keys make results vary, by condition, measure and key",
                indices,
            ),
            (
                POWER,
                "replicate wells that show an effect, by point, condition, measure and effect",
                power,
            ),
            (FAILED_TEXT, "the runs that failed, and why", failed),
        ];
        let written = all.into_iter().filter_map(|(file, meaning, table)| {
            Some(Self {
                file,
                meaning,
                table: table?,
            })
        });
        written.collect()
    }
}
