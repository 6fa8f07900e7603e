//! Formulas as they are typed set as they are printed: `L_p` and `e^(−t/τ)` with subscripts and
//! superscripts.

use crate::export::report::html::escaped;

/// HTML of a text with formulas.
pub fn set(text: &str) -> String {
    marked(&escaped(text))
}

fn marked(text: &str) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['_', '^']) {
        let after = &rest[at + 1..];
        let tag = if rest[at..].starts_with('_') { "sub" } else { "sup" };
        let (inner, end) = raised(after);
        // A stroke between words, or at an end, is no formula.
        if at == 0 || inner.is_empty() || rest[..at].ends_with(char::is_whitespace) {
            html += &rest[..=at];
            rest = after;
            continue;
        }
        html += &format!("{}<{tag}>{}</{tag}>", &rest[..at], marked(inner));
        rest = &after[end..];
    }
    html + rest
}

/// The text that a mark raises or lowers, and where it ends: all within brackets, else the letters and digits that follow.
fn raised(after: &str) -> (&str, usize) {
    if after.starts_with('(') {
        let mut depth = 0;
        for (at, c) in after.char_indices() {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return (&after[1..at], at + 1);
            }
        }
        return ("", 0);
    }
    // A small ² is neither: it belongs to the whole.
    let end = after
        .find(|c: char| !c.is_alphabetic() && !c.is_ascii_digit())
        .unwrap_or(after.len());
    (&after[..end], end)
}

#[cfg(test)]
mod tests {
    use super::set;

    #[test]
    fn marks_are_set_low_and_high() {
        assert_eq!(set("τ = L_p/v"), "τ = L<sub>p</sub>/v");
        assert_eq!(set("L_p² e^(−s/L_p)"), "L<sub>p</sub>² e<sup>−s/L<sub>p</sub></sup>");
        assert_eq!(set("e^(−t/(2τ)) < 1"), "e<sup>−t/(2τ)</sup> &lt; 1");
        assert_eq!(set("a ^ b, c_ d, (x)^(y"), "a ^ b, c_ d, (x)^(y");
    }
}
