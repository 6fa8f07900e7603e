//! The state of the page, and what each wish does to it. It knows no browser.

use crate::address::Address;
use crate::live::Live;
use crate::spoken::spoken;
use crate::wish::Wish;
use crate::words::{Language, Words};
use outgrowth::engine::EngineError;
use outgrowth::export::table::rows_table;
use outgrowth::export::{run_id, run_labels};
use outgrowth::readout::columns::Readout;
use outgrowth::scenario::{self, Introduction, Scenario, Surroundings};
use outgrowth::session::{Speed, Status};

/// The plate of the front page: it is light, and shows something within seconds.
pub const FRONT: &str = "quick";
/// The speed that a plate begins with.
const FIRST_SPEED: Speed = Speed::HoursPerSecond(2.0);
/// Speeds that can be chosen.
pub const SPEEDS: [Speed; 4] = [
    Speed::HoursPerSecond(0.5),
    Speed::HoursPerSecond(2.0),
    Speed::HoursPerSecond(8.0),
    Speed::Fastest,
];

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
    /// Puts the dish's view on a well, or on the whole plate.
    Look(Option<usize>),
    /// Asks for a file.
    ChooseFile,
}

/// The page.
pub struct Page {
    /// Its language.
    pub language: Language,
    /// Whether it is large and of high contrast.
    pub contrast: bool,
    /// The scenario that runs.
    pub scenario: Scenario,
    /// The name of its file.
    pub file: String,
    /// What the scenario says of itself.
    pub introduction: Introduction,
    /// The plate in progress.
    pub live: Live,
    /// How often a plate was begun: the dish begins anew with each.
    pub begun: u32,
    /// The readout whose course is drawn.
    pub readout: Readout,
    /// What draws the dish, in words; empty until it is known.
    pub drawn_by: String,
    /// A sentence for the reader, such as why something could not be done.
    pub notice: String,
}

impl Page {
    /// The page that an address asks for, in the browser's language where the address names none.
    ///
    /// # Errors
    /// No plate can be opened.
    pub fn open(address: &Address, preferred: &str) -> Result<Self, String> {
        let language = address.language.or_else(|| Language::of(preferred)).unwrap_or_default();
        let wanted = address.plate.as_deref().unwrap_or(FRONT);
        let (builtin, notice) = match scenario::builtin(wanted) {
            Some(builtin) => (Some(builtin), String::new()),
            None => (scenario::builtin(FRONT), unknown_plate(wanted)),
        };
        let builtin = builtin.ok_or_else(|| unknown_plate(FRONT))?;
        let scenario = read(builtin.text, builtin.name).map_err(|mistakes| mistakes.to_string())?;
        let live = Live::begin(&scenario).map_err(|problem| problem.to_string())?;
        let mut page = Self {
            language,
            contrast: false,
            introduction: Introduction::of(&scenario.text),
            scenario,
            file: builtin.name.to_owned(),
            live,
            begun: 0,
            readout: Readout::NeuriteLengthLongest,
            drawn_by: String::new(),
            notice,
        };
        page.live.set_speed(FIRST_SPEED);
        page.live.play();
        Ok(page)
    }

