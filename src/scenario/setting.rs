//! The setting that conditions and events are read in.

use super::Surroundings;
use super::budget::Budget;
use super::protocol::RunClock;
use crate::model::biology::Biology;
use crate::model::domain::Domain;
use crate::model::gel::bars::{Answers, MagnetBars};
use crate::model::gel::equilibrium::NoEquilibrium;
use crate::model::parameters::Matrix;
use crate::model::plate::Species;
use std::cell::RefCell;
use std::sync::Arc;

/// The plate around a condition or an event; what could not be read itself is `None`.
#[derive(Clone, Copy)]
pub struct Setting<'s> {
    /// The well.
    pub domain: Option<&'s Domain>,
    /// The steps of the run.
    pub clock: Option<&'s RunClock>,
    /// The myokines.
    pub species: &'s [Species],
    /// The biology of the plate.
    pub biology: Biology,
    /// The gel of the plate.
    pub matrix: Matrix,
    /// Answers of magnet bars in it, as far as known.
    pub solved: &'s Solved,
    /// Memory that is left for what is worked out while it is read.
    pub budget: &'s Budget,
    /// Where files come from.
    pub surroundings: &'s Surroundings<'s>,
}

/// Answers of bars in the gels of a scenario, kept so that conditions with the same bars are solved once.
#[derive(Debug, Default)]
pub struct Solved(RefCell<Vec<(MagnetBars, Arc<Answers>)>>);

impl Solved {
    /// The answers of the bars of `gel`, solved where they are not yet known.
    ///
    /// # Errors
    /// When the gel does not come to rest.
    pub fn answers(&self, gel: &MagnetBars, domain: &Domain) -> Result<Arc<Answers>, NoEquilibrium> {
        let mut solved = self.0.borrow_mut();
        if let Some((_, answers)) = solved.iter().find(|(known, _)| known == gel) {
            return Ok(answers.clone());
        }
        let answers = Arc::new(gel.answers(domain)?);
        solved.push((gel.clone(), answers.clone()));
        Ok(answers)
    }
}
