//! The reasons for which a link is not read or made, as sentences for the user.

use super::{MOST_CONTENT_BYTES, MOST_LINK_BYTES, MOST_QR_BYTES, VERSION};
use crate::scenario::tree::quoted;

/// A link that cannot be read or made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// The text is no link.
    #[error("found {}; expected a link, which holds #v{VERSION}. and letters behind it", quoted(.0))]
    NoLink(String),
    /// It is of another version.
    #[error(
        "found a link of version {}; this program, outgrowth {}, reads version {VERSION}: open it with a newer outgrowth, or ask for \
         the scenario file",
        quoted(.0),
        env!("CARGO_PKG_VERSION")
    )]
    Version(String),
    /// It is longer than any that is made.
    #[error("found a link of {0} bytes; expected at most {MOST_LINK_BYTES}")]
    TooLong(usize),
    /// It is not as it was made.
    #[error("the link is damaged: {0}. Copy it once more, from its # to its end")]
    Damaged(#[from] Damage),
    /// No link holds the experiment.
    #[error("{}", too_large(*content_bytes, *link_bytes, files))]
    TooLarge {
        /// Bytes of the experiment.
        content_bytes: usize,
        /// Bytes that the link would have; not known of what is not even packed.
        link_bytes: Option<usize>,
        /// The names of its files.
        files: Vec<String>,
    },
    /// It is longer than a QR code holds.
    #[error("the address has {0} bytes, and a QR code holds {MOST_QR_BYTES}; pass it on as text")]
    NoQrCode(usize),
}

/// Damage of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// A character that no link has.
    #[error("it holds {}, and a link holds letters without accents, digits, - and _ only", quoted(.0.encode_utf8(&mut [0; 4])))]
    Letter(char),
    /// Its end is missing.
    #[error("its end is missing")]
    CutShort,
    /// There is something behind its end.
    #[error("it goes on behind its end")]
    GoesOn,
    /// It cannot be unpacked.
    #[error("letters of it are missing, changed or too many")]
    Letters,
    /// The checksum is another one.
    #[error("letters of it are changed: its checksum is not that of what it holds")]
    Checksum,
    /// It unpacks to more than is taken.
    #[error("it holds more than {MOST_CONTENT_BYTES} bytes, which no link of this program does")]
    TooLarge,
    /// The line ahead of the scenario is none.
    #[error("the line ahead of its scenario cannot be read")]
    Head,
    /// Its scenario is no text.
    #[error("its scenario is no text")]
    Text,
}

fn too_large(content_bytes: usize, link_bytes: Option<usize>, files: &[String]) -> String {
    let found = match link_bytes {
        Some(bytes) => format!("the link would have {bytes} bytes; a link has at most {MOST_LINK_BYTES}"),
        None => format!("the experiment has {content_bytes} bytes; a link holds at most {MOST_CONTENT_BYTES}"),
    };
    match files {
        [] => format!("{found}. Pass on the scenario file instead"),
        files => format!(
            "{found}, the files that the scenario names included. Pass on the scenario file with {} instead",
            files.join(", ")
        ),
    }
}
