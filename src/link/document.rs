//! The table of `docs/links.md`: how long the links of the built-in scenarios are.

use super::packing::DICTIONARY;
use super::{SharedExperiment, SharedView, qr::QrCode};
use crate::scenario::{BUILTIN, Builtin, Surroundings, read};
use std::fmt::Write;

/// A row for each built-in scenario that becomes a link: bytes of its text with its files, bytes of its link, modules of the link's QR
/// code, and whether its text stands in the dictionary.
pub fn sizes_in_markdown() -> String {
    let mut table =
        "| plate | text and files, bytes | link, bytes | QR code, modules | known text |\n|---|---|---|---|---|\n"
            .to_owned();
    for builtin in BUILTIN {
        if let Some((experiment, link)) = shared(builtin) {
            let files: usize = experiment.files.iter().map(|file| file.bytes.len()).sum();
            let modules = QrCode::of(&link).map_or_else(|_| "none".to_owned(), |code| code.modules.to_string());
            let is_known = DICTIONARY
                .windows(builtin.text.len())
                .any(|part| part == builtin.text.as_bytes());
            let known = if is_known { "yes" } else { "" };
            // Writing to a string never fails.
            let _ = writeln!(
                table,
                "| {} | {} | {} | {modules} | {known} |",
                builtin.name,
                experiment.text.len() + files,
                link.len()
            );
        }
    }
    table
}

fn shared(builtin: &Builtin) -> Option<(SharedExperiment, String)> {
    let scenario = read(builtin.text, builtin.name, &[], &Surroundings::built_in()).ok()?;
    let experiment = SharedExperiment::of_scenario(&scenario, SharedView::default()).ok()?;
    let link = experiment.to_link().ok()?;
    Some((experiment, link))
}
