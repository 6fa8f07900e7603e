//! Pieces of HTML: the page, escaped text and tables.

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its text, escaped when written.
    pub text: String,
    /// Its class in the style sheet; empty for none.
    pub class: &'static str,
}

impl Cell {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            class: "",
        }
    }

    /// A number, to the right.
    pub fn number(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            class: "number",
        }
    }
}

/// Text that cannot be taken for markup.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A table with a heading line.
pub fn table(heading: &[Cell], rows: &[Vec<Cell>]) -> String {
    let line = |cells: &[Cell], tag: &str| {
        let cells: String = cells
            .iter()
            .map(|cell| {
                let class = if cell.class.is_empty() {
                    String::new()
                } else {
                    format!(" class=\"{}\"", cell.class)
                };
                format!("<{tag}{class}>{}</{tag}>", escaped(&cell.text))
            })
            .collect();
        format!("<tr>{cells}</tr>\n")
    };
    let body: String = rows.iter().map(|row| line(row, "td")).collect();
    format!(
        "<div class=\"wide\"><table>\n<thead>{}</thead>\n<tbody>\n{body}</tbody></table></div>\n",
        line(heading, "th")
    )
}

/// A page in the style of all reports, which loads nothing from anywhere; `title` is plain text.
pub(crate) fn page(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n\
         <body>\n{body}\n</body>\n</html>\n",
        escaped(title),
        include_str!("report.css"),
    )
}
