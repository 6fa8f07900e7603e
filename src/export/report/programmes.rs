//! The report's section on gene programmes: what of them is public and what is the model's own.

use super::html::{Cell, escaped, table};
use crate::export::figures::figure;
use crate::export::outcome::Results;
use crate::readout::columns::Readout;

/// The section on gene programmes, with the weights of the first condition; empty where a plate has none.
pub(super) fn gene_programmes(results: &Results<'_>) -> String {
    let readouts = results.readouts;
    let Some(condition) = results.plate.conditions.first() else {
        return String::new();
    };
    if readouts.place(Readout::AxonGrowthScore).is_none() {
        return String::new();
    }
    let programme = &condition.biology.programme;
    let rows: Vec<Vec<Cell>> = [
        (
            "axon growth and development",
            Readout::AxonGrowthScore,
            programme.mechano_on_axon_growth,
        ),
        (
            "projection guidance",
            Readout::ProjectionGuidanceScore,
            programme.mechano_on_guidance,
        ),
        (
            "maturation of nerve and muscle synapses",
            Readout::SynapseMaturationScore,
            programme.mechano_on_synapse,
        ),
    ]
    .into_iter()
    .map(|(what, readout, mechano)| {
        vec![
            Cell::text(what),
            Cell::text(readout.name()),
            Cell::number("1"),
            Cell::number(figure(mechano)),
        ]
    })
    .collect();
    let heading = [
        Cell::text("Score"),
        Cell::text("Readout"),
        Cell::number("Weight of the trophic programme"),
        Cell::number("Weight of the mechano programme"),
    ];
    format!(
        "<h2>Gene programmes</h2>\n<p>{}</p>\n<p>{}</p>\n{}",
        escaped(
            "Public: exercised medium and movement leave different signatures in the RNA of motor neurons, and medium does \
             more than movement for the growth of axons, for the guidance of projections and for the maturation of their \
             synapses with muscle (abstract of Bu 2024). Not public, as far as could be read: which genes, how many, and by \
             how much."
        ),
        escaped(
            "So no gene stands in this report. Two programmes follow their causes with a delay, the trophic one the bound \
             receptors, the mechano one the mechano-state; three scores weigh them. The weights are assumed (grade C): that \
             medium comes out above movement is put in, not found."
        ),
        table(&heading, &rows)
    )
}
