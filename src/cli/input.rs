//! Files that are read: regular ones only, and no more of them than a stated number of bytes.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// Reads a file that a scenario names. A device, a pipe or a folder in its place is refused before it is opened: one of them
/// has no end, another makes whoever opens it wait.
///
/// # Errors
/// Why it cannot be read, in words.
pub fn read_regular(path: &Path, most_bytes: u64) -> Result<Vec<u8>, String> {
    let facts = fs::metadata(path).map_err(|problem| problem.to_string())?;
    if !facts.is_file() {
        return Err("it is no regular file".to_owned());
    }
    if facts.len() > most_bytes {
        return Err(too_long(facts.len(), most_bytes));
    }
    // It may grow while it is read.
    read_at_most(path, most_bytes).map_err(|problem| problem.to_string())
}

/// Reads a file, or a pipe that is given by name, up to its end.
///
/// # Errors
/// The system's, or that there is more than `most_bytes` of it.
pub fn read_at_most(path: &Path, most_bytes: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most_bytes + 1).read_to_end(&mut bytes)?;
    let length = bytes.len() as u64;
    if length > most_bytes {
        return Err(io::Error::other(too_long(length, most_bytes)));
    }
    Ok(bytes)
}

fn too_long(length: u64, most_bytes: u64) -> String {
    format!("it is {length} bytes long or more, and at most {most_bytes} are read")
}
