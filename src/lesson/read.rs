//! Reads a lesson: `lesson.toml` and its texts become a [`Lesson`], or the list of everything that is wrong with them.

use super::glossary::Glossary;
use super::language::Language;
use super::lesson::{
    Ask, AskAnswers, ControlValues, Lesson, LessonControl, LessonLayer, LessonOutcome, LessonStep, LessonView,
};
use super::read_texts;
use super::readout_words::ReadoutWords;
use super::tables::SHAPES;
use super::texts::LessonTexts;
use crate::model::plate::Plate;
use crate::model::word::Word;
use crate::readout::bootstrap::Interval;
use crate::readout::columns::columns;
use crate::readout::{Comparison, Statistic};
use crate::scenario::mistake::nearest;
use crate::scenario::notes::{Notes, Spot};
use crate::scenario::overrides::tree_with;
use crate::scenario::reader::{self, Fields};
use crate::scenario::shows::{self, Context};
use crate::scenario::tree::{TomlEntry, TomlNode, TomlValue, quoted};
use crate::scenario::{
    self, BUILTIN, FileReader, Mistake, Mistakes, Override, Scenario, Surroundings, builtin, builtin_file,
};
use std::cell::RefCell;

/// The file of a lesson, in its folder.
pub const LESSON_FILE: &str = "lesson.toml";
/// The share by which a number may be off and be right, unless a lesson says otherwise.
const WITHIN: f64 = 0.1;

/// The files of a lesson.
pub struct LessonFiles<'a> {
    /// The lesson's name: that of its folder.
    pub name: String,
    /// The folder as messages name it, such as `lessons/my-lesson`.
    pub folder: String,
    /// The files that lie there, by their names.
    pub names: Vec<String>,
    /// Reads a file of that folder.
    pub file: Box<FileReader<'a>>,
}

impl LessonFiles<'_> {
    /// The languages of which there are texts.
    pub fn languages(&self) -> impl Iterator<Item = Language> {
        let has_texts = |language: &Language| self.names.contains(&text_file(*language));
        Language::ALL.iter().copied().filter(has_texts)
    }
}

/// The texts' file of a language.
pub fn text_file(language: Language) -> String {
    format!("lesson.{}.md", language.word())
}

/// The file with the lesson's own terms in a language, which may be left out.
pub fn glossary_file(language: Language) -> String {
    format!("glossary.{}.md", language.word())
}

/// Reads a lesson.
///
/// # Errors
/// Every mistake of `lesson.toml`, of the scenarios that it names and of its texts, at once.
pub fn read(files: &LessonFiles<'_>) -> Result<Lesson, Mistakes> {
    let place = |name: &str| join_path(&files.folder, name);
    let file = place(LESSON_FILE);
    let text = text_of(files, LESSON_FILE).map_err(|problem| unreadable(&file, problem, "a lesson, as TOML"))?;
    let notes = Notes::new(&file, &[]);
    let reading = Reading {
        files,
        others: RefCell::default(),
    };
    let tree = reader::parse(&notes, &text);
    let read = tree.as_ref().and_then(|tree| {
        let root = reader::open(&notes, tree, SHAPES)?;
        let listed = root.tables("step");
        if listed.is_empty() && root.has("step") {
            root.at("step").refuse("none", "at least one step");
        }
        let steps: Vec<LessonStep> = listed.iter().filter_map(|fields| reading.step(fields)).collect();
        for (place, fields) in listed.iter().enumerate() {
            let id = fields.value("id").map(|node| &node.value);
            if id.is_some()
                && listed[..place]
                    .iter()
                    .any(|before| before.value("id").map(|node| &node.value) == id)
            {
                fields
                    .at("id")
                    .refuse("the id of an earlier step", "an id of its own for each step");
            }
        }
        // Steps with mistakes would be missed in the texts as well.
        let is_whole = !steps.is_empty() && steps.len() == listed.len();
        Some((root.quantity("time"), steps, is_whole))
    });
    let Reading { others, .. } = reading;
    let mut mistakes = notes.into_result().err().unwrap_or_default();
    mistakes.0.extend(others.into_inner());
    let Some((time_h, steps, is_whole)) = read else {
        return Err(mistakes);
    };
    let mut all_texts = Vec::new();
    if is_whole {
        let others = files.languages().filter(|language| *language != Language::English);
        for language in [Language::English].into_iter().chain(others) {
            match texts_of(files, language, &steps) {
                Ok(texts) => all_texts.push(texts),
                Err(wrong) => mistakes.0.extend(wrong.0),
            }
        }
    }
    match time_h {
        Some(time_h) if mistakes.0.is_empty() && !all_texts.is_empty() => Ok(Lesson {
            name: files.name.clone(),
            time_h,
            steps,
            texts: all_texts,
        }),
        _ => Err(mistakes),
    }
}

