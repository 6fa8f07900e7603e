//! Files that a run leaves.

pub mod error;
pub mod folder;
pub mod palette;
pub mod parquet_file;
pub mod picture;
pub mod places;
pub mod record;
pub mod swc;
pub mod table;

pub use error::ExportError;
pub use folder::{ResultFolder, may_write};
pub use record::{ResolvedParameter, RunRecord};
