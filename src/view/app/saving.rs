//! The files that a session leaves: the session as a scenario, the results so far, a picture. Nothing here waits for a disk that is
//! slow, and nothing that is there is replaced.

use super::App;
use crate::export::places::slug;
use crate::model::moment::Moment;
use crate::scenario::{NamedFile, Scenario, ScenarioCopy};
use crate::session::{Recall, Session, Status, Written};
use crate::view::look::Look;
use crate::view::movie::{Format, Movie};
use crate::view::overlay::words::time;
use crate::view::panels::Export;
use crate::view::picture::{Framing, Studio, WindowView, moment_shown};
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

/// Width and height of a movie, in points.
const MOVIE: [u32; 2] = [960, 540];
/// The number of names that are tried.
const NAMES: u32 = 10_000;

/// The files that are being written.
pub struct Saving {
    /// The plate's name, fit for files.
    name: String,
    /// The files that the scenario names.
    files: Vec<NamedFile>,
    out: Option<PathBuf>,
    force: bool,
    /// Exports that were asked for and have not been answered.
    results: u32,
    /// The last answer that was seen.
    seen: u64,
    picture: Option<Receiver<String>>,
    /// The session as it was last saved, and as it is in results on their way.
    saved: Option<Arc<str>>,
    exported: Option<Arc<str>>,
    failure: Option<String>,
    /// The file of the session that was saved last.
    saved_file: Option<PathBuf>,
}

impl Saving {
    /// Nothing so far. `out` is where results go on closing.
    pub fn new(scenario: &Scenario, out: Option<PathBuf>, force: bool) -> Self {
        Self {
            name: slug(&scenario.plate.name),
            files: scenario.files.clone(),
            out,
            force,
            results: 0,
            seen: 0,
            picture: None,
            saved: None,
            exported: None,
            failure: None,
            saved_file: None,
        }
    }

    /// The files that the scenario names.
    pub fn files(&self) -> &[NamedFile] {
        &self.files
    }

    /// Whether something is being written.
    pub fn is_busy(&self) -> bool {
        self.results > 0 || self.picture.is_some()
    }

    /// Leaves the results where they were asked for, on closing.
    pub fn leave_results(&mut self, session: &Session) {
        if let Some(folder) = self.out.take() {
            // All that was computed, wherever the time line stands.
            session.export(folder, self.force, Some(session.status().furthest));
            self.results += 1;
        }
    }

    /// The failure to write, if there was one.
    pub fn take_failure(&mut self) -> Option<String> {
        self.failure.take()
    }

    /// Whether something was done that is in no file, and will be in none after closing.
    pub fn is_unsaved(&self, status: &Status) -> bool {
        let in_file = self.saved.as_ref().is_some_and(|saved| *saved == status.text);
        !status.done.is_empty() && !in_file && self.out.is_none()
    }

    /// Saves the session as a scenario of a new name in the working folder, and says how that went.
    pub fn save_scenario(&mut self, text: &Arc<str>) -> String {
        let copy = match ScenarioCopy::of(text, &[], &self.files) {
            Ok(copy) => copy,
            Err(problem) => return format!("the session could not be saved: {problem}"),
        };
        let saved = new_file(&format!("{}-session", self.name), "toml").and_then(|(mut file, path)| {
            file.write_all(copy.text.as_bytes())?;
            file.sync_all()?;
            Ok(path)
        });
        match saved {
            Ok(path) => {
                self.saved = Some(text.clone());
                self.saved_file = Some(whole(&path));
                format!(
                    "the session is saved as {}{}{}",
                    path.display(),
                    put_beside(Path::new(""), &copy.files),
                    in_this_folder()
                )
            }
            Err(problem) => format!("the session could not be saved in this folder: {problem}"),
        }
    }

