//! Compressed frames: a stream of bytes in pieces of a few megabytes, each packed by itself, so that many are packed at once and
//! none needs more memory than its size.

use crate::parallel::map_indices;
use std::io::{Error, ErrorKind, Read, Write};

/// Bytes of a frame before it is packed.
const FRAME: usize = 4 << 20;

/// Frames that are packed side by side.
const TOGETHER: usize = 16;

/// A stream of frames in the making.
pub struct Packer<'a, W: Write> {
    to: &'a mut W,
    waiting: Vec<u8>,
    hash: blake3::Hasher,
    /// The first failure; nothing is written after it.
    failed: Option<Error>,
}

impl<'a, W: Write> Packer<'a, W> {
    /// Begins a stream.
    pub fn new(to: &'a mut W) -> Self {
        Self {
            to,
            waiting: Vec::new(),
            hash: blake3::Hasher::new(),
            failed: None,
        }
    }

    /// Adds bytes; a failure is told at the end.
    pub fn add(&mut self, mut bytes: &[u8]) {
        self.hash.update(bytes);
        while !bytes.is_empty() && self.failed.is_none() {
            let room = FRAME * TOGETHER - self.waiting.len();
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.waiting.extend_from_slice(now);
            bytes = later;
            if self.waiting.len() == FRAME * TOGETHER {
                self.write_waiting();
            }
        }
    }

    fn write_waiting(&mut self) {
        let frames: Vec<&[u8]> = self.waiting.chunks(FRAME).collect();
        let packed = map_indices(frames.len(), |frame| lz4_flex::block::compress(frames[frame]));
        for (raw, packed) in frames.iter().zip(&packed) {
            let written = write_frame(self.to, raw.len(), packed);
            if let Err(error) = written {
                self.failed.get_or_insert(error);
            }
        }
        self.waiting.clear();
    }

    /// Ends the stream: an empty frame, then the hash of all that was added.
    ///
    /// # Errors
    /// Something could not be written.
    pub fn finish(mut self) -> Result<(), Error> {
        self.write_waiting();
        if let Some(error) = self.failed {
            return Err(error);
        }
        write_frame(self.to, 0, &[])?;
        self.to.write_all(self.hash.finalize().as_bytes())
    }
}

fn write_frame(to: &mut impl Write, raw: usize, packed: &[u8]) -> Result<(), Error> {
    to.write_all(&(raw as u32).to_le_bytes())?;
    to.write_all(&(packed.len() as u32).to_le_bytes())?;
    to.write_all(packed)
}

/// Reads a stream of frames, which ends as [`Packer::finish`] ends it.
///
/// # Errors
/// It is cut short, a frame cannot be unpacked, or the hash is another.
pub fn unpack(from: &mut impl Read) -> Result<Vec<u8>, Error> {
    let broken = |what: String| Error::new(ErrorKind::InvalidData, what);
    let mut raw = Vec::new();
    loop {
        let [length, packed] = [read_number(from)?, read_number(from)?];
        if length == 0 && packed == 0 {
            break;
        }
        if length > FRAME || packed > lz4_flex::block::get_maximum_output_size(FRAME) {
            return Err(broken(format!("a frame of {length} bytes, packed in {packed}")));
        }
        let mut bytes = vec![0; packed];
        from.read_exact(&mut bytes)?;
        let frame = lz4_flex::block::decompress(&bytes, length).map_err(|error| broken(error.to_string()))?;
        if frame.len() != length {
            return Err(broken(format!("a frame of {} bytes instead of {length}", frame.len())));
        }
        raw.extend_from_slice(&frame);
    }
    let mut hash = [0; 32];
    from.read_exact(&mut hash)?;
    if blake3::hash(&raw) != hash {
        return Err(broken("a sum does not come out".to_owned()));
    }
    Ok(raw)
}

/// A number of four bytes.
pub fn read_number(from: &mut impl Read) -> Result<usize, Error> {
    let mut bytes = [0; 4];
    from.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_back_and_a_changed_byte_is_seen() {
        let raw: Vec<u8> = (0..FRAME * TOGETHER + 3 * FRAME + 17)
            .map(|i| (i / 7 % 251) as u8)
            .collect();
        for raw in [&raw[..], &raw[..1], &[]] {
            let mut packed = Vec::new();
            let mut packer = Packer::new(&mut packed);
            raw.chunks(999_983).for_each(|piece| packer.add(piece));
            packer.finish().expect("packed");
            assert!(unpack(&mut &packed[..]).expect("whole") == raw);
            assert!(unpack(&mut &packed[..packed.len() - 1]).is_err(), "a byte is missing");
            for place in [0, 4, packed.len() / 2, packed.len() - 1] {
                let mut changed = packed.clone();
                changed[place] ^= 0x10;
                assert!(unpack(&mut &changed[..]).is_err(), "byte {place} of {}", packed.len());
            }
        }
    }
}
