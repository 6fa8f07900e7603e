//! The bench on which cases are measured: it opens the engine that was asked for, and keeps the runs that several cases of
//! the book look at.

use super::setting::CaseSetting;
use crate::engine::{Engine, EngineChoice, EngineError, Opener};
use crate::model::plate::Plate;
use crate::readout::acceptance::Check;
use std::cell::RefCell;
use std::rc::Rc;

/// The acceptance checks of one run of the reference plate.
pub type Checks = Rc<Vec<Check>>;

/// The engine on which a book is measured.
#[derive(Default)]
pub struct Bench {
    opener: RefCell<Opener>,
    /// The seed of every plate and draw.
    pub seed: u64,
    /// Plates that were run to their acceptance table, by what was asked for.
    accepted: RefCell<Vec<(String, Checks)>>,
    /// The description of the engine last opened.
    engine: RefCell<String>,
}

impl Bench {
    /// A bench with an engine and a seed.
    pub fn new(choice: EngineChoice, seed: u64) -> Self {
        Self {
            opener: RefCell::new(Opener::new(choice)),
            seed,
            ..Self::default()
        }
    }

    /// Opens the engine on a plate.
    ///
    /// # Errors
    /// When there is no such engine here, or the plate does not fit it.
    pub fn open(&self, mut plate: Plate) -> Result<Box<dyn Engine>, EngineError> {
        plate.seed = self.seed;
        self.open_as_it_is(plate)
    }

    /// Closes the engine, between one case and the next.
    pub fn clear(&self) {
        self.opener.borrow_mut().close();
    }

    /// Opens the engine on a plate that keeps its own seed.
    ///
    /// # Errors
    /// As [`Bench::open`].
    pub fn open_as_it_is(&self, plate: Plate) -> Result<Box<dyn Engine>, EngineError> {
        let engine = self.opener.borrow_mut().open(plate)?;
        let info = engine.describe();
        *self.engine.borrow_mut() = format!("{} on {}", info.kind, info.device);
        Ok(engine)
    }

    /// The description of the engine last opened; empty before.
    pub fn engine(&self) -> String {
        self.engine.borrow().clone()
    }

    /// The acceptance checks that `run` gives, once for each `name`.
    ///
    /// # Errors
    /// As `run`.
    pub fn accepted(
        &self,
        name: &str,
        run: impl FnOnce() -> Result<Vec<Check>, EngineError>,
    ) -> Result<Checks, EngineError> {
        let known = self
            .accepted
            .borrow()
            .iter()
            .find(|(of, _)| of == name)
            .map(|(_, checks)| Rc::clone(checks));
        if let Some(checks) = known {
            return Ok(checks);
        }
        let checks = Rc::new(run()?);
        self.accepted.borrow_mut().push((name.to_owned(), Rc::clone(&checks)));
        Ok(checks)
    }
}

/// One trial: the numbers that are simulated, and those of the closed form. They differ in negative controls only, where a changed
/// number is simulated and the closed form keeps the one that the case states.
pub struct Trial<'a> {
    /// The numbers of the closed form.
    pub stated: &'a CaseSetting,
    /// The numbers of the simulation.
    pub done: &'a CaseSetting,
    /// Where it is simulated.
    pub bench: &'a Bench,
}

impl Trial<'_> {
    /// Opens the engine on a plate.
    ///
    /// # Errors
    /// When there is no such engine here, or the plate does not fit it.
    pub fn open(&self, plate: Plate) -> Result<Box<dyn Engine>, EngineError> {
        self.bench.open(plate)
    }
}
