//! Sweeps: a scenario run with every value of some keys and many seeds, as one dataset.
//!
//! [`request`] reads what is asked for, [`draft`](mod@draft) makes a [`plan`] of it, which [`plan_file`] writes as the contract with
//! whoever does the work. [`axis`], [`design`], [`seeds`] and [`constraint`] are what a plan is made of; a run is worked out from its
//! number, so that nothing grows with how many there are.
//!
//! [`work`](mod@work) does what is missing of a [`part::Share`]: it reads runs, packs those that are alike as conditions of one plate
//! ([`pack`]), and leaves a file for each part, and a record of what [`failed`]; [`array_share`] says which share a task of a job array does,
//! [`slurm`] writes the script of one. [`gather`](mod@gather) puts the files together and sums them up; `report` writes what came out as
//! a page.

pub mod array_share;
pub mod axis;
mod conclusions;
pub mod constraint;
pub mod contents;
mod crate_metadata;
mod datapackage;
pub mod design;
mod devices;
pub mod draft;
pub mod failed;
pub mod gather;
mod indices;
mod keep;
mod latin;
mod locks;
mod measure;
mod merge;
pub mod pack;
pub mod part;
pub mod plan;
pub mod plan_file;
pub mod power;
pub mod power_question;
mod report;
pub mod request;
mod rows;
pub mod saltelli;
pub mod seeds;
mod sensitivity;
pub mod slurm;
mod sobol;
mod sobol_table;
mod standing;
mod summary;
mod t_test;
mod tables;
mod text_table;
mod uncertain;
mod whole_file;
pub mod work;

pub use array_share::ShareChoice;
pub use axis::{Axis, AxisValue, AxisValues};
pub use devices::look;
pub use draft::{Draft, Ground, draft};
pub use gather::{Gathered, gather};
pub use part::Share;
pub use plan::{Contract, Plan, PlannedRun};
pub use plan_file::{PlanError, plan_files, plan_text, read_plan, write_plan};
pub use power_question::PowerQuestion;
pub use request::{Request, SweepFile};
pub use work::{Machine, Watcher, WorkError, Worked, work};
