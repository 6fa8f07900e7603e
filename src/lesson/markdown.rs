//! Reads the Markdown of a lesson: headings with an id, such as `## A cut {#cut}`, and the prose and lists below each. Other forms
//! are refused, for not every face could show them.

use super::prose::{Prose, ProseBlock, ProseSpan, plain};
use crate::scenario::mistake::FilePlace;
use crate::scenario::notes::{Notes, Spot};
use crate::scenario::tree::quoted;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Forms that are accepted, in words.
const FORMS: &str = "headings, paragraphs, lists without numbers, *emphasis*, **strong** and terms of the glossary such as [axons](#axon)";

/// A heading and what stands below it, up to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct TextSection {
    /// The level of its heading, 1 of the title.
    pub level: usize,
    /// The id of its heading.
    pub id: Option<String>,
    /// Its heading.
    pub title: String,
    /// The line of its heading, from 1.
    pub line: usize,
    /// Its paragraphs and lists.
    pub prose: Prose,
    /// Its list items that begin with a name, such as "- `more` More than before".
    pub labels: Vec<TextLabel>,
}

/// A list item that says what something of a name is called.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLabel {
    /// The name.
    pub id: String,
    /// What it is called.
    pub text: String,
    /// Its line, from 1.
    pub line: usize,
}

/// The sections of a text; what cannot be read is noted.
pub fn sections(text: &str, notes: &Notes<'_>) -> Vec<TextSection> {
    let mut reading = Reading {
        notes,
        sections: Vec::new(),
        spans: Vec::new(),
        styles: Vec::new(),
        breaks: false,
        items: None,
        item_id: None,
        heading: None,
    };
    let parser = Parser::new_ext(text, Options::ENABLE_HEADING_ATTRIBUTES).into_offset_iter();
    for (event, range) in parser {
        // Ranges begin and end at characters.
        let line = 1 + text.get(..range.start).map_or(0, |before| before.matches('\n').count());
        reading.take(event, line);
    }
    reading.sections
}

/// How words are set.
#[derive(Clone, Debug)]
enum Style {
    Emphasis,
    Strong,
    Term(String),
}

/// A text that is being read.
struct Reading<'a> {
    notes: &'a Notes<'a>,
    sections: Vec<TextSection>,
    spans: Vec<ProseSpan>,
    styles: Vec<Style>,
    /// Whether a line has ended since the last words.
    breaks: bool,
    /// The items of the list that is being read.
    items: Option<Vec<Vec<ProseSpan>>>,
    /// The name that the item begins with.
    item_id: Option<String>,
    /// The heading that is being read: level, id, line.
    heading: Option<(usize, Option<String>, usize)>,
}

