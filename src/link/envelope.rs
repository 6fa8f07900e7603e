//! A shared experiment as bytes: a line of JSON with the view and the files' names and lengths, the files one behind the other, and
//! the scenario's text up to the end.

use super::SharedExperiment;
use super::error::Damage;
use super::view::{SharedView, is_default};
use crate::scenario::NamedFile;
use serde::{Deserialize, Serialize};

/// The line at the head. Keys that a later program adds are passed over, so that none of them may change a result.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Head {
    #[serde(skip_serializing_if = "is_default")]
    view: SharedView,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<FileHead>,
}

/// A file, in the order in which they lie.
#[derive(Serialize, Deserialize)]
struct FileHead {
    name: String,
    bytes: usize,
}

/// The bytes of an experiment.
pub fn write(experiment: &SharedExperiment) -> Vec<u8> {
    let file_head = |file: &NamedFile| FileHead {
        name: file.name.clone(),
        bytes: file.bytes.len(),
    };
    let head = Head {
        view: experiment.view.clone(),
        files: experiment.files.iter().map(file_head).collect(),
    };
    // Names and numbers are always JSON.
    let mut bytes = serde_json::to_vec(&head).unwrap_or_default();
    bytes.push(b'\n');
    for file in &experiment.files {
        bytes.extend_from_slice(&file.bytes);
    }
    bytes.extend_from_slice(experiment.text.as_bytes());
    bytes
}

/// The experiment of these bytes.
///
/// # Errors
/// When they are none.
pub fn read(bytes: &[u8]) -> Result<SharedExperiment, Damage> {
    let end = bytes.iter().position(|&byte| byte == b'\n').ok_or(Damage::Head)?;
    let (head, rest) = bytes.split_at(end);
    let head: Head = serde_json::from_slice(head).map_err(|_| Damage::Head)?;
    let mut rest = &rest[1..];
    let mut files = Vec::new();
    for FileHead { name, bytes } in head.files {
        let (file, behind) = rest.split_at_checked(bytes).ok_or(Damage::Head)?;
        files.push(NamedFile {
            name,
            bytes: file.to_vec(),
        });
        rest = behind;
    }
    let text = str::from_utf8(rest).map_err(|_| Damage::Text)?;
    Ok(SharedExperiment {
        text: text.to_owned(),
        files,
        view: head.view,
    })
}