/// Reads the texts in a language.
fn texts_of(files: &LessonFiles<'_>, language: Language, steps: &[LessonStep]) -> Result<LessonTexts, Mistakes> {
    let name = text_file(language);
    let file = join_path(&files.folder, &name);
    let text =
        text_of(files, &name).map_err(|problem| unreadable(&file, problem, "the texts of the lesson, as Markdown"))?;
    let mut glossary = Glossary::built_in(language)?;
    let own = glossary_file(language);
    if let Ok(text) = text_of(files, &own) {
        glossary = glossary.with(Glossary::read(&text, &join_path(&files.folder, &own))?);
    }
    read_texts::read(&text, &file, language, steps, glossary)
}

fn unreadable(file: &str, problem: String, expected: &str) -> Mistake {
    Mistake {
        place: file.to_owned(),
        key: String::new(),
        found: format!("nothing that can be read: {problem}"),
        expected: expected.to_owned(),
        nearest: None,
    }
}

fn text_of(files: &LessonFiles<'_>, name: &str) -> Result<String, String> {
    String::from_utf8((files.file)(name)?).map_err(|_| "it is no text in UTF-8".to_owned())
}

fn join_path(folder: &str, name: &str) -> String {
    match folder {
        "" => name.to_owned(),
        folder => format!("{}/{name}", folder.trim_end_matches('/')),
    }
}

/// A lesson file that is being read.
struct Reading<'a> {
    files: &'a LessonFiles<'a>,
    /// Mistakes in scenario files.
    others: RefCell<Vec<Mistake>>,
}

