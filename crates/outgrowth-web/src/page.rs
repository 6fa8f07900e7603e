//! The state of the page, and what each wish does to it. It knows no browser.

use crate::acts::{self, Fields};
use crate::address::Address;
use crate::engines::Engines;
use crate::plate::{of_link, read, read_builtin, reader, to_link};
use crate::spoken::spoken;
use crate::teaching::Teaching;
use crate::wish::Wish;
use crate::words::Words;
use outgrowth::export::table::rows_table;
use outgrowth::export::{run_id, run_labels};
use outgrowth::lesson::{Language, LessonPhase};
use outgrowth::link::{SharedView, blinded};
use outgrowth::model::moment::Moment;
use outgrowth::model::plate::Plate;
use outgrowth::model::word::Word;
use outgrowth::readout::Readouts;
use outgrowth::readout::roles::roles;
use outgrowth::scenario::{self, Introduction, Scenario};
use outgrowth::session::{Session, Speed, Status};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

/// The plate of the front page: it is light, and shows something within seconds.
pub const FRONT: &str = "quick";
/// Speeds that can be chosen.
pub const SPEEDS: [Speed; 4] = [
    Speed::HoursPerSecond(0.5),
    Speed::HoursPerSecond(2.0),
    Speed::HoursPerSecond(8.0),
    Speed::Fastest,
];
/// The speed that a plate begins with, and one that runs for longer than a day.
const FIRST_SPEED: Speed = SPEEDS[1];
const LONG_SPEED: Speed = SPEEDS[2];
/// The readout that is plotted first.
const FIRST_PLOT: &str = "neurite_length_longest_um";

/// What the browser is asked to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Gives somebody a file.
    Download {
        /// Its name.
        name: String,
        /// What it holds.
        text: String,
        /// Its media type.
        media_type: &'static str,
    },
    /// Puts a link, from its `#` on, into the address, and into what can be pasted.
    Share(String),
    /// Asks for a file.
    ChooseFile,
}

/// A form of a lesson that was not taken; [`Page::notice`] says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its name.
    pub form: &'static str,
    /// The typed text.
    pub typed: String,
}

/// The page.
pub struct Page {
    /// Its language.
    pub language: Language,
    /// Whether it is large and of high contrast.
    pub contrast: bool,
    /// The scenario that runs, as it was begun.
    pub scenario: Scenario,
    /// The name of its file.
    pub file: String,
    /// What the scenario says of itself.
    pub introduction: Introduction,
    /// How often a plate was begun: the dish begins anew with each.
    pub begun: u32,
    /// The column of the readout whose course is drawn.
    pub plotted: String,
    /// What draws the dish, in words; empty until it is known.
    pub drawn_by: String,
    /// A sentence for the reader, such as why something could not be done.
    pub notice: String,
    /// The form that the sentence is about, beside which it stands then.
    pub refused: Option<Refused>,
    /// The link that was asked for.
    pub link: Option<String>,
    /// The lesson that is open.
    pub teaching: Option<Teaching>,
    /// What was done in each lesson, by its name, to be kept for another day.
    pub kept: BTreeMap<String, String>,
    /// The view that the dish is asked for: a well, or the whole plate.
    pub look: Option<Option<usize>>,
    /// The names of the layers that the dish does not show, as a link has them.
    pub hidden_layers: Vec<String>,
    /// Whether letters stand for the names of the treatments, for a quiz.
    pub hides_names: bool,
    /// The step that a link opens at, and whether it plays from there.
    opens_at: Option<(u32, bool)>,
    /// Whether it was begun on an engine that is there to stay.
    is_started: bool,
    /// Whether regions that stay for long have changed.
    pub is_stale: bool,
    session: Session,
    status: Status,
    engines: Engines,
    speed: Speed,
    /// Whether somebody chose the speed: it stays with other plates then.
    chose_speed: bool,
    problem: u64,
}

