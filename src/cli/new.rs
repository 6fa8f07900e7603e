//! `outgrowth new NAME`: a scenario of one's own to begin with.

use super::say::say;
use super::{Common, Failure, Outcome, ScenarioSource, print};
use crate::scenario::tree::quoted;
use crate::scenario::{self, Surroundings};
use crate::sweep::slurm::shell_word;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The template, whose name stands as `NAME`; lines that begin with `#: ` are suggestions.
const TEMPLATE: &str = include_str!("../../assets/template.toml");

/// The ending of a scenario's file.
const ENDING: &str = ".toml";

/// Writes `NAME.toml`: the template, or a copy of the scenario `from`.
pub fn run(name: &str, from: Option<&str>, common: &Common) -> Result<Outcome, Failure> {
    let path = match create(name, from) {
        Ok(path) => path,
        Err(problem) => {
            say(problem);
            return Ok(Outcome::WrongInput);
        }
    };
    if !common.quiet {
        let file = path.display();
        let typed = word_to_type(&file.to_string());
        print(&format!(
            "{file} is written. Open it in an editor; then\n  outgrowth check {typed}   says what it means and tells of mistakes\n  \
             outgrowth view {typed}    shows it grow\n  outgrowth run {typed}     leaves its results\n"
        ))?;
    }
    Ok(Outcome::Done)
}

/// Writes it, and returns its path.
///
/// # Errors
/// A sentence for the user: the name is none, is taken, or nothing can be written there.
pub fn create(name: &str, from: Option<&str>) -> Result<PathBuf, String> {
    let (before, path) = match name
        .len()
        .checked_sub(ENDING.len())
        .and_then(|at| name.split_at_checked(at))
    {
        Some((before, ending)) if ending.eq_ignore_ascii_case(ENDING) => (before, PathBuf::from(name)),
        _ => (name, PathBuf::from(name.to_owned() + ENDING)),
    };
    let plate = before
        .rsplit(['/', std::path::MAIN_SEPARATOR])
        .next()
        .unwrap_or_default();
    let text = text_of(plate).and_then(|text| from.map_or(Ok(text), |from| copy(from, plate)))?;
    match write_new(&path, &text) {
        Ok(()) => Ok(path),
        Err(problem) if problem.kind() == ErrorKind::AlreadyExists => Err(format!(
            "{} is there already; nothing was written. Choose another name",
            path.display()
        )),
        Err(problem) => Err(format!("{} could not be written: {problem}", path.display())),
    }
}

/// A text as it is typed in a shell: in quotes where it would not be one word else.
fn word_to_type(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '\\' | '.' | '-' | '_' | ':' | '+');
    if text.chars().all(is_plain) {
        text.to_owned()
    } else {
        shell_word(text)
    }
}

/// A name as TOML has it.
fn in_toml(plate: &str) -> String {
    toml::Value::String(plate.to_owned()).to_string()
}

/// The template of a plate of that name.
///
/// # Errors
/// A sentence, where that is no name of a plate.
fn text_of(plate: &str) -> Result<String, String> {
    let refused = |found: String, expected: &str| format!("found the name {found}; expected {expected}");
    if plate.trim_matches(['.', ' ']).is_empty() {
        return Err(refused(
            quoted(plate),
            "a name of a plate, such as my-plate or plates/my-plate",
        ));
    }
    let text = TEMPLATE.replacen("\"NAME\"", &in_toml(plate), 1);
    match scenario::read(&text, "", &[], &Surroundings::none()) {
        Ok(_) => Ok(text),
        // The name is all that can be wrong.
        Err(mistakes) => Err(mistakes
            .0
            .first()
            .map_or_else(String::new, |mistake| refused(mistake.found.clone(), &mistake.expected))),
    }
}

/// A copy of the scenario `from` for a plate of that name.
fn copy(from: &str, plate: &str) -> Result<String, String> {
    let source = ScenarioSource::find(from)?;
    let renamed = |line: &str| {
        let is_name = line
            .strip_prefix("name")
            .is_some_and(|rest| rest.trim_start().starts_with('='));
        if is_name {
            format!("name = {}", in_toml(plate))
        } else {
            line.to_owned()
        }
    };
    // The name of the plate stands ahead of the first table.
    let mut in_tables = false;
    let lines = source.text.lines().map(|line| {
        in_tables |= line.starts_with('[');
        if in_tables { line.to_owned() } else { renamed(line) }
    });
    Ok(lines.collect::<Vec<_>>().join("\n") + "\n")
}

fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<(), String> {
        let read = scenario::read(text, "template.toml", &[], &Surroundings::none());
        read.map(|_| ()).map_err(|mistakes| mistakes.to_string())
    }

    /// Every suggestion holds by itself, and all of them at once.
    #[test]
    fn every_suggestion_of_the_template_can_be_followed() {
        assert_eq!(check(TEMPLATE), Ok(()));
        let blocks: Vec<&str> = TEMPLATE.split("\n\n").collect();
        let mut followed = 0;
        for place in 0..blocks.len() {
            if !blocks[place].contains("#: ") {
                continue;
            }
            let mut one = blocks.clone();
            let bare = one[place].replace("#: ", "");
            one[place] = &bare;
            assert_eq!(check(&one.join("\n\n")), Ok(()), "{bare}");
            followed += 1;
        }
        assert!(followed >= 10, "{followed}");
        let all = TEMPLATE.replace("#: ", "");
        assert_eq!(check(&all), Ok(()));
        assert!(check(&all.replace("max_gain", "most_gain")).is_err());
    }
}