impl Reading<'_> {
    /// Reads a step; all of its mistakes are noted.
    fn step(&self, fields: &Fields<'_>) -> Option<LessonStep> {
        let id = fields.text("id");
        let changes = self.changes(fields);
        let has_hint = fields.flag("hint");
        if has_hint && fields.has("prediction") {
            let expected = "one of them: who is told what to look for has nothing to predict";
            fields
                .at("hint")
                .refuse("a hint and a prediction in one step", expected);
        }
        if fields.has("control") && fields.has("prediction") {
            let expected = "the controls in a step of their own: a prediction is about one plate";
            fields
                .at("control")
                .refuse("controls and a prediction in one step", expected);
        }
        let named = fields.text("scenario")?;
        let source = self.source(&fields.at("scenario"), named)?;
        let scenario = self.scenario(fields, &source, &changes)?;
        let plate = &scenario.plate;
        let whole = Context::of(plate);
        let until_h = match fields.has("until") {
            true => recorded(fields, "until", &whole, plate),
            false => Some(f64::from(plate.steps) * plate.step_h),
        };
        let context = &until_h.map_or_else(|| Context::of(plate), |until_h| Context::ending(plate, until_h));
        let asks = Asks { context, plate };
        let view = asks.view(fields);
        let controls = self.controls(fields, &source, &changes);
        let outcome = fields.table("outcome").map(|fields| asks.outcome(&fields));
        let about = outcome.clone().flatten();
        let ask = |key: &str| fields.table(key).map(|fields| asks.ask(&fields, about.as_ref()));
        let (prediction, question) = (ask("prediction"), ask("question"));
        let claims = fields.tables("claims");
        let claims: Vec<_> = claims
            .iter()
            .map(|fields| asks.strictly(fields, shows::finding))
            .collect();
        let tools = match fields.has("tools") {
            true => fields.words("tools"),
            false => Some(Vec::new()),
        };
        Some(LessonStep {
            id: id?.to_owned(),
            file: source.name.clone(),
            until_h: until_h?,
            view: view?,
            controls: controls?,
            tools: tools?,
            has_hint,
            prediction: if_written(prediction)?,
            outcome: if_written(outcome)?,
            question: if_written(question)?,
            claims: claims.into_iter().collect::<Option<_>>()?,
            scenario,
        })
    }

    /// The changes of the table `set`.
    fn changes(&self, fields: &Fields<'_>) -> Vec<Override> {
        let Some(node) = fields.value("set") else {
            return Vec::new();
        };
        let Some(table) = node.as_table() else {
            fields
                .at("set")
                .refuse(node.describe(), "a table of values by key, as --set takes them");
            return Vec::new();
        };
        let change = |entry: &TomlEntry| {
            let spot = fields.at("set").within(&entry.key, entry.place);
            Some(Override::new(entry.key.as_str(), typed(&spot, &entry.node)?))
        };
        table.entries.iter().filter_map(change).collect()
    }

    /// Finds the scenario: a file of the lesson's folder, else a built-in one.
    fn source(&self, spot: &Spot<'_>, named: &str) -> Option<Source> {
        match (text_of(self.files, named), builtin(named)) {
            (Ok(text), _) => Some(Source {
                name: join_path(&self.files.folder, named),
                text,
                is_built_in: false,
            }),
            (Err(_), Some(builtin)) => Some(Source {
                name: format!("{}.toml", builtin.name),
                text: builtin.text.to_owned(),
                is_built_in: true,
            }),
            (Err(problem), None) => {
                let names: Vec<&str> = BUILTIN.iter().map(|builtin| builtin.name).collect();
                let expected = format!("a scenario file beside lesson.toml, or one of {}", names.join(", "));
                spot.refuse_near(
                    format!("{} ({problem})", quoted(named)),
                    expected,
                    nearest(named, names),
                );
                None
            }
        }
    }

    fn read_source(&self, source: &Source, changes: &[Override]) -> Result<Scenario, Mistakes> {
        let surroundings = match source.is_built_in {
            true => Surroundings::built_in(),
            false => Surroundings {
                file: Box::new(|name| {
                    (self.files.file)(name).or_else(|problem| builtin_file(name).map_err(|_| problem))
                }),
                memory_bytes: None,
            },
        };
        scenario::read(&source.text, &source.name, changes, &surroundings)
    }

    /// The scenario with the changes in its text.
    fn scenario(&self, fields: &Fields<'_>, source: &Source, changes: &[Override]) -> Option<Scenario> {
        let read = match self.read_source(source, changes) {
            Ok(read) => read,
            Err(Mistakes(mistakes)) => {
                for mistake in mistakes {
                    // A change of the lesson is named as one of the command line.
                    match mistake.place.strip_prefix("--set ") {
                        None if !self.others.borrow().contains(&mistake) => self.others.borrow_mut().push(mistake),
                        None => {}
                        Some(change) => {
                            let key = change.split('=').next().unwrap_or_default();
                            let spot = fields.at("set").inside(key);
                            spot.refuse_near(mistake.found, mistake.expected, mistake.nearest);
                        }
                    }
                }
                return None;
            }
        };
        if changes.is_empty() {
            return Some(read);
        }
        let text = changed(&source.text, changes)?;
        let changed = Source { text, ..source.clone() };
        self.read_source(&changed, &[]).ok()
    }

    /// The controls; each of their values is tried.
    fn controls(&self, fields: &Fields<'_>, source: &Source, changes: &[Override]) -> Option<Vec<LessonControl>> {
        let listed = fields.tables("control");
        let mut controls: Vec<LessonControl> = Vec::new();
        for fields in &listed {
            let (id, key, values) = (fields.text("id"), fields.text("key"), control_values(fields));
            let (id, key, values) = (id?.to_owned(), key?.to_owned(), values?);
            if controls.iter().any(|control| control.id == id) {
                fields.at("id").refuse(
                    format!("{} a second time", quoted(&id)),
                    "an id of its own for each control",
                );
            }
            let to_try: Vec<String> = match &values {
                ControlValues::List(list) => list.clone(),
                ControlValues::Range { low, high, .. } => {
                    [*low, *high].iter().filter_map(|end| values.of_number(*end)).collect()
                }
            };
            let begins = match fields.value("begins") {
                None => to_try.first().cloned(),
                Some(node) => typed(&fields.at("begins"), node),
            };
            let begins = begins?;
            if !values.hold(&begins) {
                fields.at("begins").refuse(quoted(&begins), "one of its values");
            }
            for value in to_try {
                let tried: Vec<Override> = changes.iter().cloned().chain([Override::new(&*key, &*value)]).collect();
                if let Err(Mistakes(mistakes)) = self.read_source(source, &tried) {
                    let of_key = format!("--set {key}={value}");
                    for mistake in mistakes.into_iter().filter(|mistake| mistake.place == of_key) {
                        let at = if fields.has("values") { "values" } else { "range" };
                        let found = format!("{key}={value}: {}", mistake.found);
                        fields.at(at).refuse_near(found, mistake.expected, mistake.nearest);
                    }
                }
            }
            controls.push(LessonControl {
                id,
                key,
                values,
                begins,
            });
        }
        (controls.len() == listed.len()).then_some(controls)
    }
}

