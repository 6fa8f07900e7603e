//! What a window remembers from one time to the next: its size, its panels, the size of its text, and the files that were
//! opened. A file of the user's configuration folder; what cannot be read there is as if it had never been.

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The number of files that are remembered.
const RECENT: usize = 8;

/// What is remembered. Everything may be missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Width and height of the window, in points.
    pub window: Option<[f64; 2]>,
    /// How much larger than usual everything is, 1 for as usual.
    pub zoom: Option<f32>,
    /// Whether the side panel is open.
    pub side_open: Option<bool>,
    /// Its width, in points.
    pub side_width: Option<f32>,
    /// The readouts that are plotted, by their names; those that a plate lacks are left out.
    pub plots: Vec<String>,
    /// Files that were opened, the last first.
    pub recent: Vec<PathBuf>,
}

impl Preferences {
    /// The file of this user's preferences; `None` where there is no folder for such files.
    pub fn file() -> Option<PathBuf> {
        let folders = etcetera::choose_base_strategy()
            .map_err(|problem| tracing::debug!("no folder for preferences: {problem}"))
            .ok()?;
        Some(folders.config_dir().join("outgrowth").join("window.toml"))
    }

    /// Reads those of `file`.
    pub fn read(file: &Path) -> Self {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(problem) => {
                tracing::debug!("{}: {problem}", file.display());
                return Self::default();
            }
        };
        toml::from_str(&text).unwrap_or_else(|problem| {
            tracing::warn!(
                "{} is not read, and replaced when the window is closed: {}",
                file.display(),
                problem.message()
            );
            Self::default()
        })
    }

    /// Writes them to `file`, whole or not at all.
    ///
    /// # Errors
    /// Why they could not be written.
    pub fn write(&self, file: &Path) -> io::Result<()> {
        let text = toml::to_string(self).map_err(io::Error::other)?;
        let folder = file.parent().ok_or(io::ErrorKind::NotFound)?;
        std::fs::create_dir_all(folder)?;
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        new.write_all(text.as_bytes())?;
        new.persist(file)?;
        Ok(())
    }

    /// Puts a file at the head of those that were opened.
    pub fn opened(&mut self, file: PathBuf) {
        put_first(&mut self.recent, file);
    }
}

/// Puts a file at the head of some, of which the last are let go.
pub fn put_first(files: &mut Vec<PathBuf>, file: PathBuf) {
    files.retain(|known| *known != file);
    files.insert(0, file);
    files.truncate(RECENT);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_come_back_as_they_were_and_a_broken_file_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("below/window.toml");
        assert_eq!(Preferences::read(&file), Preferences::default());
        let mut preferences = Preferences {
            window: Some([1280.0, 720.0]),
            zoom: Some(1.25),
            side_open: Some(false),
            side_width: Some(333.5),
            plots: vec!["Tips".to_owned(), "of another version".to_owned()],
            recent: Vec::new(),
        };
        for number in 0..RECENT + 2 {
            preferences.opened(PathBuf::from(format!("/plates/{number}.toml")));
        }
        preferences.opened(PathBuf::from("/plates/5.toml"));
        preferences.write(&file).expect("written");
        assert_eq!(Preferences::read(&file), preferences);
        let names: Vec<&Path> = preferences.recent.iter().map(PathBuf::as_path).take(3).collect();
        assert_eq!(
            names,
            ["/plates/5.toml", "/plates/9.toml", "/plates/8.toml"].map(Path::new)
        );
        assert_eq!(preferences.recent.len(), RECENT);
        std::fs::write(&file, "zoom = \"large\"").expect("written");
        assert_eq!(Preferences::read(&file), Preferences::default());
    }
}
