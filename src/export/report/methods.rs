//! The methods of a run in a paragraph to paste: culture, treatments, computation and statistics, as they were.

use super::citation::citation;
use super::courses::wells_in_words;
use super::html::escaped;
use super::provenance::shown_value;
use super::words;
use crate::export::figures::{counted, days, figure, rounded};
use crate::export::outcome::Results;
use crate::export::record::RunRecord;
use crate::model::parameter::Grade;
use crate::model::plate::DoseUnit;
use crate::readout::roles::roles;

/// The section on methods and citation.
pub(super) fn methods(results: &Results<'_>, record: &RunRecord) -> String {
    let paragraphs = [
        culture(results, record),
        treatments(results),
        computation(results, record),
        statistics(results),
    ];
    let paragraphs: String = paragraphs
        .iter()
        .map(|text| format!("<p class=\"paste\">{}</p>\n", escaped(text)))
        .collect();
    format!(
        "<h2>Methods and citation</h2>\n<p class=\"quiet\">To paste, made from the scenario of this run; one click marks a paragraph.</p>\n\
         {paragraphs}{}",
        citation()
    )
}

fn culture(results: &Results<'_>, record: &RunRecord) -> String {
    let plate = results.plate;
    let domain = &plate.domain;
    let size_mm = domain.size_um() / 1000.0;
    let space = if domain.planar() {
        format!(
            "a planar layer {} µm thick of {} × {} mm",
            rounded(domain.layer_um),
            rounded(size_mm.x),
            rounded(size_mm.y)
        )
    } else {
        format!(
            "a slab of {} × {} × {} mm",
            rounded(size_mm.x),
            rounded(size_mm.y),
            rounded(size_mm.z)
        )
    };
    let walls = if domain.walls.iter().any(|&solid| solid) {
        " with walls"
    } else {
        ""
    };
    let mut radii: Vec<f64> = plate.explants.iter().map(|placed| placed.explant.radius_um).collect();
    radii.sort_by(f64::total_cmp);
    radii.dedup();
    let radii: Vec<String> = radii.into_iter().map(rounded).collect();
    let explants = counted(plate.explants.len() as u64, "explant");
    let varied = if plate.variation.scale > 0.0 {
        " Neurons, explants and cultures varied; wells of one replicate number came from one culture in all conditions."
    } else {
        " Wells differed by chance alone."
    };
    let matrix = ["matrix.stiffness", "matrix.thickness"].map(|path| {
        let parameter = record.parameters.iter().find(|parameter| parameter.path == path);
        parameter.map(|parameter| shown_value(&parameter.value))
    });
    let gel = match matrix {
        [Some(stiffness), Some(thickness)] if domain.planar() => {
            format!(" The gel had a stiffness of {stiffness} and was {thickness} thick.")
        }
        [Some(stiffness), _] => format!(" The gel had a stiffness of {stiffness}."),
        _ => String::new(),
    };
    format!(
        "Growth of motor axons in culture was simulated with outgrowth {} (plate {}). Each well was {space}{walls}, with {explants} of {} µm in \
         radius and {} neurons in all{}.{gel}{varied} Cultures were followed for {} and measured every {} h.",
        record.version,
        plate.name,
        radii.join(" or "),
        plate.neurons_per_well(),
        if words::neurons_vary(plate) { " in the mean" } else { "" },
        days(f64::from(record.steps_done) * record.step_h),
        rounded(f64::from(plate.record_every) * plate.step_h)
    )
}

fn treatments(results: &Results<'_>) -> String {
    let plate = results.plate;
    let conditions = plate.conditions.iter().enumerate();
    let conditions = conditions.map(|(index, condition)| {
        format!(
            "{} ({}): {}",
            condition.name,
            counted(u64::from(condition.wells), "well"),
            words::treatment(plate, index)
        )
    });
    let conditions: Vec<String> = conditions.collect();
    let myokines = plate.myokines.iter().map(|species| {
        let of_dose = match species.unit {
            DoseUnit::Relative => "in multiples of the dose in medium of exercised muscle",
            DoseUnit::Nanomolar => "in nM",
        };
        format!(
            " Doses of {} are {of_dose}; its half-life was {} h, its half dose {} {}, and it raised growth up to {} times.",
            species.name,
            figure_without_zeros(species.myokine.half_life_h),
            rounded(species.myokine.half_dose),
            species.unit.in_words(),
            rounded(species.myokine.max_gain)
        )
    });
    format!(
        "Conditions were: {}.{}",
        conditions.join("; "),
        myokines.collect::<String>()
    )
}

fn computation(results: &Results<'_>, record: &RunRecord) -> String {
    let engine = if record.engine.is_empty() {
        "unknown"
    } else {
        &record.engine
    };
    let overrides = if record.overrides.is_empty() {
        String::new()
    } else {
        format!(" Changed against the scenario: {}.", record.overrides.join(", "))
    };
    let partial = if record.partial {
        format!(
            " The results were written after {} of {} steps.",
            record.steps_done, record.steps_planned
        )
    } else {
        String::new()
    };
    let assumed = record
        .parameters
        .iter()
        .filter(|parameter| parameter.grade == Grade::C.to_string())
        .count();
    let assumed = if record.parameters.is_empty() {
        String::new()
    } else {
        format!(
            " Of {} parameters {assumed} have a default of grade C (order of magnitude); all are in the run record.",
            record.parameters.len()
        )
    };
    format!(
        "The model was advanced in steps of {} min on voxels of {} µm by the engine {engine} with the seed {} (results version {}{}): the same \
         engine and seed give the same bits.{overrides}{partial}{assumed}",
        figure_without_zeros(record.step_h * 60.0),
        rounded(results.plate.domain.voxel_um),
        record.seed,
        record.results_version,
        if record.run.is_empty() {
            String::new()
        } else {
            format!(", run {}", record.run)
        },
    )
}

/// Three significant digits at most.
fn figure_without_zeros(value: f64) -> String {
    figure(value).parse().map_or_else(|_| figure(value), rounded)
}

fn statistics(results: &Results<'_>) -> String {
    let counts = results
        .plate
        .conditions
        .iter()
        .map(|condition| condition.wells as usize);
    let n = wells_in_words(counts.clone());
    let control = roles(results.plate)
        .control
        .map(|control| &results.plate.conditions[control]);
    let compared = match control {
        Some(control) if results.plate.conditions.len() > 1 => format!(
            " Conditions were compared with {} by the ratio of means with its bootstrap interval, by Hedges' g with an interval by the noncentral t, \
             and by two-sided permutation tests on wells, not corrected for their number; where a condition had as many wells as the control, these \
             were paired by culture.",
            control.name
        ),
        _ => String::new(),
    };
    let interval = if counts.max().unwrap_or(0) > 1 {
        " with 95 % percentile intervals by a bootstrap over wells (4000 draws)"
    } else {
        ""
    };
    format!("The unit of replication was the well ({n}). Figures are means over wells{interval}.{compared}")
}
