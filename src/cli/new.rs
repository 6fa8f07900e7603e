//! `outgrowth new NAME`: a scenario of one's own to begin with.

use super::say::say;
use super::{Common, Failure, Outcome, ScenarioSource, print};
use crate::scenario::{self, Surroundings};
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The template, whose name stands as `NAME`; lines that begin with `#: ` are suggestions.
const TEMPLATE: &str = include_str!("../../assets/template.toml");

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
        print(&format!(
            "{file} is written. Open it in an editor; then\n  outgrowth check {file}   says what it means and tells of mistakes\n  \
             outgrowth view {file}    shows it grow\n  outgrowth run {file}     leaves its results\n"
        ))?;
    }
    Ok(Outcome::Done)
}

/// Writes it, and returns its path.
///
/// # Errors
/// A sentence for the user: the name is none, is taken, or nothing can be written there.
pub fn create(name: &str, from: Option<&str>) -> Result<PathBuf, String> {
    let last = name.rsplit(['/', std::path::MAIN_SEPARATOR]).next().unwrap_or_default();
    if last
        .strip_suffix(".toml")
        .unwrap_or(last)
        .trim_matches(['.', ' '])
        .is_empty()
    {
        return Err(format!(
            "{name:?} is no name of a plate; expected one such as my-plate or plates/my-plate"
        ));
    }
    let path = PathBuf::from(name.strip_suffix(".toml").unwrap_or(name).to_owned() + ".toml");
    let text = begun(&path, from)?;
    match write_new(&path, &text) {
        Ok(()) => Ok(path),
        Err(problem) if problem.kind() == ErrorKind::AlreadyExists => Err(format!(
            "{} is there already; nothing was written. Choose another name",
            path.display()
        )),
        Err(problem) => Err(format!("{} could not be written: {problem}", path.display())),
    }
}

/// The text of a new scenario that is called as its file.
fn begun(path: &Path, from: Option<&str>) -> Result<String, String> {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let named = toml::Value::String(stem.to_owned()).to_string();
    let Some(from) = from else {
        let text = TEMPLATE.replacen("\"NAME\"", &named, 1);
        // The name is all that can be wrong.
        let read = scenario::read(&text, &path.display().to_string(), &[], &Surroundings::none());
        return read.map(|_| text).map_err(|mistakes| mistakes.to_string());
    };
    let source = ScenarioSource::find(from)?;
    let renamed = |line: &str| {
        let is_name = line
            .strip_prefix("name")
            .is_some_and(|rest| rest.trim_start().starts_with('='));
        if is_name {
            format!("name = {named}")
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
