//! A scenario as it goes along with its results: the changes of the command line stand in its text, and every file that it
//! names lies beside it. Run from there it gives the same run.

use super::NamedFile;
use super::overrides::{Override, tree_with};
use super::shape::Form;
use super::tables::SHAPES;
use super::tree::{TomlTable, TomlValue};
use std::path::{Component, Path};

/// The name of the scenario itself, which no file beside it may have.
const SCENARIO: &str = "scenario.toml";

/// The comment ahead of a text that was written anew.
const HEADING: &str =
    "# As it was run: what the command line changed stands in it, and files have the names that they have here.\n\n";

/// A scenario's text and the files that it names, to be put into one folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScenarioCopy {
    /// The text: as it was read where nothing had to be changed, else with the same values in the same order.
    pub text: String,
    /// The files, each by a path below that folder.
    pub files: Vec<NamedFile>,
}

impl ScenarioCopy {
    /// The copy of a scenario that was read from `text` with `overrides` and `files`. A file that is named by an absolute path or by one
    /// that leads out of the folder gets a name of its own there, and the text names it so.
    ///
    /// # Errors
    /// A sentence, where the text is no TOML or an override has no place in it.
    pub fn of(text: &str, overrides: &[Override], files: &[NamedFile]) -> Result<Self, String> {
        let mut copied: Vec<NamedFile> = files.iter().filter(|file| stays(&file.name)).cloned().collect();
        let mut renamed: Vec<(&str, String)> = Vec::new();
        for file in files.iter().filter(|file| !stays(&file.name)) {
            let name = free_name(&file.name, &copied);
            renamed.push((&file.name, name.clone()));
            copied.push(NamedFile {
                name,
                bytes: file.bytes.clone(),
            });
        }
        if overrides.is_empty() && renamed.is_empty() {
            return Ok(Self {
                text: text.to_owned(),
                files: copied,
            });
        }
        let mut tree = tree_with(text, overrides)?;
        rename(&mut tree, &renamed);
        let text = toml::to_string(&tree).map_err(|problem| problem.to_string())?;
        Ok(Self {
            text: format!("{HEADING}{text}"),
            files: copied,
        })
    }
}

/// Whether a file can have the same name beside the copy.
fn stays(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    let below = parts.all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    below && !same_file(name, SCENARIO)
}

/// Whether two names below a folder are of one file on some file system.
fn same_file(one: &str, other: &str) -> bool {
    let parts = |name: &str| -> Vec<String> {
        let parts = Path::new(name).components().filter(|part| *part != Component::CurDir);
        parts
            .map(|part| part.as_os_str().to_string_lossy().to_lowercase())
            .collect()
    };
    parts(one) == parts(other)
}

/// A name like the last part of a path that no other file has.
fn free_name(path: &str, taken: &[NamedFile]) -> String {
    let last = Path::new(path)
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let last = last.unwrap_or_else(|| "file".to_owned());
    let is_free = |name: &String| {
        let begins = |file: &NamedFile| {
            Path::new(&file.name)
                .components()
                .find(|part| *part != Component::CurDir)
                .is_some_and(|part| same_file(&part.as_os_str().to_string_lossy(), name))
        };
        !same_file(name, SCENARIO) && !taken.iter().any(begins)
    };
    let numbered = (1..).map(|number| {
        if number == 1 {
            last.clone()
        } else {
            format!("{number}-{last}")
        }
    });
    numbered.into_iter().find(is_free).unwrap_or(last)
}

/// Whether a key of any table names a file.
fn names_a_file(key: &str) -> bool {
    let mut keys = SHAPES.iter().flat_map(|shape| shape.keys);
    keys.any(|known| known.name == key && matches!(known.form, Form::File))
}

/// Gives files their new names wherever they are named.
fn rename(table: &mut TomlTable, renamed: &[(&str, String)]) {
    for entry in &mut table.entries {
        if let TomlValue::Text(text) = &mut entry.node.value
            && names_a_file(&entry.key)
            && let Some((_, name)) = renamed.iter().find(|(old, _)| old == text)
        {
            text.clone_from(name);
        }
        rename_within(&mut entry.node.value, renamed);
    }
}

fn rename_within(value: &mut TomlValue, renamed: &[(&str, String)]) {
    match value {
        TomlValue::Table(table) => rename(table, renamed),
        TomlValue::List(list) => list.iter_mut().for_each(|node| rename_within(&mut node.value, renamed)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: &[u8]) -> NamedFile {
        NamedFile {
            name: name.to_owned(),
            bytes: bytes.to_vec(),
        }
    }

    #[test]
    fn a_text_that_needs_no_change_stays_as_it_is() {
        let text = "# mine\nname = 'x'\n[well]\nwalls = \"pictures/walls.png\"\n";
        let files = [file("pictures/walls.png", b"walls")];
        let copy = ScenarioCopy::of(text, &[], &files).expect("a copy");
        assert_eq!((copy.text.as_str(), copy.files.as_slice()), (text, &files[..]));
    }

    #[test]
    fn files_from_elsewhere_get_names_of_their_own() {
        let text = "z = 1\n[well]\nwalls = \"../a/walls.png\"\n[[event]]\nstrain = { map = \"/b/Walls.png\", a = 1 }\n\
                    [[event]]\nnote = \"/b/Walls.png\"\nmap = \"scenario.toml\"\n";
        let files = [
            file("../a/walls.png", b"1"),
            file("/b/Walls.png", b"2"),
            file("scenario.toml", b"3"),
        ];
        let copy = ScenarioCopy::of(text, &[], &files).expect("a copy");
        let names: Vec<&str> = copy.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["walls.png", "2-Walls.png", "2-scenario.toml"]);
        let read: toml::Table = copy.text.parse().expect("TOML");
        assert_eq!(read["well"]["walls"].as_str(), Some("walls.png"));
        assert_eq!(read["event"][0]["strain"]["map"].as_str(), Some("2-Walls.png"));
        assert_eq!(read["event"][1]["map"].as_str(), Some("2-scenario.toml"));
        assert_eq!(read["event"][1]["note"].as_str(), Some("/b/Walls.png"), "no file");
    }

    #[test]
    fn changes_stand_in_the_text_whatever_their_size() {
        let text =
            "name = \"x\"\nseed = 1\n[growth_cone]\nspeed = \"1 um/h\"\n[[condition]]\nname = \"c\"\nwells = 1\n";
        let changes = [
            "seed=18446744073709551615",
            "growth_cone.speed=30 um/h",
            "condition.c.wells=2",
        ];
        let changes = changes.map(|change| change.parse().expect("an override"));
        let copy = ScenarioCopy::of(text, &changes, &[]).expect("a copy");
        let again = super::super::tree::parse_document(&copy.text).expect("TOML");
        let changed = tree_with(text, &changes).expect("changed");
        assert_eq!(
            toml::to_string(&again).expect("text"),
            toml::to_string(&changed).expect("text")
        );
        assert!(copy.text.contains("seed = 18446744073709551615") && copy.text.contains("speed = \"30 um/h\""));
    }
}
