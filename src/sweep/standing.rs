//! Whether a sweep's folder is still the one that the work began in: another sweep may have been planned in its place, or it is gone.

use super::contents::PLAN;
use crate::export::ExportError;
use crate::export::hold::is_at;
use std::fs::File;
use std::path::{Path, PathBuf};

/// A sweep's folder as it was when the work began.
#[derive(Debug)]
pub struct Standing {
    folder: PathBuf,
    plan: File,
}

impl Standing {
    /// The folder as it is now.
    ///
    /// # Errors
    /// It holds no plan.
    pub fn of(sweep: &Path) -> Result<Self, ExportError> {
        let path = sweep.join(PLAN);
        Ok(Self {
            folder: sweep.to_owned(),
            plan: File::open(&path).map_err(ExportError::io("read", &path))?,
        })
    }

    /// Sees that nothing has taken its place.
    ///
    /// # Errors
    /// It is gone, or holds another plan.
    pub fn check(&self) -> Result<(), ExportError> {
        let path = self.folder.join(PLAN);
        if is_at(&self.plan, &path) {
            Ok(())
        } else if path.exists() {
            Err(ExportError::Replanned(self.folder.clone()))
        } else {
            Err(ExportError::Gone(self.folder.clone()))
        }
    }

    /// That the folder is gone or replaced, where that is why something failed; else the problem itself.
    pub fn explain(&self, problem: ExportError) -> ExportError {
        self.check().err().unwrap_or(problem)
    }
}
