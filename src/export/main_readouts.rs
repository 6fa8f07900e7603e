//! The main readouts: those that a run prints and the report's statistics are of.

use super::shown_unit::ShownUnit;
use crate::readout::columns::{Column, Readout};
use crate::readout::recorder::Readouts;

/// A readout that stands for others.
pub(super) struct MainReadout<'a> {
    /// Its column.
    pub column: &'a Column,
    /// Its name in a narrow column.
    pub short: String,
    /// Its name beside an axis.
    pub axis: String,
    /// Its title above a figure.
    pub title: String,
}

/// The readouts, their names in a narrow column and beside an axis, and their titles.
const MAIN: [(Readout, &str, &str, &str); 7] = [
    (
        Readout::OutgrowthRadiusMean,
        "radius",
        "Outgrowth radius",
        "Outgrowth radius: tips from the explant's edge",
    ),
    (
        Readout::NeuriteLengthLongest,
        "longest",
        "Longest neurite",
        "Longest neurite, mean over neurons",
    ),
    (
        Readout::NeuriteLengthTotal,
        "total",
        "Total axon length",
        "Length of all axons of a well",
    ),
    (
        Readout::GrowthRateMean,
        "rate",
        "Growth rate",
        "Growth rate: net elongation of a tip",
    ),
    (Readout::Tips, "tips", "Tips", "Tips of a well"),
    (
        Readout::SomaMigrationMean,
        "migration",
        "Soma migration",
        "Migration of the somata",
    ),
    (
        Readout::MyokineAtConesMean(0),
        "dose at cones",
        "Dose at cones",
        "Myokine dose at the growth cones",
    ),
];

/// Those that a run has, and the counts of axons across each gate.
pub(super) fn main_readouts(readouts: &Readouts) -> Vec<MainReadout<'_>> {
    let main = MAIN.iter().filter_map(|(readout, short, axis, title)| {
        Some(MainReadout {
            column: &readouts.columns[readouts.place(*readout)?],
            short: (*short).to_owned(),
            axis: (*axis).to_owned(),
            title: (*title).to_owned(),
        })
    });
    let gates = readouts.columns.iter();
    let gates = gates.filter(|column| matches!(column.readout, Readout::AxonsAcross(_)));
    let gates = gates.map(|column| MainReadout {
        column,
        short: column.name.replace('_', " "),
        axis: "Axons across".to_owned(),
        title: column.meaning.replacen('a', "A", 1),
    });
    main.chain(gates).collect()
}

impl MainReadout<'_> {
    /// Its short name with the unit of its column; without one for plain numbers and for doses relative to exercised medium.
    pub fn heading(&self) -> String {
        let unit = match self.column.unit {
            "dose" => "",
            unit => ShownUnit::of(unit, 0.0).name,
        };
        format!("{} {unit}", self.short).trim_end().to_owned()
    }
}
