//! Files that a run leaves: tables, axons, the picture of the plate, the report and the run record.

mod arrow_schema;
mod base64;
pub(crate) mod contents;
pub(crate) mod durable;
pub mod error;
pub mod figures;
pub mod folder;
pub(crate) mod hold;
pub mod keeping;
pub mod leftovers;
mod numbered;
pub mod outcome;
pub mod palette;
pub mod parquet_file;
pub mod picture;
pub mod places;
pub mod record;
pub mod report;
pub mod reread;
pub mod results;
mod rim;
pub mod stream;
pub mod swc;
pub mod system_fonts;
pub mod table;
pub mod terminal;

pub use error::ExportError;
pub use folder::{ResultFolder, may_write};
pub use keeping::{Keeping, other_places, save};
pub use leftovers::settle_leftovers;
pub use outcome::Results;
pub use record::{ResolvedParameter, RunRecord};
pub use reread::readouts_from_csv;
pub use results::write_results;
pub use rim::rim_notes;
pub use terminal::results_table;
