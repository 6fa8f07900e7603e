//! Text that may be shown: characters that steer a terminal, turn the direction of writing or cannot be seen are named by
//! their number instead.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character is seen where it is shown and does nothing else.
pub fn is_printable(c: char) -> bool {
    let turns_direction =
        matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_unseen = matches!(
        c,
        '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
    );
    !(c.is_control() || turns_direction || is_unseen)
}

/// The text with what is not printable as `\u{1b}`; lines and tabs stay.
pub fn printable(text: &str) -> Cow<'_, str> {
    let stays = |c: char| is_printable(c) || matches!(c, '\n' | '\t');
    if text.chars().all(stays) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if stays(c) {
            shown.push(c);
        } else {
            // Writing to a string never fails.
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
        }
    }
    Cow::Owned(shown)
}