/// What may be left out, but is wrong where it is there and could not be read.
fn if_written<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        None => Some(None),
        Some(read) => read.map(Some),
    }
}

/// The text of a scenario and where it was found.
#[derive(Clone)]
struct Source {
    name: String,
    text: String,
    is_built_in: bool,
}

/// A scenario's text with changes in it; `None` where one has no place, which reading it has told.
pub(super) fn changed(text: &str, changes: &[Override]) -> Option<String> {
    let tree = tree_with(text, changes).ok()?;
    toml::to_string(&tree).ok()
}

/// A value as it is typed behind `--set KEY=`.
fn typed(spot: &Spot<'_>, node: &TomlNode) -> Option<String> {
    match &node.value {
        TomlValue::Text(text) => Some(text.clone()),
        TomlValue::Whole(_) | TomlValue::Float(_) | TomlValue::Flag(_) => Some(node.describe()),
        _ => spot.wrong_kind(node, "a text or a number, as --set takes it"),
    }
}

fn control_values(fields: &Fields<'_>) -> Option<ControlValues> {
    match (fields.value("values"), fields.has("range")) {
        (Some(_), true) => fields.at("range").refused("values and a range", "one of them"),
        (None, false) => fields.here().refused(
            "neither values nor a range",
            "values = [...] or range = [LEAST, GREATEST]",
        ),
        (None, true) => {
            let (low, high) = fields.band("range")?;
            let unit = match fields.has("unit") {
                true => fields.text("unit")?.to_owned(),
                false => String::new(),
            };
            Some(ControlValues::Range { low, high, unit })
        }
        (Some(node), false) => {
            let TomlValue::List(list) = &node.value else {
                return fields.at("values").wrong_kind(node, "a list of values");
            };
            if list.len() < 2 {
                return fields.at("values").refused(node.describe(), "two values or more");
            }
            let value = |(number, node)| typed(&fields.at_member("values", number), node);
            list.iter()
                .enumerate()
                .map(value)
                .collect::<Option<_>>()
                .map(ControlValues::List)
        }
    }
}

/// The time at `key`, which must be one of record, h.
fn recorded(fields: &Fields<'_>, key: &str, context: &Context<'_>, plate: &Plate) -> Option<f64> {
    let time_h = fields.quantity(key)?;
    let found = context.recorded_h(time_h);
    if found.is_none() {
        let every_h = f64::from(plate.record_every) * plate.step_h;
        let end_h = f64::from(plate.steps) * plate.step_h;
        let expected = format!("a time of record: every {every_h} h up to {end_h} h");
        fields.at(key).refuse(format!("{time_h} h"), expected);
    }
    found
}

/// What is asked and shown of a plate.
struct Asks<'a> {
    context: &'a Context<'a>,
    plate: &'a Plate,
}

