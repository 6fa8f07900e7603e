//! Figures of a report: a plot with its caption, to take away as SVG, and its numbers as CSV. Both are in the page itself.

use super::html::escaped;
use crate::export::table::ColumnTable;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Width of a figure in print, mm: a column of a journal.
pub(crate) const COLUMN_MM: f64 = 85.0;
/// Width of a figure, in units of its SVG.
pub(crate) const WIDTH: u32 = 440;
/// Size of its letters, in the same units: 7.1 points at the width of a column.
pub(crate) const LETTERS: u32 = 13;

/// A figure of a report.
pub(crate) struct Figure<'a> {
    /// The name of its files, without an ending.
    pub name: &'a str,
    /// Its title, as HTML.
    pub title: &'a str,
    /// What is seen, as HTML.
    pub caption: &'a str,
    /// The plot: an SVG of [`WIDTH`] units that stands by itself.
    pub svg: &'a str,
    /// Its numbers; `None` where they are in a file beside the page.
    pub numbers: Option<&'a ColumnTable>,
}

impl Figure<'_> {
    /// The figure as HTML.
    pub(crate) fn html(&self) -> String {
        let Self {
            title, caption, svg, ..
        } = *self;
        let name = file_name(self.name);
        let link = |ending: &str, kind: &str, text: &str| {
            format!(
                "<a download=\"{name}.{ending}\" href=\"data:{kind};base64,{}\">{}</a>",
                STANDARD.encode(text.as_bytes()),
                ending.to_uppercase()
            )
        };
        let numbers = self
            .numbers
            .map(|table| link("csv", "text/csv;charset=utf-8", &table.to_csv()));
        let links: Vec<String> = [link("svg", "image/svg+xml", svg)].into_iter().chain(numbers).collect();
        format!(
            "<figure>{}<figcaption><strong>{title}.</strong> {caption} <span class=\"take\">Save as {}</span></figcaption></figure>\n",
            inline(svg),
            links.join(" or ")
        )
    }
}

/// An SVG as it stands inside HTML: there the name space is understood, and without it the page holds no address at all.
pub(crate) fn inline(svg: &str) -> String {
    svg.replace(r#" xmlns="http://www.w3.org/2000/svg""#, "")
}

/// An SVG of a figure by itself: of so many units of height, with what is drawn in it.
pub(crate) fn standing_alone(height: f64, label: &str, drawn: &str) -> String {
    let mm = COLUMN_MM * height / f64::from(WIDTH);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{COLUMN_MM}mm" height="{mm:.2}mm" viewBox="0 0 {WIDTH} {height:.1}" font-family="Helvetica, Arial, sans-serif" font-size="{LETTERS}" role="img" aria-label="{}">{drawn}</svg>"#,
        escaped(label)
    )
}

/// A name that every system takes for that of a file.
fn file_name(name: &str) -> String {
    let plain = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' });
    let plain: String = plain.collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

/// Width of a text in the letters of a figure, in units of its SVG, about: letters of Helvetica are half as wide as they are high, in the
/// mean.
pub(crate) fn text_width(text: &str) -> f64 {
    let wide = |letter: char| match letter {
        'i' | 'j' | 'l' | '.' | ',' | '\'' | '|' | ' ' | 't' | 'f' | '(' | ')' => 0.32,
        'm' | 'w' | 'M' | 'W' | '×' | '%' => 0.82,
        'A'..='Z' => 0.69,
        // Characters of East Asia fill a square.
        letter if letter as u32 >= 0x2E80 => 1.0,
        _ => 0.56,
    };
    text.chars().map(wide).sum::<f64>() * f64::from(LETTERS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::table::{TableColumn, Values};

    /// At the width of a journal's column no letter is below 7 points.
    #[test]
    fn letters_are_seven_points_at_the_width_of_a_column() {
        let points_of_a_unit = COLUMN_MM / f64::from(WIDTH) * 72.0 / 25.4;
        assert!(f64::from(LETTERS) * points_of_a_unit >= 7.0);
    }

    #[test]
    fn a_figure_brings_its_drawing_and_its_numbers() {
        let numbers = ColumnTable {
            columns: vec![TableColumn::new("n", "1", "wells", Values::Count(vec![Some(3)]))],
        };
        let svg = standing_alone(220.0, "<dots>", "<circle/>");
        assert!(svg.contains("width=\"85mm\" height=\"42.50mm\"") && svg.contains("&lt;dots&gt;"));
        let figure = Figure {
            name: "a plate/of: µm",
            title: "Title",
            caption: "Caption.",
            svg: &svg,
            numbers: Some(&numbers),
        };
        let html = figure.html();
        assert!(html.contains(&format!(
            "download=\"a-plate-of-m.svg\" href=\"data:image/svg+xml;base64,{}\"",
            STANDARD.encode(svg.as_bytes())
        )));
        assert!(html.contains(&format!(
            "download=\"a-plate-of-m.csv\" href=\"data:text/csv;charset=utf-8;base64,{}\"",
            STANDARD.encode(b"n\n3\n")
        )));
        assert!(!html.contains("http:") && html.contains("<circle/></svg>"));
    }
}
