//! `outgrowth explain [KEY]`: what a parameter means and how well it is known.

use super::{Common, Failure, Outcome, print};
use crate::scenario;

/// Prints every parameter as tables for a document.
pub fn run_markdown() -> Result<Outcome, Failure> {
    print(&scenario::parameters_in_markdown()).map(|()| Outcome::Done)
}

/// Prints what the built-in scenarios show as a table for a document.
pub fn run_plates() -> Result<Outcome, Failure> {
    print(&scenario::plates_in_markdown()).map(|()| Outcome::Done)
}

/// Explains `key`, or everything.
pub fn run(key: Option<&str>, common: &Common) -> Result<Outcome, Failure> {
    let text = if common.json {
        scenario::explain_json(key).map(|json| format!("{json:#}\n"))
    } else {
        scenario::explain(key)
    };
    match text {
        Ok(text) => print(&text).map(|()| Outcome::Done),
        Err(unknown) => {
            super::say::say(format_args!("outgrowth explain: {unknown}"));
            Ok(Outcome::WrongInput)
        }
    }
}
