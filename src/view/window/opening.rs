//! The arguments of a window, and other scenarios that are asked for in it.

use crate::engine::EngineChoice;
use crate::lesson::{Language, LessonRun};
use crate::link::{SharedView, is_link};
use crate::scenario::{Mistakes, Scenario};
use crate::session::ScenarioReader;
use std::path::PathBuf;
use std::rc::Rc;

/// The scenario and the options that a window is opened with.
pub struct Opening {
    /// The scenario.
    pub scenario: Scenario,
    /// The file that it lies in; `None` where it lies in none that could be opened again.
    pub file: Option<PathBuf>,
    /// Reads its text again, with what was added.
    pub read: ScenarioReader,
    /// The step that is computed to before anything else; the beginning where none is said.
    pub at: Option<u32>,
    /// Whether it plays, at once or when that step is reached.
    pub plays: bool,
    /// How the plate is looked at first, as a link says.
    pub view: SharedView,
    /// The engine that is asked for; its adapter also draws.
    pub engine: EngineChoice,
    /// The folder for the results when the window is closed, if they are wanted.
    pub out: Option<PathBuf>,
    /// Whether they may take the place of earlier ones.
    pub force: bool,
    /// The lesson whose present step it shows, and the language of its texts.
    pub lesson: Option<(LessonRun, Language)>,
}

impl Opening {
    /// The plate of the present step of a lesson.
    ///
    /// # Errors
    /// Mistakes that only several of its settings together make.
    pub fn of_lesson(run: LessonRun, language: Language, engine: EngineChoice) -> Result<Self, Mistakes> {
        Ok(Opening {
            scenario: run.scenario()?,
            file: None,
            read: reader(&run),
            at: None,
            // The lesson says when.
            plays: false,
            view: SharedView::default(),
            engine,
            out: None,
            force: false,
            lesson: Some((run, language)),
        })
    }
}

/// Reads the text of a session of a step again, with the files that its plate names.
fn reader(run: &LessonRun) -> ScenarioReader {
    let (lesson, place) = (run.lesson().clone(), run.place());
    Box::new(move |text| lesson.steps[place].read(text))
}

/// A scenario that is asked for in a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A built-in one of this name, whatever files are called like it.
    Builtin(&'static str),
    /// A built-in lesson of this name.
    Lesson(&'static str),
    /// A file.
    File(PathBuf),
    /// A link.
    Link(String),
    /// A new file of this name, written from the template.
    New(String),
}

impl Wanted {
    /// The file of a path, or the scenario of a link, that was typed.
    pub fn typed(text: &str) -> Self {
        if is_link(text) {
            Wanted::Link(text.to_owned())
        } else {
            Wanted::File(PathBuf::from(text))
        }
    }
}

/// Finds a scenario and reads it; or says, for people, why it cannot.
pub type Finder = Rc<dyn Fn(&Wanted) -> Result<Opening, String>>;
