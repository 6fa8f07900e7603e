//! What a window remembers from one time to the next: its size, its panels, the size of its text, and the files that were
//! opened. A file of the user's configuration folder; what cannot be read there is as if it had never been.

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Edges of windows and panels that can be had, in points.
const EDGE: [f64; 2] = [1.0, 16_384.0];
/// Sizes of text and controls that can be had.
const ZOOM: [f64; 2] = [0.2, 5.0];
/// A file that is longer was not written by this program.
const MOST_BYTES: u64 = 1 << 20;
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
        match std::fs::metadata(file) {
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Self::default(),
            _ => {}
        }
        text_of(file)
            .and_then(|text| toml::from_str::<Self>(&text).map_err(|problem| problem.message().to_owned()))
            .and_then(Self::possible)
            .unwrap_or_else(|problem| {
                tracing::warn!("{} is not read: {problem}", file.display());
                Self::default()
            })
    }

    /// These, where a window can be opened with them.
    fn possible(self) -> Result<Self, String> {
        let within = |number: f64, [least, most]: [f64; 2]| (least..=most).contains(&number);
        let refused = |name: &str, [least, most]: [f64; 2]| format!("{name} is not from {least} to {most}");
        if !self
            .window
            .is_none_or(|size| size.iter().all(|&edge| within(edge, EDGE)))
        {
            return Err(refused("window", EDGE));
        }
        if !self.zoom.is_none_or(|zoom| within(f64::from(zoom), ZOOM)) {
            return Err(refused("zoom", ZOOM));
        }
        if !self.side_width.is_none_or(|width| within(f64::from(width), EDGE)) {
            return Err(refused("side_width", EDGE));
        }
        Ok(self)
    }

    /// Writes them to `file`, whole or not at all.
    ///
    /// # Errors
    /// Why they could not be written.
    pub fn write(&self, file: &Path) -> io::Result<()> {
        write_whole(file, &toml::to_string(self).map_err(io::Error::other)?)
    }

    /// Puts a file at the head of those that were opened.
    pub fn opened(&mut self, file: PathBuf) {
        put_first(&mut self.recent, file);
    }
}

/// Writes a file of the configuration folder, whole or not at all.
///
/// # Errors
/// Why it could not be written.
pub fn write_whole(file: &Path, text: &str) -> io::Result<()> {
    let folder = file.parent().ok_or(io::ErrorKind::NotFound)?;
    std::fs::create_dir_all(folder)?;
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    new.write_all(text.as_bytes())?;
    new.persist(file)?;
    Ok(())
}

/// The text of a file of the configuration folder. A pipe, of which there may be no end, is refused before it is opened.
///
/// # Errors
/// Why it is not read.
pub fn text_of(file: &Path) -> Result<String, String> {
    let facts = std::fs::metadata(file).map_err(|problem| problem.to_string())?;
    if !facts.is_file() || facts.len() > MOST_BYTES {
        return Err("it is no file that this program writes".to_owned());
    }
    std::fs::read_to_string(file).map_err(|problem| problem.to_string())
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
        let broken = [
            "zoom = \"large\"",
            "window = [100000.0, 700.0]",
            "window = [nan, 700.0]",
            "side_width = -1.0",
            "zoom = 1e9",
        ];
        for text in broken {
            std::fs::write(&file, text).expect("written");
            assert_eq!(Preferences::read(&file), Preferences::default(), "{text}");
        }
        assert_eq!(Preferences::read(folder.path()), Preferences::default(), "a folder");
    }
}
