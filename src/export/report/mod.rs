//! `report.html`: what was run and what came out, in one file that loads nothing from anywhere.

pub(crate) mod html;
pub(crate) mod plots;
mod programmes;
mod words;

use super::base64::base64;
use super::error::ExportError;
use super::figures::{days, figure, with_spread};
use super::outcome::Results;
use super::palette::{bytes, on_paper};
use super::picture::wells_drawn;
use super::record::RunRecord;
use crate::model::parameter::Grade;
use crate::readout::acceptance::{Verdict, acceptance};
use crate::readout::columns::Readout;
use crate::readout::growth::rates_between;
use crate::readout::profiles::{rose, sholl};
use crate::readout::recorder::Readouts;
use crate::readout::summary::Summary;
use html::{Cell, escaped, table};
use plots::{curves_svg, rose_svg, sholl_svg};
use programmes::gene_programmes;

/// The curves shown, and their titles.
const CURVES: [(Readout, &str); 8] = [
    (
        Readout::OutgrowthRadiusMean,
        "Outgrowth radius: tips from the explant's edge",
    ),
    (Readout::NeuriteLengthLongest, "Longest neurite, mean over neurons"),
    (Readout::NeuriteLengthTotal, "Length of all axons of a well"),
    (Readout::GrowthRateMean, "Growth rate: net elongation of a tip"),
    (Readout::Tips, "Tips"),
    (Readout::MyokineAtConesMean(0), "Myokine dose at the growth cones"),
    (Readout::MechanoStateMean, "Mechano-state of the growth cones"),
    (Readout::SomaMigrationMean, "Migration of the somata"),
];

/// The report as HTML. `record` is the completed run record, `picture` the plate as a PNG file or why there is
/// none.
///
/// # Errors
/// A plot cannot be drawn.
pub fn report_html(
    results: &Results<'_>,
    record: &RunRecord,
    picture: Result<&[u8], &ExportError>,
) -> Result<String, ExportError> {
    let name = escaped(&results.plate.name);
    let sections = [
        opening(results, record),
        plate_figure(results, record, picture),
        curves(results.readouts)?,
        profiles(results)?,
        rates_by_day(results.readouts),
        final_readouts(results.readouts),
        acceptance_table(results),
        gene_programmes(results),
        parameters(record),
        run_record(record),
    ];
    Ok(format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{name}</title>\n<style>\n{}</style>\n</head>\n\
         <body>\n{}\n</body>\n</html>\n",
        include_str!("report.css"),
        sections.join("\n")
    ))
}

fn opening(results: &Results<'_>, record: &RunRecord) -> String {
    let plate = results.plate;
    let reached = days(f64::from(record.steps_done) * record.step_h);
    let planned = days(f64::from(record.steps_planned) * record.step_h);
    let banner = if record.partial {
        format!(
            "<p class=\"banner\"><strong>Partial result.</strong> The run was interrupted after {reached} of \
             {planned}; everything below shows that moment.</p>"
        )
    } else {
        String::new()
    };
    let wells = plate.wells().len();
    let size = plate.domain.size_um() / 1000.0;
    let rows: Vec<Vec<Cell>> = plate
        .conditions
        .iter()
        .enumerate()
        .map(|(index, condition)| {
            let prediction = if words::is_prediction(plate, index) {
                "prediction: no such arm was published"
            } else {
                ""
            };
            vec![
                Cell::text(condition.name.clone()),
                Cell::number(condition.wells.to_string()),
                Cell::text(words::treatment(plate, index)),
                Cell::text(prediction),
            ]
        })
        .collect();
    let heading = [
        Cell::text("Condition"),
        Cell::number("Wells"),
        Cell::text("Treatment"),
        Cell::text(""),
    ];
    format!(
        "<h1>{}</h1>\n<p class=\"quiet\">{reached} of axon growth in {wells} wells of {} × {} mm with {} neurons \
         each, simulated by outgrowth {} (seed {}).</p>\n{banner}{}",
        escaped(&plate.name),
        figure(size.x),
        figure(size.y),
        plate.neurons_per_well(),
        escaped(&record.version),
        record.seed,
        table(&heading, &rows)
    )
}

fn plate_figure(results: &Results<'_>, record: &RunRecord, picture: Result<&[u8], &ExportError>) -> String {
    let picture = match picture {
        Ok(picture) => base64(picture),
        Err(error) => {
            return format!(
                "<p>There is no picture of the plate: {}.</p>",
                escaped(&error.to_string())
            );
        }
    };
    let (drawn, all) = (wells_drawn(results.plate), results.plate.wells().len());
    let wells = if drawn == all {
        "All wells".to_owned()
    } else {
        format!("{drawn} of {all} wells, all")
    };
    let when = if record.partial {
        format!(
            "after {}, where the run was interrupted",
            days(f64::from(record.steps_done) * record.step_h)
        )
    } else {
        "at the end of the run".to_owned()
    };
    format!(
        "<figure><img alt=\"The plate\" src=\"data:image/png;base64,{picture}\"><figcaption>{wells} at the same \
         scale, {when}.</figcaption></figure>"
    )
}

