//! The key to the plots: which colour and line is which condition.

use super::html::escaped;
use crate::export::palette::{bytes, dash, on_paper};

/// The conditions with their colours and lines, as an HTML list.
pub(crate) fn legend(conditions: &[String]) -> String {
    let entries: String = conditions
        .iter()
        .enumerate()
        .map(|(condition, name)| {
            let [r, g, b] = bytes(on_paper(condition));
            let ink = match dash(condition) {
                None => format!("rgb({r},{g},{b})"),
                Some((drawn, left_out)) => format!(
                    "repeating-linear-gradient(90deg,rgb({r},{g},{b}) 0 {drawn}px,transparent {drawn}px {}px)",
                    drawn + left_out
                ),
            };
            format!(
                "<li><span class=\"chip\" style=\"background:{ink}\"></span>{}</li>",
                escaped(name)
            )
        })
        .collect();
    format!("<ul class=\"legend\">{entries}</ul>")
}
