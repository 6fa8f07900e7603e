//! Bytes as the letters of a link and back: base64 with the letters of addresses (RFC 4648, section 5, without padding) of a CRC-32 in
//! four bytes, lowest first, and the bytes deflated (RFC 1951) behind a dictionary that every program has.
//!
//! The dictionary is text that experiments are likely to hold, so that a link holds little more than what is new in it. It is part of
//! the version of links: changed, it would make every link that was ever passed on unreadable.

use super::MOST_CONTENT_BYTES;
use super::error::Damage;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::{Compress, Compression, Crc, Decompress, FlushCompress, FlushDecompress, Status};

/// The dictionary of version 1.
pub const DICTIONARY: &[u8] = include_bytes!("../../assets/links/v1.dictionary");

/// Bytes of the checksum.
const CHECKSUM: usize = 4;

/// The letters of some bytes.
pub fn pack(bytes: &[u8]) -> String {
    let mut packed = checksum(bytes).to_vec();
    let mut deflater = Compress::new(Compression::best(), false);
    // What comes before the end of this block is known to who reads; what comes behind it may refer to it.
    deflate(&mut deflater, DICTIONARY, FlushCompress::Sync);
    packed.extend(deflate(&mut deflater, bytes, FlushCompress::Finish));
    URL_SAFE_NO_PAD.encode(packed)
}

fn deflate(deflater: &mut Compress, bytes: &[u8], flush: FlushCompress) -> Vec<u8> {
    let mut deflated = Vec::new();
    let begin = deflater.total_in();
    loop {
        deflated.reserve(1 + bytes.len());
        let at = (deflater.total_in() - begin) as usize;
        let status = deflater.compress_vec(&bytes[at..], &mut deflated, flush);
        let is_whole = deflated.len() < deflated.capacity();
        // A block is flushed where there is room left behind it. No error is known to deflating.
        if !matches!(status, Ok(Status::Ok | Status::BufError)) || (flush != FlushCompress::Finish && is_whole) {
            return deflated;
        }
    }
}

/// The bytes of some letters; spaces and line ends between them are passed over.
///
/// # Errors
/// When they are none that [`pack`] gives, or hold more than [`MOST_CONTENT_BYTES`].
pub fn unpack(letters: &str) -> Result<Vec<u8>, Damage> {
    let letters: String = letters.chars().filter(|c| !c.is_whitespace()).collect();
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if let Some(other) = letters.chars().find(|&c| !is_letter(c)) {
        return Err(Damage::Letter(other));
    }
    let packed = URL_SAFE_NO_PAD.decode(&letters).map_err(|_| Damage::Letters)?;
    let (expected, deflated) = packed.split_first_chunk::<CHECKSUM>().ok_or(Damage::CutShort)?;
    let bytes = inflate(deflated)?;
    if checksum(&bytes) == *expected {
        Ok(bytes)
    } else {
        Err(Damage::Checksum)
    }
}

fn inflate(deflated: &[u8]) -> Result<Vec<u8>, Damage> {
    let mut inflater = Decompress::new(false);
    // Room for a byte too many tells what is too large.
    let mut inflated = Vec::with_capacity(DICTIONARY.len() + MOST_CONTENT_BYTES + 1);
    inflater
        .decompress_vec(&stored_dictionary(), &mut inflated, FlushDecompress::None)
        .map_err(|_| Damage::Letters)?;
    let begin = inflater.total_in();
    let status = inflater
        .decompress_vec(deflated, &mut inflated, FlushDecompress::Finish)
        .map_err(|_| Damage::Letters)?;
    if inflated.len() > DICTIONARY.len() + MOST_CONTENT_BYTES {
        return Err(Damage::TooLarge);
    }
    match status {
        Status::StreamEnd if inflater.total_in() - begin < deflated.len() as u64 => Err(Damage::GoesOn),
        Status::StreamEnd => Ok(inflated.split_off(DICTIONARY.len())),
        Status::Ok | Status::BufError => Err(Damage::CutShort),
    }
}

/// The dictionary as a block that is stored, not the last one.
fn stored_dictionary() -> Vec<u8> {
    const { assert!(DICTIONARY.len() <= 1 << 15, "as far back as deflate reaches") }
    let length = DICTIONARY.len() as u16;
    let mut block = vec![0];
    block.extend(length.to_le_bytes());
    block.extend((!length).to_le_bytes());
    block.extend_from_slice(DICTIONARY);
    block
}

fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum().to_le_bytes()
}
