//! The QR code of a link's address, as a vector picture to print and to project.

use super::MOST_QR_BYTES;
use super::error::LinkError;
use qrcode::render::svg::Color;
use qrcode::{EcLevel, QrCode as Modules};

/// Width of a module, in points.
const MODULE: u32 = 4;

/// A QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrCode {
    /// Modules along an edge.
    pub modules: usize,
    /// The picture, black on white with its quiet zone, as an SVG file.
    pub svg: String,
}

impl QrCode {
    /// That of an address, with the least error correction: what is long already is read better large than mended.
    ///
    /// # Errors
    /// [`LinkError::NoQrCode`], where the address is longer than [`MOST_QR_BYTES`].
    pub fn of(address: &str) -> Result<Self, LinkError> {
        let too_long = LinkError::NoQrCode(address.len());
        if !fits(address) {
            return Err(too_long);
        }
        let modules = Modules::with_error_correction_level(address, EcLevel::L).map_err(|_| too_long)?;
        let svg = modules.render::<Color<'_>>().module_dimensions(MODULE, MODULE).build();
        Ok(Self {
            modules: modules.width(),
            svg,
        })
    }
}

fn fits(address: &str) -> bool {
    address.len() <= MOST_QR_BYTES
}

/// The length of an address, and whether it fits a QR code.
pub fn size_in_words(address: &str) -> String {
    let bytes = address.len();
    if fits(address) {
        format!("{bytes} bytes, short enough for a QR code")
    } else {
        format!("{bytes} bytes, too long for a QR code, which holds {MOST_QR_BYTES}")
    }
}
