//! Files that a run leaves: tables, axons, the picture of the plate, the report and the run record.

mod base64;
pub mod error;
pub mod figures;
pub mod folder;
pub mod outcome;
pub mod palette;
pub mod parquet_file;
pub mod picture;
pub mod places;
pub mod record;
pub mod report;
pub mod reread;
pub mod results;
pub mod swc;
pub mod system_fonts;
pub mod table;
pub mod terminal;

pub use error::ExportError;
pub use folder::{ResultFolder, may_write};
pub use outcome::Results;
pub use record::{ResolvedParameter, RunRecord};
pub use reread::readouts_from_csv;
pub use results::{save, write_results};
pub use terminal::results_table;
