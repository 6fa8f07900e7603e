//! Links: an experiment as a piece of text that stands behind an address, `#v1.` and letters. It opens the same plate with the same
//! seed wherever it is opened, so that it ends in the same bits as the scenario file that it was made of.
//!
//! A link is made in three steps: [`SharedExperiment`] → bytes (`envelope.rs`, a line of JSON, the files, the scenario's text) →
//! letters (`packing.rs`, deflate and base64). The version of a link names both; `docs/links.md` describes them for other programs.
//!
//! What is read here was made by strangers: every text gives an experiment or a [`LinkError`], no more memory is taken than
//! [`MOST_CONTENT_BYTES`], and no file of this machine is read on account of a link.

mod blind;
mod document;
mod envelope;
mod error;
mod names;
mod packing;
mod qr;
mod view;

pub use blind::blinded;
pub use document::sizes_in_markdown;
pub use error::{Damage, LinkError};
pub use names::neutral_names;
pub use qr::{QrCode, size_in_words};
pub use view::SharedView;

use crate::scenario::{NamedFile, Scenario, ScenarioCopy, Surroundings};

/// The version of the links that are made and read here.
pub const VERSION: u32 = 1;
/// Longer links are neither made nor read, bytes: this is what one word of a command line holds on every system.
pub const MOST_LINK_BYTES: usize = 30_000;
/// Longer addresses are made no QR code, bytes: it would have more than 149 by 149 modules, which a telephone still reads from a sheet of
/// paper.
pub const MOST_QR_BYTES: usize = 2048;
/// Experiments that are larger are neither packed nor unpacked, bytes: a link may hold a thousand times its own size.
pub const MOST_CONTENT_BYTES: usize = 1_000_000;

/// An experiment as a link holds it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SharedExperiment {
    /// The scenario with its seed, its events and all that a command line changed, as TOML.
    pub text: String,
    /// The files that it names.
    pub files: Vec<NamedFile>,
    /// How it is looked at where it is opened.
    pub view: SharedView,
}

impl SharedExperiment {
    /// That of the text of a scenario or a session and the files that it names.
    ///
    /// # Errors
    /// A sentence, where the text is no TOML.
    pub fn of_text(text: &str, files: &[NamedFile], view: SharedView) -> Result<Self, String> {
        let ScenarioCopy { text, files } = ScenarioCopy::of(text, &[], files)?;
        Ok(Self { text, files, view })
    }

    /// That of a scenario, with the overrides that it was read with.
    ///
    /// # Errors
    /// A sentence, where an override has no place in the text.
    pub fn of_scenario(scenario: &Scenario, view: SharedView) -> Result<Self, String> {
        let ScenarioCopy { text, files } = ScenarioCopy::of(&scenario.text, &scenario.overrides, &scenario.files)?;
        Ok(Self { text, files, view })
    }

    /// The link, from its `#` on.
    ///
    /// # Errors
    /// [`LinkError::TooLarge`], where the experiment has more than [`MOST_CONTENT_BYTES`] or the link would have more than
    /// [`MOST_LINK_BYTES`].
    pub fn to_link(&self) -> Result<String, LinkError> {
        let content = envelope::write(self);
        let too_large = |link_bytes| LinkError::TooLarge {
            content_bytes: content.len(),
            link_bytes,
            files: self.files.iter().map(|file| file.name.clone()).collect(),
        };
        if content.len() > MOST_CONTENT_BYTES {
            return Err(too_large(None));
        }
        let link = format!("#v{VERSION}.{}", packing::pack(&content));
        if link.len() > MOST_LINK_BYTES {
            return Err(too_large(Some(link.len())));
        }
        Ok(link)
    }

    /// The experiment of a link, with or without the address before its `#`. Spaces and line ends inside, as mail programs put them
    /// there, do no harm.
    ///
    /// # Errors
    /// When the text is no link, is of a version that is not known here, is damaged, or holds more than is read.
    pub fn from_link(text: &str) -> Result<Self, LinkError> {
        let found = Found::in_text(text).ok_or_else(|| LinkError::NoLink(text.to_owned()))?;
        if found.version != VERSION.to_string() {
            return Err(LinkError::Version(found.version.to_owned()));
        }
        if found.letters.len() > MOST_LINK_BYTES {
            return Err(LinkError::TooLong(found.letters.len()));
        }
        Ok(envelope::read(&packing::unpack(found.letters)?)?)
    }

    /// The files that its scenario may read: those that came with it.
    pub fn surroundings(&self, memory_bytes: Option<u64>) -> Surroundings<'_> {
        Surroundings {
            file: Box::new(|name| self.file(name)),
            memory_bytes,
        }
    }

    /// The contents of a file that came with it.
    ///
    /// # Errors
    /// A sentence, where none of that name did.
    pub fn file(&self, name: &str) -> Result<Vec<u8>, String> {
        let file = self.files.iter().find(|file| file.name == name);
        file.map(|file| file.bytes.clone())
            .ok_or_else(|| "no file of that name came with the link, and others are not read".to_owned())
    }
}

/// Whether a text looks like a link, of whatever version.
pub fn is_link(text: &str) -> bool {
    Found::in_text(text).is_some()
}

/// The address of a link at the place that `base` names; the bare link where none is named.
pub fn address(base: Option<&str>, link: &str) -> String {
    format!("{}{link}", base.unwrap_or_default())
}

/// The parts of a link in a text.
struct Found<'t> {
    version: &'t str,
    letters: &'t str,
}

impl<'t> Found<'t> {
    fn in_text(text: &'t str) -> Option<Self> {
        let (_, fragment) = text.split_once("#v")?;
        let (version, letters) = fragment.split_once('.')?;
        let is_number = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then_some(Self { version, letters })
    }
}