impl Page {
    /// The page that an address asks for, in the browser's language where the address names none. Its plate waits to be played.
    /// `kept` is what [`Page::kept`] was.
    ///
    /// # Errors
    /// No plate can be opened.
    pub fn open(address: &Address, preferred: &str, kept: BTreeMap<String, String>) -> Result<Self, String> {
        let wanted = address.plate.as_deref().unwrap_or(FRONT);
        let builtin = scenario::builtin(wanted).or_else(|| scenario::builtin(FRONT));
        let builtin = builtin.ok_or_else(|| unknown_plate(FRONT))?;
        let scenario = read_builtin(builtin).map_err(|mistakes| mistakes.to_string())?;
        let engines = Engines::processor();
        let session = Session::begin_here(scenario.clone(), reader(&scenario, builtin.name), engines.opener());
        let mut page = Self {
            language: address
                .language
                .or_else(|| Language::of_tag(preferred))
                .unwrap_or(Language::English),
            contrast: false,
            introduction: Introduction::of(&scenario.text),
            status: session.status(),
            scenario,
            file: builtin.name.to_owned(),
            begun: 0,
            plotted: FIRST_PLOT.to_owned(),
            drawn_by: String::new(),
            notice: String::new(),
            refused: None,
            link: None,
            teaching: None,
            kept,
            look: None,
            hidden_layers: Vec::new(),
            hides_names: false,
            opens_at: None,
            is_started: false,
            is_stale: true,
            session,
            engines,
            speed: FIRST_SPEED,
            chose_speed: false,
            problem: 0,
        };
        if builtin.name != wanted {
            page.notice = unknown_plate(wanted);
        }
        if !address.fragment.is_empty() {
            page.open_link(&address.fragment);
        } else if let Some(lesson) = &address.lesson {
            page.fulfil(Wish::Lesson(lesson.clone()));
        }
        Ok(page)
    }

