//! How the program and the study that it is about are cited, from `CITATION.cff`, as text and as BibTeX.

use super::html::escaped;

/// The file (Citation File Format 1.2.0).
const FILE: &str = include_str!("../../../CITATION.cff");

/// Something that is cited.
#[derive(Debug, Default, PartialEq)]
struct Work {
    title: String,
    authors: Vec<Author>,
    year: String,
    version: String,
    journal: String,
    doi: String,
}

/// An author: a person, or a name alone.
#[derive(Debug, Default, PartialEq)]
struct Author {
    name: String,
    given: String,
}

/// The section on how the program is cited.
pub(super) fn citation() -> String {
    let works = works(FILE);
    let texts: String = works
        .iter()
        .map(|work| format!("<p class=\"paste\">{}</p>\n", escaped(&work.text())))
        .collect();
    let bibtex: Vec<String> = works.iter().map(Work::bibtex).collect();
    format!(
        "<h3>Citation</h3>\n<p class=\"quiet\">The program, and the study that it is about.</p>\n{texts}<pre class=\"paste\">{}</pre>\n",
        escaped(&bibtex.join("\n\n"))
    )
}

/// The work that a file describes, and those that it refers to. Of the format are read plain keys, texts folded over lines, and lists of
/// tables, which is what the file has.
fn works(file: &str) -> Vec<Work> {
    let mut works = vec![Work::default()];
    let mut lines = file.lines().peekable();
    while let Some(line) = lines.next() {
        let indent = |line: &str| line.len() - line.trim_start().len();
        let begins = line.trim_start().strip_prefix("- ");
        let Some((key, value)) = begins.unwrap_or(line.trim_start()).split_once(':') else {
            continue;
        };
        let mut value = value.trim().to_owned();
        if value == ">-" {
            value.clear();
            while let Some(next) = lines.next_if(|next| indent(next) > indent(line) && !next.trim().is_empty()) {
                value = format!("{value} {}", next.trim()).trim_start().to_owned();
            }
        }
        if begins.is_some() && key == "type" {
            works.push(Work::default());
        }
        let Some(work) = works.last_mut() else { continue };
        match key {
            "title" => work.title = value,
            "version" => work.version = value,
            "journal" => work.journal = value,
            "doi" => work.doi = value,
            "year" => work.year = value,
            "date-released" => work.year = value.chars().take_while(char::is_ascii_digit).collect(),
            "name" | "family-names" => work.authors.push(Author {
                name: value,
                given: String::new(),
            }),
            "given-names" => {
                if let Some(author) = work.authors.last_mut() {
                    author.given = value;
                }
            }
            _ => {}
        }
    }
    works
}

impl Work {
    /// As a list of references has it.
    fn text(&self) -> String {
        let authors = self
            .authors
            .iter()
            .map(|author| format!("{} {}", author.name, author.given));
        let authors: Vec<String> = authors
            .map(|author| author.trim_end().trim_end_matches('.').to_owned())
            .collect();
        let authors = format!("{} ({}).", authors.join(", "), self.year);
        if self.version.is_empty() {
            format!("{authors} {}. {}, doi:{}", self.title, self.journal, self.doi)
        } else {
            format!("{authors} {}, version {} [computer program].", self.title, self.version)
        }
    }

    fn bibtex(&self) -> String {
        let author = |author: &Author| {
            if author.given.is_empty() {
                // Braces keep a name whole.
                format!("{{{}}}", author.name)
            } else {
                format!("{}, {}", author.name, author.given)
            }
        };
        let authors: Vec<String> = self.authors.iter().map(author).collect();
        let first = self.authors.first().map_or("", |author| &author.name);
        let key: String = first.chars().filter(char::is_ascii_alphanumeric).collect();
        let kind = if self.version.is_empty() { "article" } else { "software" };
        let fields = [
            ("author", authors.join(" and ")),
            ("title", format!("{{{}}}", self.title)),
            ("year", self.year.clone()),
            ("version", self.version.clone()),
            ("journal", self.journal.clone()),
            ("doi", self.doi.clone()),
        ];
        let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let fields: Vec<String> = fields
            .map(|(name, value)| format!("  {name} = {{{value}}},\n"))
            .collect();
        format!("@{kind}{{{key}{},\n{}}}", self.year, fields.concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The file says the version that is built, and both works are whole.
    #[test]
    fn the_citation_is_that_of_the_file_and_of_this_version() {
        let works = works(FILE);
        let [program, study] = &works[..] else {
            panic!("{works:?}");
        };
        assert_eq!(
            (program.title.as_str(), program.version.as_str()),
            ("outgrowth", env!("CARGO_PKG_VERSION"))
        );
        assert_eq!(
            program.text(),
            format!(
                "The outgrowth developers ({}). outgrowth, version {} [computer program].",
                program.year, program.version
            )
        );
        assert!(program.year.len() == 4 && study.year.len() == 4);
        assert!(
            study.text().starts_with("Bu A, Afghah F, Castro N,"),
            "{}",
            study.text()
        );
        assert!(
            study
                .text()
                .ends_with(&format!("Motor Neurons. bioRxiv, doi:{}", study.doi)),
            "{}",
            study.text()
        );
        assert!(FILE.contains(&study.doi) && study.doi.starts_with("10."));
        assert_eq!(study.authors.len(), FILE.matches("family-names").count());
        assert!(
            study
                .bibtex()
                .starts_with("@article{Bu2024,\n  author = {Bu, A. and Afghah, F."),
            "{}",
            study.bibtex()
        );
    }
}
