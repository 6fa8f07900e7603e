//! The state of the page, and what each wish does to it. It knows no browser.

mod lessons;
mod quiz;
mod sharing;

use crate::acts;
use crate::address::Address;
use crate::codap;
use crate::engines::Engines;
use crate::fields::Fields;
use crate::measures::{Measure, measure};
use crate::plate::{read, read_builtin, reader};
use crate::spoken::spoken;
use crate::teaching::Teaching;
use crate::wish::Wish;
use crate::words::Words;
use outgrowth::export::table::rows_table;
use outgrowth::export::{run_id, run_labels};
use outgrowth::lesson::Language;
use outgrowth::model::moment::Moment;
use outgrowth::model::word::Word;
use outgrowth::model::world::World;
use outgrowth::scenario::{self, Introduction, Scenario};
use outgrowth::session::{Session, Speed, Status};
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

/// The plate of the front page: it asks what all of this is about, and answers within seconds.
pub const FRONT: &str = "exercise-in-brief";
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
/// Measures that are kept: the newest.
const MOST_MEASURES: usize = 20;

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
    /// Looks from nearer, or from farther away, by so many steps.
    Zoom(i32),
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
    /// The steps that are done of each lesson that was begun, by its name, and how many it has.
    pub reached: BTreeMap<String, (usize, usize)>,
    /// The state that is shown.
    pub shown: World,
    /// Where each well's grid begins in its concentrations.
    grids: Vec<u32>,
    /// Measures taken by hand of the plate, the newest first; a plate that is begun anew keeps it.
    pub measures: Vec<Measure>,
    /// Whether CODAP is around the page, and gets the runs that have finished.
    pub is_in_codap: bool,
    /// Runs that have finished.
    finished: u32,
    /// Whether the run that is shown is one of them.
    is_counted: bool,
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
            reached: lessons::reached(&kept),
            kept,
            shown: World::default(),
            grids: Vec::new(),
            measures: Vec::new(),
            is_in_codap: false,
            finished: 0,
            is_counted: false,
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

    /// The requests to CODAP for the run that is shown, once it has finished.
    pub fn finished_run(&mut self) -> Vec<Value> {
        if !self.is_over() {
            // Another act may bring another end.
            self.is_counted = false;
        }
        if self.is_counted || !self.is_in_codap || !self.is_over() || self.status.readouts.rows.is_empty() {
            return Vec::new();
        }
        self.is_counted = true;
        self.finished += 1;
        codap::finished_run(self, self.finished)
    }

    /// Does what is due, for about `budget`. Returns the newest state, which is [`Page::shown`] as well.
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
        let moment = self.session.moment();
        if let Some(moment) = &moment {
            moment.paths.apply(&mut self.shown.paths, moment.state.cones.len());
            self.shown.state = moment.state.clone();
            self.grids.clone_from(&moment.grids);
        }
        moment
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
            Wish::StartOver => self.in_lesson(|teaching| {
                teaching.run.start_over();
                teaching.begun_with.clear();
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
                tool @ ("probe" | "ruler") => self.measure(tool, &fields),
                tool => match acts::read(tool, &fields, &self.status.plate) {
                    Ok((act, conditions)) => self.session.act(act, conditions),
                    Err(problem) => self.notice = problem,
                },
            },
            Wish::Language(code) => self.language = Language::from_word(&code).unwrap_or(self.language),
            Wish::Contrast => self.contrast = !self.contrast,
            Wish::Look(well) => self.look = Some(well),
            Wish::Zoom(steps) => return Some(Effect::Zoom(steps)),
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

    /// Measures something by hand.
    fn measure(&mut self, tool: &str, fields: &Fields) {
        let plate = self.status.plate.at(self.shown.state.step);
        let time_h = f64::from(self.shown.state.step) * plate.step_h;
        let field = (self.shown.state.concentrations.as_slice(), self.grids.as_slice());
        match measure(tool, fields, (&plate, time_h), field) {
            Ok(measured) => {
                self.measures.insert(0, measured);
                self.measures.truncate(MOST_MEASURES);
            }
            Err(problem) => self.notice = problem,
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
        (self.shown, self.grids) = (World::default(), Vec::new());
        self.is_counted = false;
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
        self.measures.clear();
        self.begin(scenario);
    }

    fn leave(&mut self) {
        self.teaching = None;
        if let Some(front) = scenario::builtin(FRONT) {
            self.take(front.text, front.name);
        }
    }
}

fn unknown_plate(name: &str) -> String {
    let known: Vec<&str> = scenario::BUILTIN.iter().map(|builtin| builtin.name).collect();
    format!("There is no plate \"{name}\"; there are: {}", known.join(", "))
}

#[cfg(test)]
mod tests;
