//! Text in the few forms that every face can show: paragraphs, lists, emphasis and terms of the glossary.

/// A text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose(pub Vec<ProseBlock>);

/// A block of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProseBlock {
    /// A paragraph.
    Paragraph(Vec<ProseSpan>),
    /// A list without numbers.
    List(Vec<Vec<ProseSpan>>),
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProseSpan {
    /// Words as they are.
    Plain(String),
    /// Words that are stressed.
    Emphasis(String),
    /// Words that are stressed more.
    Strong(String),
    /// A term of the glossary.
    Term {
        /// The words that stand in the text, such as "axons".
        text: String,
        /// The term's name in the glossary, such as `axon`.
        term: String,
    },
}

impl Prose {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The spans of all blocks in order.
    pub fn spans(&self) -> impl Iterator<Item = &ProseSpan> {
        self.0.iter().flat_map(|block| match block {
            ProseBlock::Paragraph(spans) => std::slice::from_ref(spans).iter().flatten(),
            ProseBlock::List(items) => items.iter().flatten(),
        })
    }

    /// The names of the glossary's terms that are used, in order.
    pub fn terms(&self) -> impl Iterator<Item = &str> {
        self.spans().filter_map(|span| match span {
            ProseSpan::Term { term, .. } => Some(term.as_str()),
            _ => None,
        })
    }

    /// The words alone, a line for each paragraph and item.
    pub fn plain(&self) -> String {
        let lines = self.0.iter().flat_map(|block| match block {
            ProseBlock::Paragraph(spans) => vec![plain(spans)],
            ProseBlock::List(items) => items.iter().map(|spans| plain(spans)).collect(),
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

impl ProseSpan {
    /// Its words.
    pub fn text(&self) -> &str {
        match self {
            ProseSpan::Plain(text) | ProseSpan::Emphasis(text) | ProseSpan::Strong(text) => text,
            ProseSpan::Term { text, .. } => text,
        }
    }
}

/// The words of spans.
pub fn plain(spans: &[ProseSpan]) -> String {
    spans.iter().map(ProseSpan::text).collect()
}
