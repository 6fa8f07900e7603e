//! The table of readouts, as a run prints it.

use super::course::swatch;
use crate::page::Page;
use maud::html;
use outgrowth::export::hues::hues;
use outgrowth::export::results_cells;
use outgrowth::lesson::Language;

/// Names of readouts in Chinese; what is missing here is shown as files have it.
const CHINESE: [(&str, &str); 7] = [
    ("radius", "生长半径"),
    ("longest", "最长神经突"),
    ("total", "总长度"),
    ("rate", "生长速率"),
    ("tips", "末梢数"),
    ("migration", "胞体迁移"),
    ("dose at cones", "生长锥处剂量"),
];

/// The readouts of each treatment as they stand now.
pub fn table(page: &Page) -> String {
    let words = page.words();
    let cells = results_cells(&page.told_readouts(), page.told_control());
    let hues = hues(&page.scenario.plate);
    html! {
        h2 { (words.readouts) }
        @if let Some((head, lines)) = cells.split_first() {
            div.wide tabindex="0" role="region" aria-label=(words.readouts) {
                table {
                    caption { (head[0]) " (" (words.mean_and_spread) "; " (words.times_control) ")" }
                    thead { tr {
                        th scope="col" { (words.treatment) }
                        @for heading in &head[1..] { th scope="col" { (heading_in(page.language, heading)) } }
                    } }
                    tbody { @for (condition, line) in lines.iter().enumerate() { tr {
                        th scope="row" { (swatch(hues[condition])) (line[0]) }
                        @for cell in &line[1..] { td { (cell) } }
                    } } }
                }
            }
        } @else {
            p { (words.nothing_yet) }
        }
    }
    .into_string()
}

/// A heading, a name with its unit behind it, in a language.
fn heading_in(language: Language, heading: &str) -> String {
    if language == Language::English {
        return heading.to_owned();
    }
    if heading == "wells" {
        return "孔数".to_owned();
    }
    let known = CHINESE.iter().find_map(|(english, chinese)| {
        let unit = heading.strip_prefix(english)?;
        Some(format!("{chinese}{unit}"))
    });
    known.unwrap_or_else(|| heading.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Address;
    use std::collections::BTreeMap;

    #[test]
    fn headings_of_a_plate_are_all_translated() {
        let page = Page::open(&Address::read("?lang=zh&plate=exercise-2024", ""), "", BTreeMap::new()).expect("a page");
        let cells = results_cells(&page.status().readouts, Some(0));
        for heading in &cells[0][1..] {
            assert_ne!(&heading_in(Language::Chinese, heading), heading);
            assert_eq!(&heading_in(Language::English, heading), heading);
        }
        assert_eq!(heading_in(Language::Chinese, "axons across x"), "axons across x");
    }
}
