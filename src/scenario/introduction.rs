//! What a scenario file says of itself to those who choose one: its head, its question and its answer.

/// The introduction of a scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Introduction {
    /// The comment at the head of the file, in paragraphs.
    pub head: Vec<String>,
    /// The question that it asks; empty where it asks none.
    pub question: String,
    /// What comes out; empty where it does not say.
    pub answer: String,
}

impl Introduction {
    /// Reads that of a scenario's text. What the text lacks, or has in another form, stays empty: whether it is a scenario
    /// is for its reader to say.
    pub fn of(text: &str) -> Self {
        let comment = text.lines().map_while(|line| line.strip_prefix('#'));
        let lines: Vec<&str> = comment.map(str::trim).collect();
        let paragraphs = lines.split(|line| line.is_empty()).map(|lines| lines.join(" "));
        let table = toml::from_str::<toml::Table>(text).unwrap_or_default();
        let said = |key: &str| {
            let said = table.get("shows").and_then(|shows| shows.get(key)?.as_str());
            said.unwrap_or_default().to_owned()
        };
        Self {
            head: paragraphs.filter(|paragraph| !paragraph.is_empty()).collect(),
            question: said("question"),
            answer: said("answer"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::BUILTIN;
    use super::*;

    #[test]
    fn every_builtin_scenario_introduces_itself() {
        for builtin in BUILTIN {
            let introduction = Introduction::of(builtin.text);
            assert!(!introduction.head.is_empty(), "{}", builtin.name);
            assert!(introduction.question.ends_with('?'), "{}", builtin.name);
            assert!(!introduction.answer.is_empty(), "{}", builtin.name);
        }
        let text = "# One\n# paragraph.\n#\n# Another.\n\nname = \"x\"\n# no head\n[shows]\nquestion = 3\n";
        let introduction = Introduction::of(text);
        assert_eq!(introduction.head, ["One paragraph.", "Another."]);
        assert_eq!(introduction.question, "");
        assert_eq!(Introduction::of("= ["), Introduction::default());
    }
}