    /// Looks after what is being written. Returns a sentence about what has ended.
    pub fn poll(&mut self, status: &Status) -> Option<String> {
        if let Some((number, written)) = status.written.as_ref().filter(|(number, _)| *number != self.seen) {
            self.seen = *number;
            self.results = self.results.saturating_sub(1);
            return Some(match written {
                Written::At { folder, step } => {
                    let at = time(f64::from(*step) * status.plate.step_h);
                    let part = if *step < status.total() {
                        ", which is not the whole run,"
                    } else {
                        ""
                    };
                    self.saved = std::mem::take(&mut self.exported);
                    format!("the results up to {at}{part} are in {}", folder.display())
                }
                Written::Failed(problem) => {
                    self.failure = Some(problem.clone());
                    format!("the results could not be written: {problem}")
                }
            });
        }
        if status.lost.is_some() && self.results > 0 {
            self.results = 0;
            self.failure = status.lost.clone();
        }
        match self.picture.as_ref()?.try_recv() {
            Ok(words) => {
                self.picture = None;
                Some(words)
            }
            Err(TryRecvError::Disconnected) => {
                self.picture = None;
                Some("the picture could not be drawn".to_owned())
            }
            Err(TryRecvError::Empty) => None,
        }
    }

    /// A folder for results that is not there yet.
    fn new_folder(&self) -> PathBuf {
        let parent = Path::new("results");
        (1..NAMES)
            .map(|number| parent.join(format!("{}-session-{number}", self.name)))
            .find(|folder| !folder.exists())
            .unwrap_or_else(|| parent.join(format!("{}-session", self.name)))
    }
}

/// Puts the files that a saved scenario names beside it, where they are not there yet; says so, and of any that could
/// not be put there. A file that is there already is never touched.
fn put_beside(folder: &Path, files: &[NamedFile]) -> String {
    let mut said = String::new();
    for file in files {
        let path = &folder.join(&file.name);
        if std::fs::read(path).is_ok_and(|there| there == file.bytes) {
            continue;
        }
        let written = path
            .parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .and_then(|()| File::create_new(path))
            .and_then(|mut new| new.write_all(&file.bytes));
        said += &match written {
            Ok(()) => format!(", with {}", file.name),
            Err(problem) if problem.kind() == ErrorKind::AlreadyExists => {
                format!("; but {} here is another file than the session's", file.name)
            }
            Err(problem) => format!("; but {} could not be put beside it: {problem}", file.name),
        };
    }
    said
}

impl App {
    /// Saves the session as a scenario.
    pub(super) fn save(&mut self) {
        let words = self.saving.save_scenario(&self.session.scenario_text());
        if let Some(file) = self.saving.saved_file.take() {
            self.panels.gallery.put_first(file);
        }
        self.note(words);
    }

    /// Writes what was asked for.
    pub(super) fn export(&mut self, what: Export) {
        if self.hides_names {
            return self.note("files name the treatments: reveal them first".to_owned());
        }
        let is_busy = match what {
            Export::Results { .. } => self.saving.results > 0,
            Export::Picture { .. } | Export::Movie => self.saving.picture.is_some(),
        };
        if is_busy {
            return self.note("the export before this one is still being written".to_owned());
        }
        match what {
            Export::Results { up_to } => {
                self.session.export(self.saving.new_folder(), false, Some(up_to));
                self.saving.exported = Some(self.session.scenario_text());
                self.saving.results += 1;
            }
            Export::Picture { width } => {
                self.note("drawing the picture".to_owned());
                self.export_picture(width);
            }
            Export::Movie => self.export_movie(),
        }
    }

    fn export_picture(&mut self, width: u32) {
        let Some(scene) = &self.scene else { return };
        let height = (f64::from(width) / self.camera.shape()).round().max(16.0) as u32;
        let job = Picture {
            moment: moment_shown(scene),
            look: self.panels.look,
            sight: WindowView {
                view: self.camera.goal(),
                arrangement: scene.arrangement().clone(),
                scale: f64::from(width) / f64::from(self.plate_rect.width().max(1.0)),
                plate: self.coming.as_ref().unwrap_or(&self.plate).clone(),
                poses: self.poses.clone(),
                wall_s: self.opened.elapsed().as_secs_f64(),
                selected: self.selected,
            },
            size_px: [width, height],
            adapter: self.choice.adapter.clone(),
            stem: format!("{}-picture", self.saving.name),
        };
        self.work("picture", move || job.draw());
    }

    fn export_movie(&mut self) {
        let moments = self.session.recall();
        let job = Recorded {
            moments,
            plate: (*self.status.plate).clone(),
            look: self.panels.look,
            adapter: self.choice.adapter.clone(),
            stem: format!("{}-movie", self.saving.name),
        };
        self.note("the movie of the recorded moments is being made".to_owned());
        self.work("movie", move || job.film());
    }