fn legend(readouts: &Readouts) -> String {
    let entries: String = readouts
        .conditions
        .iter()
        .enumerate()
        .map(|(condition, name)| {
            let [r, g, b] = bytes(on_paper(condition));
            format!(
                "<li><span class=\"chip\" style=\"background:rgb({r},{g},{b})\"></span>{}</li>",
                escaped(name)
            )
        })
        .collect();
    format!("<ul class=\"legend\">{entries}</ul>")
}

fn curves(readouts: &Readouts) -> Result<String, ExportError> {
    let mut plots = String::new();
    for (readout, title) in CURVES {
        if let Some(svg) = curves_svg(readouts, readout)? {
            plots.push_str(&format!(
                "<figure><figcaption>{}</figcaption>{svg}</figure>\n",
                escaped(title)
            ));
        }
    }
    Ok(format!(
        "<h2>Growth</h2>\n<p class=\"quiet\">Lines are means over wells, bands one standard deviation between \
         wells.</p>\n{}<div class=\"plots\">\n{plots}</div>",
        legend(readouts)
    ))
}

fn profiles(results: &Results<'_>) -> Result<String, ExportError> {
    let (plate, readouts) = (results.plate, results.readouts);
    let wells = plate.wells();
    let (profiles, roses) = (sholl(plate, results.world), rose(plate, results.world));
    let by_well: Vec<_> = wells
        .iter()
        .zip(&profiles)
        .map(|(well, profile)| (well.condition, profile))
        .collect();
    let mut rows = Vec::new();
    let mut figures = String::new();
    for (condition, name) in readouts.conditions.iter().enumerate() {
        let of_condition = || {
            wells
                .iter()
                .enumerate()
                .filter(move |(_, well)| well.condition == condition)
        };
        let mean = |of: &dyn Fn(usize) -> Option<f64>| {
            with_spread(Summary::of(
                &of_condition().filter_map(|(well, _)| of(well)).collect::<Vec<f64>>(),
            ))
        };
        rows.push(vec![
            Cell::text(name.clone()),
            Cell::number(mean(&|well| Some(profiles[well].maximum() as f64))),
            Cell::number(mean(&|well| profiles[well].critical_radius_um())),
        ]);
        let roses: Vec<_> = of_condition().map(|(well, _)| &roses[well]).collect();
        figures.push_str(&format!(
            "<figure>{}<figcaption>{}</figcaption></figure>\n",
            rose_svg(condition, &roses),
            escaped(name)
        ));
    }
    let heading = [
        Cell::text("Condition"),
        Cell::number("Most crossings"),
        Cell::number("Critical radius, µm"),
    ];
    Ok(format!(
        "<h2>Sholl profile</h2>\n<p class=\"quiet\">Crossings of axons with circles around their explant.</p>\n{}\
         <div class=\"plots\"><figure>{}</figure><div>{}</div></div>\n<h2>Headings of the tips</h2>\n<p \
         class=\"quiet\">The area of a sector is its share of the tips; the dashed circle is what even headings \
         would give.</p>\n<div class=\"roses\">{figures}</div>",
        legend(readouts),
        sholl_svg(readouts.conditions.len(), &by_well)?,
        table(&heading, &rows)
    ))
}

fn rates_by_day(readouts: &Readouts) -> String {
    let Some(last_h) = readouts.last_time_h().filter(|&last_h| last_h > 0.0) else {
        return String::new();
    };
    let mut heading = vec![Cell::text("Day")];
    heading.extend(readouts.conditions.iter().map(|name| Cell::number(name.clone())));
    // Rounding in the last time must not begin a day.
    let rows: Vec<Vec<Cell>> = (0..((last_h - 1e-6) / 24.0).ceil().max(1.0) as u32)
        .map(|day| {
            let (from_h, to_h) = (24.0 * f64::from(day), (24.0 * f64::from(day + 1)).min(last_h));
            let whole = to_h - from_h > 24.0 - 1e-6;
            let name = if whole {
                format!("{}", day + 1)
            } else {
                format!("{} (first {} h)", day + 1, figure(to_h - from_h))
            };
            let rates = (0..readouts.conditions.len())
                .map(|condition| Summary::of(&rates_between(readouts, condition, from_h, to_h)));
            std::iter::once(Cell::text(name))
                .chain(rates.map(|summary| Cell::number(with_spread(summary))))
                .collect()
        })
        .collect();
    format!(
        "<h2>Growth rate by day</h2>\n<p class=\"quiet\">Net elongation of a tip, µm/h: growth of the total length \
         over the tip-hours of the day. Mean ± standard deviation between wells.</p>\n{}",
        table(&heading, &rows)
    )
}

