//! A checkpoint's file:
//!
//! | part | form |
//! |---|---|
//! | [`MAGIC`] | 16 bytes |
//! | [`FORMAT`] | 4 bytes, the lowest first, as all numbers here |
//! | head | its length, 4 bytes; [`Head`] as postcard writes it |
//! | memory of the recorder, as postcard writes it | packed frames and a hash (`packed.rs` beside this file) |
//! | each array of the state in the order of [`World::arrays`], as it lies in memory | the same |
//! | hash of all before | 32 bytes of BLAKE3 |
//!
//! It is written beside its place, out to the disk, and takes its name then: it is there whole or not at all.

use super::error::CheckpointError;
use super::head::Head;
use super::packed::{Packer, read_number, unpack};
use crate::export::ExportError;
use crate::export::contents::WRITING;
use crate::export::durable::sync_folder;
use crate::model::world::World;
use crate::readout::recorder::Memory;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

/// The first bytes of a checkpoint.
pub const MAGIC: [u8; 16] = *b"outgrowth state\n";

/// The number of this form.
pub const FORMAT: u32 = 1;

/// Longer heads are none, bytes.
const MOST_HEAD: usize = 1 << 20;

// The arrays are written as they lie in memory.
const _: () = assert!(
    cfg!(target_endian = "little"),
    "checkpoints are of machines whose lowest byte is first"
);

/// A state on disk, read.
#[derive(Debug)]
pub struct Checkpoint {
    /// Its circumstances.
    pub head: Head,
    /// The state.
    pub world: World,
    /// The recorder's memory.
    pub memory: Memory,
}

/// Writes a state to `path`, out to the disk.
///
/// # Errors
/// The disk refuses; there is no file of that name then, or the one that was there before.
pub fn write(path: &Path, head: &Head, world: &World, memory: &impl serde::Serialize) -> Result<(), ExportError> {
    let mut name = path.as_os_str().to_owned();
    name.push(WRITING);
    let writing = Path::new(&name);
    let written = File::create(writing).and_then(|file| write_to(file, head, world, memory));
    let named = written
        .and_then(|()| fs::rename(writing, path))
        .and_then(|()| sync_folder(path.parent().unwrap_or(Path::new("."))));
    named.map_err(|error| {
        // Half a state helps nobody, and takes room.
        let _ = fs::remove_file(writing);
        ExportError::io("written", path)(error)
    })
}

fn write_to(file: File, head: &Head, world: &World, memory: &impl serde::Serialize) -> Result<(), io::Error> {
    let mut to = Hashing {
        to: BufWriter::new(file),
        hash: blake3::Hasher::new(),
    };
    to.write_all(&MAGIC)?;
    to.write_all(&FORMAT.to_le_bytes())?;
    let head = postcard::to_stdvec(head).map_err(io::Error::other)?;
    to.write_all(&(head.len() as u32).to_le_bytes())?;
    to.write_all(&head)?;
    let memory = postcard::to_stdvec(memory).map_err(io::Error::other)?;
    let mut packer = Packer::new(&mut to);
    packer.add(&memory);
    packer.finish()?;
    for (_, array) in world.arrays() {
        let mut packer = Packer::new(&mut to);
        array.pieces(&mut |piece| packer.add(piece));
        packer.finish()?;
    }
    let Hashing { mut to, hash } = to;
    to.write_all(hash.finalize().as_bytes())?;
    let file = to.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()
}

/// Reads the checkpoint at `path`; all of it is looked through before anything of it is used.
///
/// # Errors
/// It cannot be read, is none, or is damaged.
pub fn read(path: &Path) -> Result<Checkpoint, CheckpointError> {
    let unreadable = |reason| CheckpointError::Io {
        what: "read",
        path: path.to_owned(),
        reason,
    };
    let damaged = |what: &str| CheckpointError::Damaged {
        path: path.to_owned(),
        what: what.to_owned(),
    };
    let file = File::open(path).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    let mut from = BufReader::new(file);
    let mut start = [0; 20];
    let started = from.read_exact(&mut start);
    if started.is_err() || start[..16] != MAGIC {
        return Err(CheckpointError::NoCheckpoint(path.to_owned()));
    }
    let found = u32::from_le_bytes([start[16], start[17], start[18], start[19]]);
    if found != FORMAT {
        return Err(CheckpointError::Format {
            path: path.to_owned(),
            found,
            known: FORMAT,
        });
    }
    if !is_whole(path, length).map_err(unreadable)? {
        return Err(damaged("it is not what was written, to judge by its sum"));
    }
    let part = |name: &str, error: io::Error| damaged(&format!("{name}: {error}"));
    let head_length = read_number(&mut from).map_err(|error| part("head", error))?;
    if head_length > MOST_HEAD {
        return Err(damaged("its head is too long"));
    }
    let mut head = vec![0; head_length];
    from.read_exact(&mut head).map_err(|error| part("head", error))?;
    let head: Head = postcard::from_bytes(&head).map_err(|error| damaged(&format!("head: {error}")))?;
    let memory = unpack(&mut from).map_err(|error| part("readouts", error))?;
    let memory = postcard::from_bytes(&memory).map_err(|error| damaged(&format!("readouts: {error}")))?;
    let mut world = World::default();
    for (name, array) in world.arrays_mut() {
        let items = unpack(&mut from).map_err(|error| part(name, error))?;
        if !array.fill(&items) {
            return Err(damaged(&format!("{name}: {} bytes are no whole array", items.len())));
        }
    }
    world.state.step = head.step;
    Ok(Checkpoint { head, world, memory })
}

/// Whether a file ends with the hash of all before.
fn is_whole(path: &Path, length: u64) -> Result<bool, io::Error> {
    let Some(before) = length.checked_sub(32) else {
        return Ok(false);
    };
    let mut file = File::open(path)?;
    let mut hash = blake3::Hasher::new();
    io::copy(&mut (&mut file).take(before), &mut hash)?;
    let mut end = [0; 32];
    file.read_exact(&mut end)?;
    Ok(hash.finalize() == end)
}

/// Hashes what goes through it.
struct Hashing<W> {
    to: W,
    hash: blake3::Hasher,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
