//! The system's dialog for choosing a file. Nothing here waits for it.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use winit::window::Window;

/// A dialog that was opened and is to be answered.
pub struct FileDialog {
    answer: Receiver<Option<PathBuf>>,
}

impl FileDialog {
    /// Opens it above `parent`, for scenario files.
    ///
    /// # Errors
    /// When no thread can wait for the answer.
    pub fn open(parent: &Window) -> std::io::Result<Self> {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Open a scenario or a saved session")
            .add_filter("scenarios", &["toml"])
            .add_filter("all files", &["*"])
            .set_parent(parent);
        // Begun here: some systems show dialogs on the main thread only.
        let chosen = dialog.pick_file();
        let (told, answer) = channel();
        let wait = move || {
            let file = pollster::block_on(chosen);
            // A window that is gone needs no answer.
            let _ = told.send(file.map(|file| file.path().to_path_buf()));
        };
        std::thread::Builder::new().name("file dialog".to_owned()).spawn(wait)?;
        Ok(Self { answer })
    }

    /// The answer, once there is one: a file, or that none was chosen.
    pub fn poll(&self) -> Option<Option<PathBuf>> {
        match self.answer.try_recv() {
            Ok(file) => Some(file),
            Err(TryRecvError::Disconnected) => Some(None),
            Err(TryRecvError::Empty) => None,
        }
    }
}
