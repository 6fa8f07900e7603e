//! `outgrowth completions SHELL`: the completion script of a shell, and the words that it is given: the script asks the program for
//! them, so that they are those of this version and of the files that are there.

use super::{Failure, Outcome, options, print};
use crate::lesson::LESSONS;
use crate::scenario::reference::{self, Entry, Step};
use crate::scenario::{BUILTIN, explained_names};
use crate::validation::book::BOOK;
use clap_complete::Shell;
use clap_complete::engine::{
    ArgValueCandidates, ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter,
};
use clap_complete::env::{CompleteEnv, Shells};
use std::ffi::OsStr;

/// The name of the program.
const PROGRAM: &str = env!("CARGO_PKG_NAME");

/// Where the scripts belong.
pub const WHERE: &str = "\
Where it belongs:
  bash        ~/.local/share/bash-completion/completions/outgrowth
  zsh         _outgrowth, in a folder of $fpath
  fish        ~/.config/fish/completions/outgrowth.fish
  elvish      ~/.config/elvish/rc.elv, behind what is there
  powershell  $PROFILE, behind what is there
The script asks `outgrowth` itself, which has to be on the path.";

/// The variable by which the script of a shell asks for words.
const ASKED: &str = "OUTGROWTH_COMPLETE";

/// Prints the script for `shell`.
pub fn run(shell: Shell) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    if let Some(completer) = Shells::builtins().completer(&shell.to_string()) {
        let written = completer.write_registration(ASKED, PROGRAM, PROGRAM, PROGRAM, &mut script);
        written.map_err(Failure::Terminal)?;
    }
    print(&String::from_utf8_lossy(&script)).map(|()| Outcome::Done)
}

/// Answers the script of a shell, where it is that which asks, and ends the program.
pub fn answer_shell() {
    CompleteEnv::with_factory(options::command)
        .var(ASKED)
        .bin(PROGRAM)
        .complete();
}

/// Completes a scenario: a built-in one by its name, or a file.
pub fn scenarios() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let names = BUILTIN.iter().map(|builtin| CompletionCandidate::new(builtin.name));
        let is_text = |path: &std::path::Path| path.extension().is_some_and(|end| end.eq_ignore_ascii_case("toml"));
        let files = PathCompleter::any().filter(is_text).complete(typed);
        beginning(typed, names).into_iter().chain(files).collect()
    })
}

/// Completes a lesson: a built-in one by its name, or a folder.
pub fn lessons() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let names = LESSONS.iter().map(|lesson| CompletionCandidate::new(lesson.name));
        let folders = PathCompleter::dir().complete(typed);
        beginning(typed, names).into_iter().chain(folders).collect()
    })
}

/// Completes a key of a scenario and its `=`; behind it the words that it takes.
pub fn changes() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let text = typed.to_string_lossy();
        let (typed_key, is_asked_for_words) = match text.split_once('=') {
            Some((key, _)) => (key, true),
            None => (&*text, false),
        };
        let values = |entry: Entry| {
            let of_key = move |key: String| match is_asked_for_words {
                true => entry.words().iter().map(|word| format!("{key}={word}")).collect(),
                false => vec![format!("{key}=")],
            };
            let help = entry.meaning();
            let values = keys_to_set(&entry, typed_key).into_iter().flat_map(of_key);
            values
                .map(|value| CompletionCandidate::new(value).help(Some(help.into())))
                .collect::<Vec<_>>()
        };
        beginning(typed, reference::all_entries().flat_map(values))
    })
}

/// The dotted keys of an entry, in each of its places, as `--set` takes them. A member of a list is that which is typed, or the first.
fn keys_to_set(entry: &Entry, typed: &str) -> Vec<String> {
    let typed: Vec<&str> = typed.split('.').collect();
    let key = |way: Vec<Step>| {
        let mut parts: Vec<&str> = Vec::new();
        for step in way {
            parts.push(step.key.name);
            if step.is_list() {
                let member = typed.get(parts.len()).filter(|_| typed.len() > parts.len() + 1);
                parts.push(member.copied().unwrap_or("0"));
            }
        }
        parts.push(entry.name());
        parts.join(".")
    };
    reference::places(entry.shape.name).into_iter().map(key).collect()
}

/// Names that `explain` knows.
pub fn explained() -> ArgValueCandidates {
    ArgValueCandidates::new(|| explained_names().into_iter().map(CompletionCandidate::new).collect())
}

/// Completes the cases of the validation book by their names, and files with cases.
pub fn cases() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let names = BOOK.iter().map(|page| CompletionCandidate::new(page.name));
        let files = PathCompleter::file().complete(typed);
        beginning(typed, names).into_iter().chain(files).collect()
    })
}

/// Those of the candidates that begin with what is typed.
fn beginning(typed: &OsStr, candidates: impl Iterator<Item = CompletionCandidate>) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    candidates
        .filter(|candidate| candidate.get_value().to_string_lossy().starts_with(&*typed))
        .collect()
}
