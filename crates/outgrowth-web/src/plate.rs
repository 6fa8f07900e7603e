//! The experiment that a page runs: a scenario with the files that it names, read again whenever something was added to it.

use outgrowth::link::{LinkError, SharedExperiment, SharedView};
use outgrowth::scenario::{self, Builtin, Mistakes, NamedFile, Scenario, Surroundings};
use outgrowth::session::ScenarioReader;

/// Reads a scenario text with the files at hand, and with those that are built in.
///
/// # Errors
/// Every mistake in it.
pub fn read(text: &str, name: &str, files: &[NamedFile]) -> Result<Scenario, Mistakes> {
    let surroundings = Surroundings {
        file: Box::new(|wanted| {
            let file = files.iter().find(|file| file.name == wanted);
            file.map_or_else(|| scenario::builtin_file(wanted), |file| Ok(file.bytes.clone()))
        }),
        memory_bytes: None,
    };
    scenario::read(text, name, &[], &surroundings)
}

/// Reads a built-in scenario.
///
/// # Errors
/// Mistakes in it, which tests hold that there are none of.
pub fn read_builtin(builtin: &Builtin) -> Result<Scenario, Mistakes> {
    read(builtin.text, builtin.name, &[])
}

/// Reads the text of this scenario again after something was added to it.
pub fn reader(scenario: &Scenario, name: &str) -> ScenarioReader {
    let (name, files) = (name.to_owned(), scenario.files.clone());
    Box::new(move |text| read(text, &name, &files))
}

/// The experiment of a link, and how it is looked at.
///
/// # Errors
/// Why it cannot be opened, for people.
pub fn of_link(link: &str, name: &str) -> Result<(Scenario, SharedView), String> {
    let shared = SharedExperiment::from_link(link).map_err(|problem: LinkError| problem.to_string())?;
    let scenario = read(&shared.text, name, &shared.files).map_err(|mistakes| mistakes.to_string())?;
    Ok((scenario, shared.view))
}

/// The link of an experiment as it stands in `text`.
///
/// # Errors
/// Why there is none, for people.
pub fn to_link(text: &str, files: &[NamedFile], view: SharedView) -> Result<String, String> {
    let shared = SharedExperiment::of_text(text, files, view)?;
    shared.to_link().map_err(|problem| problem.to_string())
}
