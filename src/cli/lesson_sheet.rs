//! `outgrowth lesson NAME --sheet`: a lesson's work sheet, to be printed, and its answers on a page of their own. Nothing of the answers is
//! written down anywhere: each plate is run.

use super::engine;
use super::one_file::NewFile;
use super::say::say;
use super::{Common, Failure, Outcome, lesson, print};
use crate::engine::open;
use crate::experiment;
use crate::export::ExportError;
use crate::export::report::html::{escaped, page_in};
use crate::lesson::{Ask, AskTexts, Guess, Language, Lesson, LessonRun, Prose, ProseBlock, ProseSpan, StepMeasures};
use crate::model::word::Word;
use crate::readout::Readouts;
use std::collections::HashMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// How a sheet is printed: lines to write on, boxes to tick, and the answers on a page of their own.
const STYLE: &str = "<style>
.rule { border-bottom: 1px solid currentColor; height: 1.8em; }
.step { break-inside: avoid; }
.answers { break-before: page; }
ul.choices { list-style: none; padding-left: 0; }
ul.choices li::before { content: \"\\2610\\00a0\"; }
</style>\n";

/// The words of a sheet that are not the lesson's.
struct Words {
    name: &'static str,
    answers: &'static str,
    happened: &'static str,
    try_out: &'static str,
    other: &'static str,
}

fn words(language: Language) -> Words {
    match language {
        Language::English => Words {
            name: "Name and date",
            answers: "Answers",
            happened: "What came out?",
            try_out: "What I tried, and what came out",
            other: "none of the answers",
        },
        Language::Chinese => Words {
            name: "姓名和日期",
            answers: "答案",
            happened: "结果怎样？",
            try_out: "我试了什么，结果怎样",
            other: "都不是",
        },
    }
}

/// Writes the sheet of a lesson.
pub fn run(name: &str, language: Language, common: &Common) -> Result<Outcome, Failure> {
    let lesson = match lesson::read(name) {
        Ok(lesson) => Arc::new(lesson),
        Err(problem) => {
            say(problem);
            return Ok(Outcome::WrongInput);
        }
    };
    let named = PathBuf::from(format!("{}.html", lesson.name));
    let path = common.out.clone().unwrap_or(named);
    let file = match NewFile::begin(&path, "sheet.html", common.force) {
        Ok(file) => file,
        Err(problem) => {
            say(problem);
            return Ok(Outcome::WrongInput);
        }
    };
    let mut runs = HashMap::new();
    let steps = (0..lesson.steps.len()).map(|place| run_step(&lesson, place, &mut runs, common));
    let steps: Vec<LessonRun> = steps.collect::<Result<_, Failure>>()?;
    let html = sheet(&lesson, &steps, language);
    file.write(html.as_bytes()).map_err(|reason| ExportError::Io {
        what: "written",
        path: path.clone(),
        reason,
    })?;
    if !common.quiet {
        print(&format!(
            "{} is written: the work sheet, and its answers behind it\n",
            path.display()
        ))?;
    }
    Ok(Outcome::Done)
}

/// A way through the lesson that stands at a step whose plate has run, with the right prediction and the right answer. `runs` are those
/// of the steps before, by their scenarios.
fn run_step(
    lesson: &Arc<Lesson>,
    place: usize,
    runs: &mut HashMap<String, Readouts>,
    common: &Common,
) -> Result<LessonRun, Failure> {
    let mut way = LessonRun::begin(lesson.clone());
    way.go_to(place);
    let step = way.step().clone();
    if step.is_sandbox() && step.outcome.is_none() {
        return Ok(way);
    }
    let text = way.scenario_text().to_owned();
    if !runs.contains_key(&text) {
        // Where values of controls are wrong together, the step is run as it is without them.
        let plate = way
            .scenario()
            .map_or_else(|_| step.scenario.plate.clone(), |scenario| scenario.plate);
        let mut engine = open(plate, &engine::choice(common))?;
        runs.insert(text.clone(), experiment::run(engine.as_mut())?);
    }
    let Some(readouts) = runs.get(&text) else {
        return Ok(way);
    };
    let measures = StepMeasures::of(&step, readouts);
    if let Some(ask) = &step.prediction {
        // Whatever is predicted, the run is measured.
        let first = ask.choices(&step).first().map(|id| Guess::Choice((*id).to_owned()));
        let low = ask.number_range().map(|(low, _)| ask.typed(low));
        let guess = ask.right(&step, &measures.prediction).or(first).or(low);
        guess.into_iter().for_each(|guess| {
            let _ = way.predict(guess);
        });
    }
    way.observe(&text, readouts);
    let right = step
        .question
        .as_ref()
        .and_then(|ask| ask.right(&step, &measures.question));
    if let Some(right) = right {
        let _ = way.answer(right);
    }
    Ok(way)
}

/// The page.
fn sheet(lesson: &Lesson, steps: &[LessonRun], language: Language) -> String {
    let (texts, words) = (lesson.texts(language), words(texts_language(lesson, language)));
    let mut body = format!(
        "{STYLE}<h1>{}</h1>\n<p>{}</p>\n{RULE}",
        escaped(&texts.title),
        words.name
    );
    body += &prose(&texts.about);
    for (place, way) in steps.iter().enumerate() {
        body += &task(place, way, language, &words);
    }
    let _ = write!(
        body,
        "<section class=\"answers\">\n<h1>{}: {}</h1>\n",
        escaped(&texts.title),
        words.answers
    );
    for (place, way) in steps.iter().enumerate().filter(|(_, way)| !way.step().is_sandbox()) {
        body += &answers(place, way, language, &words);
    }
    body += "</section>\n";
    page_in(texts.language.word(), &texts.title, &body)
}

/// A line to write on.
const RULE: &str = "<div class=\"rule\"></div>\n";

/// The language that a lesson's texts are in where another one is asked for.
fn texts_language(lesson: &Lesson, language: Language) -> Language {
    lesson.texts(language).language
}

/// A step on the sheet.
fn task(place: usize, way: &LessonRun, language: Language, words: &Words) -> String {
    let (step, texts) = (way.step(), way.texts(language));
    let mut html = format!(
        "<section class=\"step\">\n<h2>{}. {}</h2>\n{}",
        place + 1,
        escaped(&texts.title),
        prose(&texts.text)
    );
    if let Some(hint) = &texts.hint {
        let _ = write!(html, "<h3>{}</h3>\n{}", escaped(texts.heading("hint")), prose(hint));
    }
    html += &asked(step.prediction.as_ref(), texts.prediction.as_ref(), way, language);
    if step.outcome.is_some() && !step.is_sandbox() {
        let _ = write!(html, "<h3>{}</h3>\n{RULE}", words.happened);
    }
    html += &asked(step.question.as_ref(), texts.question.as_ref(), way, language);
    if step.is_sandbox() {
        let _ = write!(html, "<h3>{}</h3>\n{}", words.try_out, RULE.repeat(4));
    }
    html + "</section>\n"
}

/// A prediction or a question, with boxes to tick or a line.
fn asked(ask: Option<&Ask>, texts: Option<&AskTexts>, way: &LessonRun, language: Language) -> String {
    let (Some(ask), Some(texts)) = (ask, texts) else {
        return String::new();
    };
    let mut html = format!("<h3>{}</h3>\n{}", escaped(&texts.title), prose(&texts.asks));
    let choices = ask.choices(way.step());
    if choices.is_empty() {
        let _ = writeln!(html, "<div class=\"rule\">{}</div>", escaped(ask.unit(language)));
        return html;
    }
    html += "<ul class=\"choices\">\n";
    for id in choices {
        let called = way.answer_words(&Guess::Choice(id.to_owned()), ask, language);
        let _ = writeln!(html, "<li>{}</li>", escaped(&called));
    }
    html + "</ul>\n"
}

/// The answers of a step.
fn answers(place: usize, way: &LessonRun, language: Language, words: &Words) -> String {
    let (step, texts) = (way.step(), way.texts(language));
    let mut html = format!("<h2>{}. {}</h2>\n", place + 1, escaped(&texts.title));
    let outcome = way.outcome(language);
    if let Some(outcome) = &outcome {
        let _ = writeln!(html, "<p>{}</p>", escaped(outcome));
    }
    let judged = [
        (
            &step.prediction,
            &texts.prediction,
            way.prediction(),
            way.prediction_figures(language),
        ),
        (
            &step.question,
            &texts.question,
            way.answered(),
            way.answer_figures(language),
        ),
    ];
    for (ask, asked, judgement, figures) in judged {
        let (Some(ask), Some(asked)) = (ask, asked) else {
            continue;
        };
        let right = judgement.and_then(|judgement| judgement.right);
        let right = right.map_or_else(
            || words.other.to_owned(),
            |right| way.answer_words(&right, ask, language),
        );
        let _ = writeln!(
            html,
            "<p>{} <strong>{}</strong></p>",
            escaped(&asked.title),
            escaped(&right)
        );
        if let Some(figures) = figures.filter(|_| figures_are_new(ask, way)) {
            let _ = writeln!(html, "<p>{}</p>", escaped(&figures));
        }
    }
    html + &texts.after.as_ref().map(prose).unwrap_or_default()
}

/// Whether the figures that decide about something asked are others than those of the outcome.
fn figures_are_new(ask: &Ask, way: &LessonRun) -> bool {
    let outcome = way.step().outcome.as_ref();
    ask.conditions().is_some() || outcome != Some(&ask.about)
}

/// A text as HTML.
fn prose(prose: &Prose) -> String {
    let spans = |spans: &[ProseSpan]| -> String {
        let span = |span: &ProseSpan| {
            let text = escaped(span.text());
            match span {
                ProseSpan::Plain(_) => text,
                ProseSpan::Emphasis(_) => format!("<em>{text}</em>"),
                ProseSpan::Strong(_) => format!("<strong>{text}</strong>"),
                ProseSpan::Term { .. } => format!("<dfn>{text}</dfn>"),
            }
        };
        spans.iter().map(span).collect()
    };
    let block = |block: &ProseBlock| match block {
        ProseBlock::Paragraph(words) => format!("<p>{}</p>\n", spans(words)),
        ProseBlock::List(items) => {
            let items: String = items.iter().map(|item| format!("<li>{}</li>\n", spans(item))).collect();
            format!("<ul>\n{items}</ul>\n")
        }
    };
    prose.0.iter().map(block).collect()
}
