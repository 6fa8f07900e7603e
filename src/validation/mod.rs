//! The validation book: cases that hold the program against mathematics, against published figures and against what was
//! observed, each with a negative control that must fail.
//!
//! Case (`validation/*.toml`) → [`case`] → a measure of [`measures`] drives an engine on a small plate → figures →
//! [`outcome`] judges them by the case's bands → [`page`] shows it.
//!
//! # How a case is added
//! 1. Write `validation/NAME.toml`: `title`, `chapter`, `claim`, `kind`, `source`, `expects` (the closed form), `measure`,
//!    `[setting]`, a `[band]` for each figure, what is smaller in `[quick]`, and a `[[control]]` for each band: numbers with
//!    which it must be left. A control is simulated with its changed numbers and held against the unchanged closed form.
//! 2. Add a line to [`book::BOOK`].
//! 3. Where no measure does it yet: a function `fn(&Trial) -> Result<Measured, EngineError>` in the file of its family
//!    under `measures/`, and a [`measures::Measure`] with its keys and the names of its figures in
//!    [`measures::MEASURES`]. It simulates `trial.done` and computes what is expected from `trial.stated`.

pub mod band;
pub mod bench;
pub mod book;
pub mod case;
pub mod manufactured;
pub mod measured;
pub mod measures;
pub mod outcome;
pub mod page;
pub mod plates;
pub mod setting;
pub mod statistics;

pub use bench::Bench;
pub use case::{Case, CaseKind};
pub use outcome::{CaseOutcome, Extent, try_case};