fn final_readouts(readouts: &Readouts) -> String {
    let Some(time_h) = readouts.last_time_h() else {
        return String::new();
    };
    let mut heading = vec![Cell::text("Readout")];
    heading.extend(readouts.conditions.iter().map(|name| Cell::number(name.clone())));
    let rows: Vec<Vec<Cell>> = readouts
        .columns
        .iter()
        .map(|column| {
            let values = (0..readouts.conditions.len())
                .map(|condition| Summary::of(&readouts.values_at(column.readout, condition, time_h)));
            std::iter::once(Cell::text(column.name.clone()))
                .chain(values.map(|summary| Cell::number(with_spread(summary))))
                .collect()
        })
        .collect();
    format!(
        "<h2>Readouts after {}</h2>\n<p class=\"quiet\">Mean ± standard deviation between wells.</p>\n{}",
        days(time_h),
        table(&heading, &rows)
    )
}

fn acceptance_table(results: &Results<'_>) -> String {
    let heading = ["Check", "Band", "This run", "Verdict", "Kind"].map(Cell::text);
    let rows: Vec<Vec<Cell>> = acceptance(results.plate, results.readouts)
        .into_iter()
        .map(|check| {
            let class = match check.verdict {
                Verdict::Pass => "pass",
                Verdict::Fail => "fail",
                Verdict::NotHere(_) => "quiet",
            };
            vec![
                Cell::text(check.name),
                Cell::text(check.band),
                Cell::text(check.figure),
                Cell {
                    text: check.verdict.words(),
                    class,
                },
                Cell::text(check.evidence.words()),
            ]
        })
        .collect();
    format!(
        "<h2>Acceptance</h2>\n<p class=\"quiet\">Bands for the reference plate. A calibration input only shows that \
         the calibration holds; the tests are what the model says on its own.</p>\n{}",
        table(&heading, &rows)
    )
}

fn parameters(record: &RunRecord) -> String {
    if record.parameters.is_empty() {
        return String::new();
    }
    let heading = [
        "Parameter",
        "Value",
        "Default",
        "Grade",
        "Source of the default",
        "Meaning",
    ]
    .map(Cell::text);
    let rows: Vec<Vec<Cell>> = record
        .parameters
        .iter()
        .map(|parameter| {
            let class = if parameter.value == parameter.default {
                ""
            } else {
                "changed"
            };
            vec![
                Cell::text(parameter.path.clone()),
                Cell {
                    text: parameter.value.clone(),
                    class,
                },
                Cell::text(parameter.default.clone()),
                Cell::text(parameter.grade.clone()),
                Cell::text(parameter.source.clone()),
                Cell::text(parameter.meaning.clone()),
            ]
        })
        .collect();
    let grades = [Grade::A, Grade::B, Grade::C, Grade::X];
    let grades: Vec<String> = grades
        .iter()
        .map(|grade| format!("{grade}: {}", grade.meaning()))
        .collect();
    format!(
        "<h2>Parameters</h2>\n<p class=\"quiet\">Values in bold differ from the default. {}.</p>\n{}",
        escaped(&grades.join("; ")),
        table(&heading, &rows)
    )
}

fn run_record(record: &RunRecord) -> String {
    let rows = [
        ("Version", record.version.clone()),
        ("Seed", record.seed.to_string()),
        (
            "Steps",
            format!(
                "{} of {}, {} min each",
                record.steps_done,
                record.steps_planned,
                figure(record.step_h * 60.0)
            ),
        ),
        ("Engine", record.engine.clone()),
        ("Adapter", record.adapter.clone()),
        ("Driver", record.driver.clone()),
        ("Backend", record.backend.clone()),
        ("Threads", record.threads.to_string()),
        ("Started", record.started.clone()),
        ("Ended", record.ended.clone()),
        ("Wall time", format!("{} s", figure(record.wall_s))),
        ("Overrides", record.overrides.join(" ")),
    ];
    let rows: Vec<Vec<Cell>> = rows
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(what, value)| vec![Cell::text(what), Cell::text(value)])
        .collect();
    let scenario = if record.scenario.is_empty() {
        String::new()
    } else {
        format!(
            "<details open><summary>The scenario</summary><pre>{}</pre></details>",
            escaped(&record.scenario)
        )
    };
    format!(
        "<h2>Run record</h2>\n{}{scenario}",
        table(&[Cell::text("What"), Cell::text("")], &rows)
    )
}