impl Asks<'_> {
    /// Reads what is read of a statistic; a time at which nothing is recorded is a mistake here, not a warning.
    fn strictly<T>(&self, fields: &Fields<'_>, read: impl Fn(&Fields<'_>, &Context<'_>) -> Option<T>) -> Option<T> {
        for key in ["at", "since"].into_iter().filter(|key| fields.has(key)) {
            self.time(fields, key)?;
        }
        read(fields, self.context)
    }

    /// The time at `key`, which must be one of record and not after the step's end, h.
    fn time(&self, fields: &Fields<'_>, key: &str) -> Option<f64> {
        let time_h = recorded(fields, key, self.context, self.plate)?;
        let end_h = self.context.end_h();
        if time_h > end_h {
            return fields
                .at(key)
                .refused(format!("{time_h} h"), format!("at most {end_h} h, where the step ends"));
        }
        Some(time_h)
    }

    fn words(&self, column: &str) -> Option<ReadoutWords> {
        let columns = columns(self.plate);
        columns.iter().find(|known| known.name == column).map(ReadoutWords::of)
    }

    fn view(&self, fields: &Fields<'_>) -> Option<LessonView> {
        let fields = &fields.table("view")?;
        let plot = shows::column(fields, "plot", self.context);
        let look_at = match fields.has("look_at") {
            true => Some(shows::condition(fields, "look_at", self.context)?),
            false => None,
        };
        let layers = match fields.has("layers") {
            true => fields.words("layers")?,
            false => LessonLayer::ALL.to_vec(),
        };
        Some(LessonView {
            plot: self.words(&plot?)?,
            look_at,
            layers,
        })
    }

    fn outcome(&self, fields: &Fields<'_>) -> Option<LessonOutcome> {
        let statistic = self.strictly(fields, shows::statistic)?;
        Some(LessonOutcome {
            words: self.words(&statistic.column)?,
            statistic,
        })
    }

    /// Reads a prediction or a question, about `outcome` unless it names a readout.
    fn ask(&self, fields: &Fields<'_>, outcome: Option<&LessonOutcome>) -> Option<Ask> {
        const ANSWERS: [&str; 4] = ["choices", "greatest", "least", "number"];
        let mut written = ANSWERS.into_iter().filter(|key| fields.has(key));
        let kind = match (written.next(), written.next()) {
            (Some(kind), None) => kind,
            (first, second) => {
                let found = match (first, second) {
                    (Some(first), Some(second)) => format!("both {first} and {second}"),
                    _ => "no answers".to_owned(),
                };
                return fields.here().refused(found, format!("one of {}", ANSWERS.join(", ")));
            }
        };
        let compares = matches!(kind, "greatest" | "least");
        let conditions = match compares {
            true => self.context.conditions(fields, kind)?,
            false => Vec::new(),
        };
        let about = match (fields.has("readout"), outcome) {
            (false, None) => {
                return fields
                    .here()
                    .refused("nothing that it is about", "a readout, or an outcome of the step");
            }
            (false, Some(outcome)) => {
                for key in ["of", "over", "less", "at"].into_iter().filter(|key| fields.has(key)) {
                    fields.at(key).refuse(
                        "it without a readout",
                        "readout beside it, or neither: the outcome is meant then",
                    );
                }
                outcome.clone()
            }
            (true, _) if compares => {
                let column = shows::column(fields, "readout", self.context);
                let at_h = match fields.has("at") {
                    true => self.time(fields, "at")?,
                    false => self.context.end_h(),
                };
                let column = column?;
                LessonOutcome {
                    words: self.words(&column)?,
                    statistic: Statistic {
                        column,
                        of: conditions.first().copied()?,
                        comparison: Comparison::Alone,
                        at_h,
                    },
                }
            }
            (true, _) => {
                if !fields.has("of") {
                    fields.missing("of", "the condition that the readout is of");
                }
                self.outcome(fields)?
            }
        };
        let answers = match kind {
            "greatest" => AskAnswers::Greatest(conditions),
            "least" => AskAnswers::Least(conditions),
            "number" => {
                let (low, high) = fields.band("number")?;
                let within = match fields.has("within") {
                    true => fields.quantity("within")?,
                    false => WITHIN,
                };
                AskAnswers::Number { low, high, within }
            }
            _ => AskAnswers::Bands(self.choices(fields)?),
        };
        if fields.has("within") && kind != "number" {
            fields
                .at("within")
                .refuse(format!("within beside {kind}"), "within beside a number");
        }
        Some(Ask { about, answers })
    }

    fn choices(&self, fields: &Fields<'_>) -> Option<Vec<(String, Interval)>> {
        let listed = fields.tables("choices");
        let mut choices: Vec<(String, Interval)> = Vec::new();
        for (number, choice) in listed.iter().enumerate() {
            let (id, band) = (choice.text("id"), choice.band("is"));
            let (id, (low, high)) = (id?.to_owned(), band?);
            let spot = fields.at_member("choices", number);
            for (other, band) in &choices {
                if *other == id {
                    spot.refuse(
                        format!("{} a second time", quoted(&id)),
                        "an id of its own for each choice",
                    );
                }
                if low < band.high && band.low < high {
                    spot.refuse(
                        format!("figures for which {} is right as well", quoted(other)),
                        "bands that do not overlap",
                    );
                }
            }
            choices.push((id, Interval { low, high }));
        }
        if choices.len() < 2 {
            return fields
                .at("choices")
                .refused(format!("{} of them", choices.len()), "two choices or more");
        }
        Some(choices)
    }
}