impl Reading<'_> {
    fn take(&mut self, event: Event<'_>, line: usize) {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                self.spans.clear();
                self.heading = Some((level as usize, id.map(|id| id.to_string()), line));
            }
            Event::End(TagEnd::Heading(_)) => self.end_heading(),
            // A paragraph of an item goes on with it.
            Event::Start(Tag::Paragraph) if self.items.is_some() => {}
            Event::Start(Tag::Paragraph) => self.spans.clear(),
            Event::End(TagEnd::Paragraph) if self.items.is_some() => self.breaks = true,
            Event::End(TagEnd::Paragraph) => {
                let spans = std::mem::take(&mut self.spans);
                self.push(ProseBlock::Paragraph(spans), line);
            }
            Event::Start(Tag::List(None)) if self.items.is_none() => self.items = Some(Vec::new()),
            Event::End(TagEnd::List(_)) => {
                let items = self.items.take().unwrap_or_default();
                if !items.is_empty() {
                    self.push(ProseBlock::List(items), line);
                }
            }
            Event::Start(Tag::Item) => {
                self.spans.clear();
                self.item_id = None;
            }
            Event::End(TagEnd::Item) => self.end_item(line),
            Event::Start(Tag::Emphasis) => self.styles.push(Style::Emphasis),
            Event::Start(Tag::Strong) => self.styles.push(Style::Strong),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let term = dest_url.strip_prefix('#').unwrap_or_else(|| {
                    let expected = "a term of the glossary, such as [axons](#axon)";
                    self.spot(line)
                        .refuse(format!("a link to {}", quoted(&dest_url)), expected);
                    ""
                });
                self.styles.push(Style::Term(term.to_owned()));
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link) => {
                self.styles.pop();
            }
            Event::Text(words) => self.words(&words),
            Event::Code(name) if self.items.is_some() && self.spans.is_empty() && self.item_id.is_none() => {
                self.item_id = Some(name.to_string());
            }
            Event::Code(words) => self.words(&words),
            Event::SoftBreak | Event::HardBreak => self.breaks = true,
            Event::Start(tag) => self.refuse(kind(&tag), line),
            Event::Html(_) | Event::InlineHtml(_) => self.refuse("HTML", line),
            Event::Rule => self.refuse("a rule", line),
            _ => {}
        }
    }

    fn spot(&self, line: usize) -> Spot<'_> {
        let id = self.sections.last().and_then(|section| section.id.clone());
        self.notes.spot(FilePlace::Line(line), id.unwrap_or_default())
    }

    fn refuse(&self, found: &str, line: usize) {
        self.spot(line).refuse(found, FORMS);
    }

    /// Takes words, in the innermost style that they stand in.
    fn words(&mut self, words: &str) {
        if std::mem::take(&mut self.breaks) {
            let before = self.spans.last().and_then(|span| span.text().chars().next_back());
            // Chinese has no spaces between the words of two lines.
            let joins = before.is_some_and(is_wide) && words.chars().next().is_some_and(is_wide);
            if before.is_some() && !joins {
                // Between the spans: one at the edge of a term would be part of its button, where it does not show.
                self.push_span(ProseSpan::Plain(" ".to_owned()));
            }
        }
        let words = words.to_owned();
        let span = match self.styles.last() {
            None => ProseSpan::Plain(words),
            Some(Style::Emphasis) => ProseSpan::Emphasis(words),
            Some(Style::Strong) => ProseSpan::Strong(words),
            Some(Style::Term(term)) => ProseSpan::Term {
                text: words,
                term: term.clone(),
            },
        };
        self.push_span(span);
    }

    fn push_span(&mut self, span: ProseSpan) {
        match (self.spans.last_mut(), span) {
            (Some(ProseSpan::Plain(before)), ProseSpan::Plain(words)) => before.push_str(&words),
            (_, span) => self.spans.push(span),
        }
    }

    fn end_heading(&mut self) {
        self.breaks = false;
        let title = plain(&std::mem::take(&mut self.spans));
        if let Some((level, id, line)) = self.heading.take() {
            self.sections.push(TextSection {
                level,
                id,
                title,
                line,
                prose: Prose::default(),
                labels: Vec::new(),
            });
        }
    }

    fn end_item(&mut self, line: usize) {
        self.breaks = false;
        let spans = std::mem::take(&mut self.spans);
        let Some(id) = self.item_id.take() else {
            if let Some(items) = &mut self.items {
                items.push(spans);
            }
            return;
        };
        let text = plain(&spans);
        let text = text
            .trim_start_matches([' ', ':', '：', '—', '-'])
            .trim_end()
            .to_owned();
        match self.sections.last_mut() {
            Some(section) => section.labels.push(TextLabel { id, text, line }),
            None => self.refuse("a list ahead of the title", line),
        }
    }

    fn push(&mut self, block: ProseBlock, line: usize) {
        self.breaks = false;
        match self.sections.last_mut() {
            Some(section) => section.prose.0.push(block),
            None => self
                .spot(line)
                .refuse("text ahead of the title", "the title first, as `# Title`"),
        }
    }
}

/// Whether a character is Chinese, or a sign that stands in Chinese text.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '‘' | '’' | '—' | '…')
}

fn kind(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::BlockQuote(_) => "a quotation",
        Tag::CodeBlock(_) => "a block of code",
        Tag::HtmlBlock => "HTML",
        Tag::List(Some(_)) => "a list with numbers",
        Tag::List(None) => "a list within a list",
        Tag::Image { .. } => "a picture",
        _ => "another form",
    }
}