    /// Its words.
    pub fn words(&self) -> &'static Words {
        Words::of(self.language)
    }

    /// The plate as it may be told of: in a quiz letters stand for the names of its treatments, and nothing is known of them.
    pub fn told_plate(&self) -> Cow<'_, Plate> {
        if self.hides_names {
            Cow::Owned(blinded(&self.scenario.plate))
        } else {
            Cow::Borrowed(&self.scenario.plate)
        }
    }

    /// The readouts as they may be told of.
    pub fn told_readouts(&self) -> Cow<'_, Readouts> {
        let readouts = &self.status.readouts;
        if !self.hides_names {
            return Cow::Borrowed(readouts);
        }
        let conditions = self.told_plate().condition_names();
        Cow::Owned(Readouts {
            conditions,
            ..Readouts::clone(readouts)
        })
    }

    /// The place of the control, where it may be told.
    pub fn told_control(&self) -> Option<usize> {
        roles(&self.scenario.plate).control.filter(|_| !self.hides_names)
    }

    /// How its plate stands.
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// The live plate.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Begins on these engines, and plays unless a lesson asks for a prediction first.
    pub fn begin_on(&mut self, engines: Engines) {
        let changes = !(engines.is_processor && self.engines.is_processor);
        self.engines = engines;
        if changes {
            self.begin(self.scenario.clone());
        } else if self.is_started {
            // It goes on as it stood.
            return;
        }
        self.is_started = true;
        match self.opens_at {
            Some((step, _)) => self.session.advance_to(step),
            None => self.play(),
        }
    }

    /// Goes on without the device that was lost, on the processor, from the last state that was kept.
    pub fn lose_device(&mut self, why: &str) {
        self.notice = format!("{} ({why})", self.words().lost);
        self.refused = None;
        if !self.engines.is_processor {
            self.engines = Engines::processor();
            self.session.reopen(self.engines.opener());
        }
        self.is_stale = true;
    }

    /// Whether something goes on without being asked for.
    pub fn is_busy(&self) -> bool {
        self.status.playing || self.status.travelling_to.is_some() || self.status.engine.is_none()
    }

    /// Whether the plate may run: not ahead of a prediction, nor beyond its end.
    pub fn may_play(&self) -> bool {
        !self.is_over() && self.teaching.as_ref().is_none_or(Teaching::may_run)
    }

    /// Whether the plate has run as far as it is to.
    pub fn is_over(&self) -> bool {
        self.status.is_over() || self.until_step().is_some_and(|until| self.status.step >= until)
    }

    /// The step up to which the lesson runs its plate.
    fn until_step(&self) -> Option<u32> {
        let until_h = self.teaching.as_ref()?.run.step().until_h;
        Some((until_h / self.status.plate.step_h).round() as u32)
    }

    /// The step at which the plate is over.
    pub fn last_step(&self) -> u32 {
        self.until_step().unwrap_or(u32::MAX).min(self.status.total())
    }

    /// Does what is due, for about `budget`. Returns the newest state.
    pub fn turn(&mut self, budget: Duration) -> Option<Moment> {
        self.session.turn_for(budget);
        self.status = self.session.status();
        if let Some(why) = self.status.lost.clone().filter(|_| !self.engines.is_processor) {
            self.lose_device(&why);
        }
        if let Some((_, plays)) = self.opens_at.filter(|(step, _)| self.status.step >= *step) {
            self.opens_at = None;
            if plays {
                self.play();
            }
        }
        if let Some((number, problem)) = self
            .status
            .problem
            .clone()
            .filter(|(number, _)| *number != self.problem)
        {
            self.problem = number;
            (self.notice, self.refused) = (problem, None);
        }
        if let Some(teaching) = &mut self.teaching
            && teaching.run.observe(&teaching.begun_with, &self.status.readouts)
        {
            self.keep();
        }
        if self.status.playing && self.until_step().is_some_and(|until| self.status.step >= until) {
            self.session.pause();
        }
        self.session.moment()
    }

    /// Does what somebody wishes; returns what the browser has to do for it.
    pub fn fulfil(&mut self, wish: Wish) -> Option<Effect> {
        self.notice.clear();
        self.refused = None;
        self.is_stale = true;
        if let Wish::Play | Wish::Pause | Wish::Toggle | Wish::Step | Wish::Restart = wish {
            self.opens_at = None;
        }
        match wish {
            Wish::Play => self.play(),
            Wish::Pause => self.session.pause(),
            Wish::Toggle if self.status.playing => self.session.pause(),
            Wish::Toggle => self.play(),
            Wish::Step => self.step(),
            Wish::Restart => self.restart(),
            Wish::Undo => self.session.undo(),
            Wish::Speed(number) => {
                if let Some(speed) = SPEEDS.get(number) {
                    (self.speed, self.chose_speed) = (*speed, true);
                    self.session.set_speed(*speed);
                }
            }
            Wish::Readout(name) => {
                if self.status.readouts.column(&name).is_some() {
                    self.plotted = name;
                }
            }
            Wish::Open(name) => match scenario::builtin(&name) {
                Some(builtin) => self.take(builtin.text, builtin.name),
                None => self.notice = unknown_plate(&name),
            },
            Wish::Take { name, text } => self.take(&text, &name),
            Wish::Lesson(name) => self.open_lesson(&name, None),
            Wish::Leave => self.leave(),
            Wish::Next => self.in_lesson(|teaching| {
                teaching.run.go_next();
                Ok(())
            }),
            Wish::Back => self.in_lesson(|teaching| {
                teaching.run.go_back();
                Ok(())
            }),
            Wish::Set { control, value } => self.in_lesson(|teaching| teaching.set(&control, &value)),
            Wish::Form { name, fields } => match name.as_str() {
                "predict" => {
                    let (has_run, language) = (self.status.step > 0, self.language);
                    self.in_lesson(|teaching| {
                        teaching.predict(&fields, language)?;
                        if has_run {
                            // For another step: what was predicted is seen to grow.
                            teaching.begun_with.clear();
                        }
                        Ok(())
                    });
                    self.refuse("predict", &fields);
                }
                "answer" => {
                    let language = self.language;
                    self.in_lesson(|teaching| teaching.answer(&fields, language));
                    self.refuse("answer", &fields);
                }
                tool => match acts::read(tool, &fields, &self.status.plate) {
                    Ok((act, conditions)) => self.session.act(act, conditions),
                    Err(problem) => self.notice = problem,
                },
            },
            Wish::Language(code) => self.language = Language::from_word(&code).unwrap_or(self.language),
            Wish::Contrast => self.contrast = !self.contrast,
            Wish::Look(well) => self.look = Some(well),
            Wish::ChooseFile => return Some(Effect::ChooseFile),
            Wish::Reveal => self.hides_names = false,
            Wish::Csv | Wish::ScenarioFile if self.hides_names => self.notice = self.words().files_tell.to_owned(),
            Wish::Csv => {
                return Some(Effect::Download {
                    name: format!("{}-readouts.csv", self.file),
                    text: self.csv(),
                    media_type: "text/csv",
                });
            }
            Wish::ScenarioFile => {
                return Some(Effect::Download {
                    name: format!("{}.toml", self.file),
                    text: self.status.text.to_string(),
                    media_type: "application/toml",
                });
            }
            Wish::Link => return self.share(),
        }
        None
    }

    /// The readouts as the file `readouts.csv` of a headless run on the same engine has them, with what was done in its scenario.
    pub fn csv(&self) -> String {
        let readouts = &self.status.readouts;
        let engine = self.status.engine.as_ref().map(|engine| engine.kind.to_string());
        let scenario = read(&self.status.text, &self.file, &self.scenario.files);
        let scenario = scenario.as_ref().unwrap_or(&self.scenario);
        let run = run_id(scenario, &engine.unwrap_or_default());
        let table = rows_table(readouts, &readouts.rows);
        table.labelled(&run_labels(scenario, &run)).to_csv()
    }

    /// What the readouts say, as a sentence that is read aloud.
    pub fn spoken(&self) -> String {
        let readouts = &self.status.readouts;
        match &self.teaching {
            Some(teaching) => {
                let said = teaching.run.announcement(&teaching.begun_with, readouts, self.language);
                said.unwrap_or_default()
            }
            None => spoken(
                self.language,
                &self.scenario.plate,
                &self.told_readouts(),
                self.told_control(),
            ),
        }
    }

    fn play(&mut self) {
        if self.may_play() {
            self.session.play();
        }
    }

    /// Goes on to the next record and pauses there.
    fn step(&mut self) {
        if self.may_play() {
            let every = self.scenario.plate.record_every.max(1);
            self.session.pause();
            self.session.advance_to((self.status.step / every + 1) * every);
        }
    }

    /// Begins anew, with what was done to the plate: it stands in the session's text.
    fn restart(&mut self) {
        match read(&self.status.text, &self.file, &self.scenario.files) {
            Ok(scenario) => self.begin(scenario),
            Err(mistakes) => self.notice = mistakes.to_string(),
        }
        self.play();
    }

    /// Begins a plate, which waits to be played.
    fn begin(&mut self, scenario: Scenario) {
        let session = Session::begin_here(scenario.clone(), reader(&scenario, &self.file), self.engines.opener());
        session.set_speed(self.speed);
        self.introduction = Introduction::of(&scenario.text);
        self.scenario = scenario;
        self.status = session.status();
        self.session = session;
        self.problem = 0;
        self.begun += 1;
        self.link = None;
        self.look = Some(None);
        self.is_stale = true;
    }

    /// Takes another scenario, and keeps the one that runs where it cannot be run.
    fn take(&mut self, text: &str, file: &str) {
        match read(text, file, &[]) {
            Ok(scenario) => {
                self.teaching = None;
                self.begin_named(scenario, file);
                self.play();
            }
            Err(mistakes) => self.notice = format!("{}:\n{mistakes}", self.words().mistakes),
        }
    }

    fn begin_named(&mut self, scenario: Scenario, file: &str) {
        self.file = file.strip_suffix(".toml").unwrap_or(file).to_owned();
        let hours = f64::from(scenario.plate.steps) * scenario.plate.step_h;
        if !self.chose_speed {
            self.speed = if hours > 24.0 { LONG_SPEED } else { FIRST_SPEED };
        }
        self.plotted = FIRST_PLOT.to_owned();
        (self.hidden_layers, self.hides_names, self.opens_at) = (Vec::new(), false, None);
        self.begin(scenario);
    }

    fn leave(&mut self) {
        self.teaching = None;
        if let Some(front) = scenario::builtin(FRONT) {
            self.take(front.text, front.name);
        }
    }

    fn open_lesson(&mut self, name: &str, place: Option<usize>) {
        match Teaching::open(name, self.kept.get(name)) {
            Ok(mut teaching) => {
                if let Some(place) = place {
                    teaching.run.go_to(place);
                }
                self.teaching = Some(teaching);
                self.follow_lesson();
            }
            Err(problem) => self.notice = problem,
        }
    }

    /// Does something in the lesson, and has the plate follow.
    fn in_lesson(&mut self, does: impl FnOnce(&mut Teaching) -> Result<(), String>) {
        if let Some(teaching) = &mut self.teaching {
            if let Err(problem) = does(teaching) {
                self.notice = problem;
            }
            self.follow_lesson();
        }
    }

    /// Begins the plate of the lesson's step where another runs, and plays it where the step waits for that.
    fn follow_lesson(&mut self) {
        let Some(teaching) = &mut self.teaching else { return };
        let step = teaching.run.step();
        let (file, plot, look) = (step.file.clone(), step.view.plot.column.clone(), step.view.look_at);
        if teaching.begun_with != teaching.run.scenario_text() {
            match teaching.run.scenario() {
                Ok(scenario) => {
                    teaching.begun_with = teaching.run.scenario_text().to_owned();
                    self.begin_named(scenario, &file);
                }
                Err(mistakes) => self.notice = mistakes.to_string(),
            }
        }
        if self.status.readouts.column(&plot).is_some() {
            self.plotted = plot;
        }
        let wells = self.scenario.plate.wells();
        let well = look.and_then(|condition| wells.iter().position(|well| well.condition == condition));
        self.look = Some(well);
        if self
            .teaching
            .as_ref()
            .is_some_and(|teaching| teaching.run.phase() == LessonPhase::Run)
        {
            self.play();
        }
        self.keep();
    }

    /// Keeps what stands in a form of the lesson that was not taken.
    fn refuse(&mut self, form: &'static str, fields: &Fields) {
        if !self.notice.is_empty() {
            let typed = fields.iter().find(|(name, _)| name == "guess");
            let typed = typed.map_or_else(String::new, |(_, typed)| typed.clone());
            self.refused = Some(Refused { form, typed });
        }
    }

    /// Takes note of what was done in the lesson.
    fn keep(&mut self) {
        if let Some(teaching) = &self.teaching {
            self.kept.insert(teaching.name.clone(), teaching.run.progress());
        }
        self.is_stale = true;
    }

    fn share(&mut self) -> Option<Effect> {
        let place = self.teaching.as_ref().map(|teaching| teaching.run.place() as u32);
        let view = SharedView {
            plots: vec![self.plotted.clone()],
            lesson: self.teaching.as_ref().map(|teaching| teaching.name.clone()),
            lesson_step: place,
            plays: true,
            hides_names: self.hides_names,
            ..SharedView::default()
        };
        match to_link(&self.status.text, &self.scenario.files, view) {
            Ok(link) => {
                self.link = Some(link.clone());
                Some(Effect::Share(link))
            }
            Err(problem) => {
                self.notice = format!("{} {problem}", self.words().link_long);
                None
            }
        }
    }

    /// Opens the experiment of a link, or of the lesson that it names.
    fn open_link(&mut self, fragment: &str) {
        let link = format!("#{fragment}");
        match of_link(&link, "link") {
            Ok((scenario, view)) => {
                if let Some(language) = view.language.as_deref().and_then(Language::of_tag) {
                    self.language = language;
                }
                if let Some(lesson) = &view.lesson {
                    return self.open_lesson(lesson, view.lesson_step.map(|place| place as usize));
                }
                self.begin_named(scenario, "link");
                if let Some(plot) = view
                    .plots
                    .into_iter()
                    .find(|plot| self.status.readouts.column(plot).is_some())
                {
                    self.plotted = plot;
                }
                self.look = Some(view.well.map(|well| well as usize));
                self.hides_names = view.hides_names;
                self.hidden_layers = view.hidden_layers;
                self.opens_at = view
                    .at_h
                    .map(|at_h| ((at_h / self.status.plate.step_h).round() as u32, view.plays));
            }
            Err(problem) => self.notice = problem,
        }
    }
}

