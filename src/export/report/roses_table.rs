//! The numbers of roses as a table.

use super::plots::Headings;
use crate::export::table::{ColumnTable, TableColumn, Values};
use crate::readout::profiles::SECTORS;

/// A row for each condition and sector: the share of the tips that head into it, in the mean and in each well.
pub(super) fn roses_table(conditions: &[Headings<'_>]) -> ColumnTable {
    let rows: Vec<(&Headings<'_>, usize)> = conditions
        .iter()
        .flat_map(|headings| (0..SECTORS).map(move |sector| (headings, sector)))
        .collect();
    let number = |name: &str, unit: &str, meaning: &str, of: &dyn Fn(&(&Headings<'_>, usize)) -> Option<f64>| {
        TableColumn::new(name, unit, meaning, Values::numbers(rows.iter().map(of)))
    };
    let names = rows.iter().map(|(headings, _)| headings.name.to_owned());
    let mut columns = vec![
        TableColumn::new("condition", "", "the treatment", Values::Text(names.collect())),
        number(
            "heading (deg)",
            "deg",
            "the middle of the sector, counter-clockwise from the x axis",
            &|&(_, sector)| Some(360.0 * sector as f64 / SECTORS as f64),
        ),
        number("share", "1", "share of the tips, mean over wells", &|&(
            headings,
            sector,
        )| {
            Some(headings.mean(sector))
        }),
    ];
    let most = conditions
        .iter()
        .map(|headings| headings.wells.len())
        .max()
        .unwrap_or(0);
    columns.extend((0..most).map(|well| {
        number(
            &format!("replicate_{}", well + 1),
            "1",
            "the share in a well",
            &|&(headings, sector)| Some(headings.wells.get(well)?[sector]),
        )
    }));
    ColumnTable { columns }
}