    /// Works on a thread of its own and says what came of it.
    fn work(&mut self, name: &str, job: impl FnOnce() -> String + Send + 'static) {
        let (told, answer) = channel();
        let thread = std::thread::Builder::new().name(name.to_owned());
        // A window that is gone needs no answer.
        match thread.spawn(move || told.send(job())) {
            Ok(_) => self.saving.picture = Some(answer),
            Err(problem) => self.note(format!("no {name} could be made: {problem}")),
        }
    }
}

/// A picture to be drawn on a device of its own.
struct Picture {
    moment: Moment,
    look: Look,
    sight: WindowView,
    size_px: [u32; 2],
    adapter: Option<String>,
    stem: String,
}

impl Picture {
    fn draw(self) -> String {
        match self.try_to_draw() {
            Ok(path) => format!("the picture is {}", whole(&path).display()),
            Err(problem) => format!("the picture could not be made: {problem}"),
        }
    }

    fn try_to_draw(self) -> Result<PathBuf, Box<dyn std::error::Error>> {
        let mut studio = Studio::open(&self.sight.plate, self.adapter.as_deref(), self.size_px)?;
        let bytes = studio.as_seen(self.moment, &self.look, &self.sight)?.png()?;
        let (mut file, path) = new_file(&self.stem, "png")?;
        file.write_all(&bytes)?;
        Ok(path)
    }
}

/// A movie of the moments that the session keeps.
struct Recorded {
    moments: Recall,
    plate: crate::model::plate::Plate,
    look: Look,
    adapter: Option<String>,
    stem: String,
}

impl Recorded {
    fn film(self) -> String {
        match self.try_to_film() {
            Ok(path) => format!("the movie is {}", whole(&path).display()),
            Err(problem) => format!("the movie could not be made: {problem}"),
        }
    }

    fn try_to_film(self) -> Result<PathBuf, Box<dyn std::error::Error>> {
        let mut studio = Studio::open(&self.plate, self.adapter.as_deref(), MOVIE)?;
        let format = Format::Mp4.available();
        let (_, path) = new_file(&self.stem, format.ending())?;
        let filmed = self.film_into(&mut studio, &path, format);
        if filmed.is_err() {
            // A movie that is cut does not stay.
            let _ = std::fs::remove_file(&path);
        }
        filmed.map(|()| path)
    }

    fn film_into(&self, studio: &mut Studio, path: &Path, format: Format) -> Result<(), Box<dyn std::error::Error>> {
        let mut movie = Movie::begin(path, format, MOVIE)?;
        for step in self.moments.steps() {
            if let Some(world) = self.moments.world(step) {
                let image = studio.picture(&world, &self.look, Framing::Plate)?;
                movie.add(&image.rgba)?;
            }
        }
        movie.finish()?;
        Ok(())
    }
}

/// The whole path of a file.
fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The words for the folder that files go to.
fn in_this_folder() -> String {
    std::env::current_dir().map_or_else(|_| String::new(), |folder| format!(" in {}", folder.display()))
}

/// A file `STEM-N.ENDING` that was not there.
fn new_file(stem: &str, ending: &str) -> std::io::Result<(File, PathBuf)> {
    for number in 1..NAMES {
        let path = PathBuf::from(format!("{stem}-{number}.{ending}"));
        match File::create_new(&path) {
            Ok(file) => return Ok((file, path)),
            Err(problem) if problem.kind() == ErrorKind::AlreadyExists => {}
            Err(problem) => return Err(problem),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_go_where_the_session_goes_and_nothing_is_replaced() {
        let scratch = tempfile::tempdir().expect("a folder");
        let file = |name: &str, bytes: &[u8]| NamedFile {
            name: name.to_owned(),
            bytes: bytes.to_vec(),
        };
        let walls = file("pictures/walls.png", b"walls");
        let said = put_beside(scratch.path(), std::slice::from_ref(&walls));
        assert_eq!(said, ", with pictures/walls.png");
        assert_eq!(
            std::fs::read(scratch.path().join("pictures/walls.png")).expect("written"),
            b"walls"
        );
        assert_eq!(put_beside(scratch.path(), &[walls]), "", "it is there already");
        let said = put_beside(scratch.path(), &[file("pictures/walls.png", b"others")]);
        assert_eq!(said, "; but pictures/walls.png here is another file than the session's");
        assert_eq!(
            std::fs::read(scratch.path().join("pictures/walls.png")).expect("kept"),
            b"walls"
        );
    }
}
