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

/// The beginning of a text that is too long.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

/// A table with a heading line.
pub fn table(heading: &[Cell], rows: &[Vec<Cell>]) -> String {
    let body: String = rows.iter().map(|row| line(row, "td")).collect();
    whole(heading, &format!("<tbody>\n{body}</tbody>"))
}

/// A table of groups of rows, each below a line with its name.
pub(super) fn grouped(heading: &[Cell], groups: &[(String, Vec<Vec<Cell>>)]) -> String {
    let group = |(name, rows): &(String, Vec<Vec<Cell>>)| {
        let rows: String = rows.iter().map(|row| line(row, "td")).collect();
        format!(
            "<tbody>\n<tr><th class=\"group\" colspan=\"{}\">{}</th></tr>\n{rows}</tbody>\n",
            heading.len(),
            escaped(name)
        )
    };
    whole(heading, &groups.iter().map(group).collect::<String>())
}

/// A table from its bodies.
fn whole(heading: &[Cell], bodies: &str) -> String {
    format!(
        "<div class=\"wide\"><table>\n<thead>{}</thead>\n{bodies}</table></div>\n",
        line(heading, "th")
    )
}

/// A line of a table.
fn line(cells: &[Cell], tag: &str) -> String {
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
}

/// Conditions side by side in a table, at most: more are put into tables one below the other, which a page has room for.
const MOST_SIDE_BY_SIDE: usize = 4;

/// Tables with a column for each condition, as many as are needed. The columns of `first` come again in each; `cells` gives those of a row:
/// the first ones for `None`, else the condition's.
pub(super) fn by_condition(
    conditions: &[String],
    first: &[Cell],
    rows: usize,
    cells: impl Fn(usize, Option<usize>) -> Vec<Cell>,
) -> String {
    let tables = conditions.len().div_ceil(MOST_SIDE_BY_SIDE).max(1);
    let each = conditions.len().div_ceil(tables).max(1);
    let places: Vec<usize> = (0..conditions.len()).collect();
    let tables = places.chunks(each).map(|places| {
        let names = places
            .iter()
            .map(|&condition| Cell::number(conditions[condition].clone()));
        let heading: Vec<Cell> = first.iter().cloned().chain(names).collect();
        let rows = (0..rows).map(|row| {
            let own = places.iter().flat_map(|&condition| cells(row, Some(condition)));
            cells(row, None).into_iter().chain(own).collect()
        });
        table(&heading, &rows.collect::<Vec<Vec<Cell>>>())
    });
    tables.collect()
}

/// A page in the style of all reports, which loads nothing from anywhere; `title` is plain text.
pub(crate) fn page(title: &str, body: &str) -> String {
    page_in("en", title, body)
}

/// The same in another language, by its tag.
pub(crate) fn page_in(language: &str, title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n\
         <body>\n{body}\n</body>\n</html>\n",
        escaped(title),
        include_str!("report.css"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Six conditions are two tables of three, and each begins with the name of its rows.
    #[test]
    fn many_conditions_are_put_into_tables_that_fit_on_a_page() {
        let conditions: Vec<String> = (0..6).map(|condition| format!("c{condition}")).collect();
        let html = by_condition(&conditions, &[Cell::text("Day")], 2, |row, condition| {
            vec![Cell::text(condition.map_or_else(
                || format!("row {row}"),
                |condition| format!("{row}/{condition}"),
            ))]
        });
        assert_eq!(html.matches("<table>").count(), 2);
        assert_eq!(html.matches("<th>Day</th>").count(), 2);
        let first = html.split("</table>").next().expect("a table");
        assert!(first.contains("c2") && !first.contains("c3") && first.contains("<td>1/2</td>"));
        assert_eq!(html.matches("<td>row 1</td>").count(), 2);
    }
}
