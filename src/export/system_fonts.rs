//! Typefaces of the system, for characters that the program's own does not have: a typeface that has all of them would make
//! the program several times as large.

/// A typeface of the system.
#[derive(Clone, Debug)]
pub struct SystemFont {
    /// Its name.
    pub name: String,
    /// Its file.
    pub bytes: Vec<u8>,
    /// Its place in the file, which may hold several.
    pub index: u32,
}

/// A typeface that has a drawing for this character, upright and of usual weight where there is one. `None` where the system
/// has none.
#[cfg(not(target_arch = "wasm32"))]
pub fn font_with(character: char) -> Option<SystemFont> {
    use ab_glyph::{Font, FontRef};
    use std::sync::OnceLock;

    static INSTALLED: OnceLock<fontdb::Database> = OnceLock::new();
    let installed = INSTALLED.get_or_init(|| {
        let mut installed = fontdb::Database::new();
        installed.load_system_fonts();
        installed
    });
    let mut faces: Vec<&fontdb::FaceInfo> = installed.faces().collect();
    faces.sort_by_key(|face| {
        let off_usual = face.weight.0.abs_diff(fontdb::Weight::NORMAL.0);
        let is_odd = face.style != fontdb::Style::Normal || face.monospaced;
        (is_odd, off_usual, &face.post_script_name)
    });
    faces.into_iter().find_map(|face| {
        installed.with_face_data(face.id, |bytes, index| {
            let font = FontRef::try_from_slice_and_index(bytes, index).ok()?;
            let glyph = font.glyph_id(character);
            // A glyph may be a coloured picture, which is not drawn here.
            (glyph.0 != 0 && font.outline(glyph).is_some()).then(|| SystemFont {
                name: face.post_script_name.clone(),
                bytes: bytes.to_vec(),
                index,
            })
        })?
    })
}

/// In a browser no typeface of the system can be read.
#[cfg(target_arch = "wasm32")]
pub fn font_with(_character: char) -> Option<SystemFont> {
    None
}