fn unknown_plate(name: &str) -> String {
    let known: Vec<&str> = scenario::BUILTIN.iter().map(|builtin| builtin.name).collect();
    format!("There is no plate \"{name}\"; there are: {}", known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html;

    /// A frame of a slow machine.
    const FRAME: Duration = Duration::from_millis(50);

    fn page(search: &str, fragment: &str) -> Page {
        let address = Address::read(search, fragment);
        let mut page = Page::open(&address, "en-GB", BTreeMap::new()).expect("a page");
        page.begin_on(Engines::processor());
        page.fulfil(Wish::Speed(SPEEDS.len() - 1));
        page
    }

    /// Goes on until nothing does so by itself any more.
    fn finish(page: &mut Page) {
        page.turn(FRAME);
        while page.is_busy() {
            page.turn(FRAME);
        }
    }

    fn form(page: &mut Page, name: &str, fields: &[(&str, &str)]) {
        let fields = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let (name, fields) = (name.to_owned(), fields.collect());
        page.fulfil(Wish::Form { name, fields });
    }

    #[test]
    fn the_table_is_that_of_a_headless_run() {
        let mut page = page("", "");
        finish(&mut page);
        let scenario = read_builtin(scenario::builtin(FRONT).expect("built in")).expect("a scenario");
        let mut engine =
            outgrowth::engine::cpu::CpuEngine::new(scenario.plate.clone(), Some(1), "").expect("an engine");
        let readouts = outgrowth::experiment::run(&mut engine).expect("a run");
        let labels = run_labels(&scenario, &run_id(&scenario, "cpu"));
        let headless = rows_table(&readouts, &readouts.rows).labelled(&labels).to_csv();
        assert_eq!(page.csv(), headless);
    }

    #[test]
    fn a_link_opens_the_same_experiment_with_what_was_done_to_it() {
        let mut page = page("", "");
        form(
            &mut page,
            "cut",
            &[("from_x", "750"), ("from_y", "0"), ("to_x", "750"), ("to_y", "1200")],
        );
        assert_eq!(page.notice, "");
        finish(&mut page);
        let cut = page.csv();
        let Some(Effect::Share(link)) = page.fulfil(Wish::Link) else {
            panic!("no link: {}", page.notice)
        };
        let mut opened = self::page("", &link);
        assert_eq!(opened.notice, "");
        finish(&mut opened);
        assert_eq!(opened.csv(), cut);
        let mut untouched = self::page("", "");
        finish(&mut untouched);
        assert_ne!(untouched.csv(), cut, "a cut makes a difference");
        let newer = Page::open(&Address::read("", "#v9.abc"), "en", BTreeMap::new()).expect("the front page");
        assert!(newer.notice.contains("version \"9\""), "{}", newer.notice);
    }

    /// The front page's plate by a link that is looked at in a way.
    fn shared(view: SharedView) -> Page {
        let text = scenario::builtin(FRONT).expect("built in").text;
        page("", &to_link(text, &[], view).expect("a link"))
    }

    #[test]
    fn a_quiz_tells_no_treatment_until_it_is_revealed() {
        let mut page = shared(SharedView {
            hides_names: true,
            ..SharedView::default()
        });
        finish(&mut page);
        let said = |page: &Page| -> String {
            let regions = [html::still_regions(page), html::live_regions(page)].concat();
            let of_plate = regions.into_iter().filter(|(region, _)| *region != "gallery");
            of_plate.map(|(_, html)| html).collect()
        };
        let tells = |page: &Page| said(page).contains("medium and movement") || said(page).contains("beside them");
        assert!(!tells(&page), "{}", said(&page));
        assert!(
            page.spoken().contains("“A”") || page.spoken().contains("“B”"),
            "{}",
            page.spoken()
        );
        for wish in [Wish::Csv, Wish::ScenarioFile] {
            assert_eq!(page.fulfil(wish), None);
            assert_eq!(page.notice, page.words().files_tell);
        }
        let Some(Effect::Share(passed_on)) = page.fulfil(Wish::Link) else {
            panic!("no link: {}", page.notice)
        };
        assert!(self::page("", &passed_on).hides_names);
        page.fulfil(Wish::Reveal);
        assert!(tells(&page) && page.fulfil(Wish::Csv).is_some());
    }

    #[test]
    fn a_link_opens_at_its_moment_and_plays_from_there_if_it_says_so() {
        for plays in [false, true] {
            let mut page = shared(SharedView {
                at_h: Some(2.0),
                plays,
                ..SharedView::default()
            });
            let step = (2.0 / page.scenario.plate.step_h).round() as u32;
            while page.status().step < step || page.status().travelling_to.is_some() {
                page.turn(FRAME);
            }
            page.turn(FRAME);
            assert_eq!((page.status().playing, page.status().step > step), (plays, plays));
        }
    }

    #[test]
    fn a_plate_that_cannot_be_read_says_why_and_the_old_one_stays() {
        let mut page = page("", "");
        let begun = page.begun;
        let (name, text) = ("mine.toml".to_owned(), "name = 3\n".to_owned());
        page.fulfil(Wish::Take { name, text });
        assert!(page.notice.contains("mine.toml:1"), "{}", page.notice);
        assert_eq!((page.begun, page.file.as_str()), (begun, FRONT));
        page.fulfil(Wish::Open("gradient".to_owned()));
        assert_eq!(
            (page.begun, page.file.as_str(), page.notice.as_str()),
            (begun + 1, "gradient", "")
        );
        page.fulfil(Wish::Open("nowhere".to_owned()));
        assert!(
            page.notice.contains("nowhere") && page.notice.contains("gradient"),
            "{}",
            page.notice
        );
    }

    #[test]
    fn a_step_goes_to_the_next_record_and_rests() {
        let mut page = page("", "");
        page.fulfil(Wish::Pause);
        page.turn(FRAME);
        page.fulfil(Wish::Restart);
        page.fulfil(Wish::Pause);
        page.turn(FRAME);
        let before = page.status().step / page.scenario.plate.record_every;
        page.fulfil(Wish::Step);
        finish(&mut page);
        assert_eq!(page.status().step, (before + 1) * page.scenario.plate.record_every);
        assert!(!page.status().playing);
    }

    #[test]
    fn a_lesson_asks_before_it_runs_and_is_taken_up_where_it_was_left() {
        let mut page = page("?lesson=finding-the-way", "");
        finish(&mut page);
        let teaching = |page: &Page| {
            page.teaching
                .as_ref()
                .map(|teaching| (teaching.run.place(), teaching.run.phase()))
        };
        assert_eq!(teaching(&page), Some((0, LessonPhase::Answer)), "{}", page.notice);
        assert!(page.is_over());
        assert_eq!(page.spoken(), "", "the question asks for it");
        form(&mut page, "answer", &[("guess", "7 mm")]);
        assert!(page.notice.contains("between 0 and 2 mm"), "{}", page.notice);
        let beside = html::still_regions(&page)
            .into_iter()
            .find(|(region, _)| *region == "lesson");
        let (_, beside) = beside.expect("a lesson");
        assert!(
            beside.contains(&page.notice) && beside.contains("value=\"7 mm\""),
            "{beside}"
        );
        form(&mut page, "answer", &[("guess", "0,2")]);
        assert_eq!(
            (page.notice.as_str(), teaching(&page)),
            ("", Some((0, LessonPhase::Done)))
        );
        assert!(page.spoken().contains("mm"), "{}", page.spoken());
        page.fulfil(Wish::Next);
        page.fulfil(Wish::Play);
        page.turn(FRAME);
        assert_eq!(page.status().step, 0, "nothing runs ahead of the prediction");
        form(&mut page, "predict", &[("guess", "nonsense")]);
        assert_eq!(teaching(&page), Some((1, LessonPhase::Predict)));
        assert!(page.notice.contains("nonsense"), "{}", page.notice);
        form(&mut page, "predict", &[("guess", "more")]);
        finish(&mut page);
        assert_eq!(teaching(&page), Some((1, LessonPhase::Answer)), "{}", page.notice);
        let again = Page::open(&Address::read("?lesson=finding-the-way", ""), "zh", page.kept.clone()).expect("a page");
        assert_eq!(teaching(&again), Some((1, LessonPhase::Answer)));
    }
}
