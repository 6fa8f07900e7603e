//! The tools of the dish by numbers: what the pointer does with a knife or a pipette, for whoever holds none.

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
    if !may_cut && !may_drop {
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
                    (number("from_x", words.from_x, x, well.x))
                    (number("from_y", words.from_y, (centre.y - reach).max(0.0), well.y))
                    (number("to_x", words.to_x, x, well.x))
                    (number("to_y", words.to_y, (centre.y + reach).min(well.y), well.y))
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

fn number(name: &str, label: &str, value: f64, most: f64) -> Markup {
    html! {
        label { (label) " " input type="number" name=(name) value=(value.round()) min="0" max=(most.round()) step="any" required; }
    }
}
