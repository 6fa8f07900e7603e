//! The tools of the dish by numbers: what the pointer does with a knife or a pipette, for whoever holds none.

use crate::measures::well_names;
use crate::page::Page;
use maud::{Markup, html};
use outgrowth::lesson::LessonTool;
use outgrowth::model::plate::Plate;

/// The tools.
pub fn tools(page: &Page) -> String {
    let words = page.words();
    let plate = &page.told_plate();
    // A lesson says itself what may be done.
    let may = |tool| {
        page.teaching
            .as_ref()
            .is_none_or(|teaching| teaching.run.step().tools.contains(&tool))
    };
    let (may_cut, may_drop) = (
        may(LessonTool::Cut),
        may(LessonTool::Drop) && !plate.myokines.is_empty(),
    );
    let may_magnet = may(LessonTool::Magnet);
    let (may_probe, may_ruler) = (may(LessonTool::Probe), may(LessonTool::Ruler));
    if !(may_cut || may_drop || may_magnet || may_probe || may_ruler) {
        return String::new();
    }
    let well = plate.domain.size_um().truncate();
    let first = plate.explants.first();
    let (centre, radius) = first.map_or((0.5 * well, 0.0), |placed| {
        (placed.at_um.truncate(), placed.explant.radius_um)
    });
    // Beside the first explant, where axons will be.
    let x = (centre.x + radius + 100.0).min(well.x);
    let reach = (radius + 400.0).min(0.5 * well.y);
    html! {
        details {
            summary { (words.tools) }
            @if may_cut { form data-wish="cut" {
                fieldset {
                    legend { (words.cut) }
                    (treatments(page, plate))
                    (way(page, x, (centre.y - reach).max(0.0), x, (centre.y + reach).min(well.y), (well.x, well.y)))
                    button { (words.cut) }
                }
            } }
            @if may_drop {
                form data-wish="drop" {
                    fieldset {
                        legend { (words.drop) }
                        (treatments(page, plate))
                        (number("x", words.at_x, x, well.x))
                        (number("y", words.at_y, centre.y, well.y))
                        (number("radius", words.radius, 100.0, well.x.max(well.y)))
                        (number("dose", words.dose, 1.0, 1000.0))
                        button { (words.drop) }
                    }
                }
            }
            @if may_magnet {
                form data-wish="magnet" {
                    fieldset {
                        legend { (words.magnet) }
                        (treatments(page, plate))
                        (way(page, (centre.x - reach).max(0.0), centre.y, (centre.x + reach).min(well.x), centre.y, (well.x, well.y)))
                        (number("frequency", words.frequency, 1.0, 20.0))
                        (number("minutes", words.minutes, 30.0, 1440.0))
                        button { (words.magnet) }
                    }
                }
            }
            @if may_probe {
                form data-wish="probe" {
                    fieldset {
                        legend { (words.probe) }
                        label { (words.well) " " select name="well" {
                            @for (well, name) in well_names(plate).iter().enumerate() { option value=(well) { (name) } }
                        } }
                        (number("x", words.at_x, x, well.x))
                        (number("y", words.at_y, centre.y, well.y))
                        button { (words.read_it) }
                    }
                }
            }
            @if may_ruler {
                form data-wish="ruler" {
                    fieldset {
                        legend { (words.ruler) }
                        (way(page, centre.x, centre.y, x, centre.y, (well.x, well.y)))
                        button { (words.measure_it) }
                    }
                }
            }
        }
    }
    .into_string()
}

/// The measures that were taken with them, the newest first.
pub fn measures(page: &Page) -> String {
    let plate = &page.told_plate();
    html! {
        @if !page.measures.is_empty() {
            h3 { (page.words().measures) }
            ul role="status" { @for measure in &page.measures { li { (measure.words(plate, page.language)) } } }
        }
    }
    .into_string()
}

fn treatments(page: &Page, plate: &Plate) -> Markup {
    let words = page.words();
    html! {
        label { (words.where_done) " " select name="condition" {
            option value="" { (words.at_all) }
            @for (condition, treated) in plate.conditions.iter().enumerate() {
                option value=(condition) { (treated.name) }
            }
        } }
    }
}

/// The fields of a way from one point of a well to another.
fn way(page: &Page, from_x: f64, from_y: f64, to_x: f64, to_y: f64, most: (f64, f64)) -> Markup {
    let words = page.words();
    html! {
        (number("from_x", words.from_x, from_x, most.0))
        (number("from_y", words.from_y, from_y, most.1))
        (number("to_x", words.to_x, to_x, most.0))
        (number("to_y", words.to_y, to_y, most.1))
    }
}

fn number(name: &str, label: &str, value: f64, most: f64) -> Markup {
    html! {
        label { (label) " " input type="number" name=(name) value=(value.round()) min="0" max=(most.round()) step="any" required; }
    }
}
