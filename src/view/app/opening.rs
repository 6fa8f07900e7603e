//! Opening another plate in the same window, by its name, from a file, or new from the template.

use super::App;
use crate::readout::Readout;
use crate::view::preferences::Preferences;
use crate::view::window::{FileDialog, Opening, Wanted};
use winit::window::Window;

impl App {
    /// Opens another plate in the place of this one, once what was done here is saved or given up.
    pub(super) fn open_other(&mut self, wanted: &Wanted) {
        tracing::debug!("another plate is wanted: {wanted:?}");
        match (self.finder)(wanted) {
            Ok(opening) => {
                self.panels.gallery.open = false;
                self.panels.gallery.refused = None;
                self.next = Some(opening);
                self.ask_to_close();
            }
            Err(why) => {
                tracing::info!("{why}");
                self.panels.gallery.open = true;
                self.panels.gallery.refused = Some(why);
            }
        }
    }

    /// The plate that takes the place of this one, which is closed.
    pub fn take_next(&mut self) -> Option<Opening> {
        self.next.take()
    }

    /// Opens the system's dialog above the window, where it was asked for.
    pub fn open_dialog(&mut self, window: &Window) {
        if !std::mem::take(&mut self.wants_dialog) || self.dialog.is_some() {
            return;
        }
        match FileDialog::open(window) {
            Ok(dialog) => self.dialog = Some(dialog),
            Err(problem) => self.note(format!("no dialog could be opened: {problem}")),
        }
    }

    /// Takes the answer of the dialog. Returns whether there was one.
    pub(super) fn poll_dialog(&mut self) -> bool {
        let Some(answer) = self.dialog.as_ref().and_then(FileDialog::poll) else {
            return false;
        };
        self.dialog = None;
        match answer {
            Some(file) => self.open_other(&Wanted::File(file)),
            None => {
                self.note("no file was chosen; one can also be dropped on the window, or its path typed".to_owned())
            }
        }
        true
    }

    /// Arranges the panels as they were left.
    pub fn recall(&mut self, preferences: &Preferences) {
        self.plot(&preferences.plots);
        self.panels.side_open = preferences.side_open;
        self.panels.side_width = preferences.side_width;
        self.take_files_lately_opened(preferences);
    }

    /// Plots the readouts of these names, as far as the plate has them; the usual ones where it has none of them.
    pub(super) fn plot(&mut self, names: &[String]) {
        let all = Readout::all_of(&self.planned);
        let named = |name: &String| all.iter().copied().find(|readout| readout.name() == name);
        let plots: Vec<Readout> = names.iter().filter_map(named).collect();
        if !plots.is_empty() {
            self.panels.plots = plots;
        }
    }

    /// The names of the readouts that are plotted.
    pub(super) fn plotted(&self) -> Vec<String> {
        let plots = self.panels.plots.iter();
        plots.map(|readout| readout.name().to_owned()).collect()
    }

    /// Takes the files that were opened lately, for the gallery.
    pub fn take_files_lately_opened(&mut self, preferences: &Preferences) {
        self.panels.gallery.recent.clone_from(&preferences.recent);
    }

    /// Writes down how the panels are arranged.
    pub fn remember(&self, preferences: &mut Preferences) {
        preferences.plots = self.plotted();
        preferences.recent.clone_from(&self.panels.gallery.recent);
        // In a small window the panel stands aside by itself.
        if self.panels.side_width.is_some() {
            preferences.side_open = self.panels.side_open;
            preferences.side_width = self.panels.side_width;
        }
    }
}
