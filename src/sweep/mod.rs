//! Sweeps: a scenario run with every value of some keys and many seeds, as one dataset.
//!
//! [`request`] reads what is asked for, [`draft`](mod@draft) makes a [`plan`] of it, which [`plan_file`] writes as the contract with
//! whoever does the work. [`axis`], [`design`], [`seeds`] and [`constraint`] are what a plan is made of; a run is worked out from its
//! number, so that nothing grows with how many there are.

pub mod axis;
pub mod constraint;
pub mod design;
pub mod draft;
mod latin;
pub mod plan;
pub mod plan_file;
pub mod request;
pub mod seeds;
mod sobol;
mod sobol_table;

pub use axis::{Axis, AxisValue, AxisValues};
pub use draft::{Draft, Ground, draft};
pub use plan::{Contract, Plan, PlannedRun};
pub use plan_file::{PlanError, plan_files, plan_text, read_plan};
pub use request::{Request, SweepFile};