    /// Its words.
    pub fn words(&self) -> &'static Words {
        Words::of(self.language)
    }

    /// How its plate stands.
    pub fn status(&self) -> &Status {
        self.live.status()
    }

    /// Does what somebody wishes; returns what the browser has to do for it.
    pub fn fulfil(&mut self, wish: Wish) -> Option<Effect> {
        self.notice.clear();
        match wish {
            Wish::Play => self.live.play(),
            Wish::Pause => self.live.pause(),
            Wish::Toggle if self.status().playing => self.live.pause(),
            Wish::Toggle => self.live.play(),
            Wish::Step => self.step(),
            Wish::Restart => self.restart(),
            Wish::Speed(number) => {
                if let Some(speed) = SPEEDS.get(number) {
                    self.live.set_speed(*speed);
                }
            }
            Wish::Readout(name) => self.choose_readout(&name),
            Wish::Open(name) => match scenario::builtin(&name) {
                Some(builtin) => self.take(builtin.text, builtin.name),
                None => self.notice = unknown_plate(&name),
            },
            Wish::Take { name, text } => self.take(&text, &name),
            Wish::Language(code) => self.language = Language::of(&code).unwrap_or(self.language),
            Wish::Contrast => self.contrast = !self.contrast,
            Wish::Look(well) => return Some(Effect::Look(well)),
            Wish::ChooseFile => return Some(Effect::ChooseFile),
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
                    text: self.scenario.text.clone(),
                    media_type: "application/toml",
                });
            }
        }
        None
    }

    /// The readouts as the file `readouts.csv` of a headless run on the same engine has them.
    pub fn csv(&self) -> String {
        let readouts = &self.status().readouts;
        let engine = self.status().engine.as_ref().map(|engine| engine.kind.to_string());
        let run = run_id(&self.scenario, &engine.unwrap_or_default());
        rows_table(readouts, &readouts.rows)
            .labelled(&run_labels(&self.scenario, &run))
            .to_csv()
    }

    /// What the readouts say, as a sentence that is read aloud.
    pub fn spoken(&self) -> String {
        spoken(self.language, &self.scenario.plate, &self.status().readouts)
    }

    /// Goes on to the next record and pauses there.
    fn step(&mut self) {
        let every = self.scenario.plate.record_every.max(1);
        self.live.pause();
        self.live.advance_to((self.status().step / every + 1) * every);
    }

    fn restart(&mut self) {
        let speed = self.status().speed;
        match Live::begin(&self.scenario) {
            Ok(live) => self.begin(live, speed),
            Err(problem) => self.notice = problem.to_string(),
        }
    }

    fn begin(&mut self, mut live: Live, speed: Speed) {
        live.set_speed(speed);
        live.play();
        self.live = live;
        self.begun += 1;
    }

    fn choose_readout(&mut self, name: &str) {
        let columns = &self.status().readouts.columns;
        if let Some(column) = columns.iter().find(|column| column.name == name) {
            self.readout = column.readout;
        }
    }

    /// Takes another scenario, and keeps the one that runs where it cannot be run.
    fn take(&mut self, text: &str, file: &str) {
        let taken = read(text, file).map_err(|mistakes| format!("{}:\n{mistakes}", self.words().mistakes));
        let begun = taken.and_then(|scenario| {
            let live = Live::begin(&scenario).map_err(|problem: EngineError| problem.to_string())?;
            Ok((scenario, live))
        });
        match begun {
            Ok((scenario, live)) => {
                self.introduction = Introduction::of(&scenario.text);
                self.scenario = scenario;
                self.file = file.strip_suffix(".toml").unwrap_or(file).to_owned();
                let speed = self.status().speed;
                self.begin(live, speed);
            }
            Err(problem) => self.notice = problem,
        }
    }
}

fn read(text: &str, file: &str) -> Result<Scenario, scenario::Mistakes> {
    scenario::read(text, file, &[], &Surroundings::built_in())
}

fn unknown_plate(name: &str) -> String {
    let known: Vec<&str> = scenario::BUILTIN.iter().map(|builtin| builtin.name).collect();
    format!("There is no plate \"{name}\"; there are: {}", known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn page() -> Page {
        Page::open(&Address::default(), "en-GB").expect("the front page")
    }

    /// Plays until `step` at least.
    fn play_to(page: &mut Page, step: u32) {
        page.fulfil(Wish::Speed(SPEEDS.len() - 1));
        page.fulfil(Wish::Play);
        while page.status().step < step && page.status().playing {
            page.live.turn_for(Duration::from_millis(50)).expect("an engine");
        }
    }

    #[test]
    fn the_table_is_that_of_a_headless_run() {
        let mut page = page();
        let end = page.status().total();
        play_to(&mut page, end);
        let builtin = scenario::builtin(FRONT).expect("built in");
        let scenario = read(builtin.text, builtin.name).expect("a scenario");
        let mut engine = outgrowth::engine::cpu::CpuEngine::new(scenario.plate.clone(), Some(1), "").expect("an engine");
        let readouts = outgrowth::experiment::run(&mut engine).expect("a run");
        let labels = run_labels(&scenario, &run_id(&scenario, "cpu"));
        let headless = rows_table(&readouts, &readouts.rows).labelled(&labels).to_csv();
        assert_eq!(page.csv(), headless);
        // It would differ where another seed had run.
        page.scenario.plate.seed += 1;
        assert_ne!(page.csv(), headless);
    }

    #[test]
    fn a_plate_that_cannot_be_read_says_why_and_the_old_one_stays() {
        let mut page = page();
        let begun = page.begun;
        page.fulfil(Wish::Take {
            name: "mine.toml".to_owned(),
            text: "name = 3\n".to_owned(),
        });
        assert!(page.notice.contains("mine.toml:1"), "{}", page.notice);
        assert_eq!((page.begun, page.file.as_str()), (begun, FRONT));
        page.fulfil(Wish::Open("gradient".to_owned()));
        assert_eq!((page.begun, page.file.as_str(), page.notice.as_str()), (begun + 1, "gradient", ""));
        page.fulfil(Wish::Open("nowhere".to_owned()));
        assert!(page.notice.contains("nowhere") && page.notice.contains("gradient"), "{}", page.notice);
    }

    #[test]
    fn a_step_goes_to_the_next_record_and_rests() {
        let mut page = page();
        page.fulfil(Wish::Step);
        while page.status().travelling_to.is_some() {
            page.live.turn_for(Duration::from_millis(20)).expect("an engine");
        }
        assert_eq!(page.status().step, page.scenario.plate.record_every);
        assert!(!page.status().playing);
        page.fulfil(Wish::Restart);
        assert_eq!(page.status().step, 0);
        assert!(page.status().playing);
    }
}
