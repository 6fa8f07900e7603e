//! The options of [`Common`](super::Common), command by command: a command's help has those that do something there, and the others are
//! refused with where they belong.

use super::{Cli, EngineName};
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command, CommandFactory, FromArgMatches};
use std::ffi::OsString;

/// No command at all, which is the window, or a run where none can be opened.
const NONE: &str = "";

/// An option that several commands have.
struct Place {
    /// Its name, without the dashes.
    option: &'static str,
    /// The commands in which it does something.
    commands: &'static [&'static str],
    /// Its meaning in one of them, where that is another than in the others.
    own_help: &'static [(&'static str, &'static str)],
}

/// Several adapters.
const SHARED_BY: &str = "The graphics adapter: a part of its name, its place on the bus as pci:0000:17:00.0, or its number in `engines` \
                         as index:2; several of the latter two, such as index:0,index:1, share the parts";

/// Every option of `Common`. A test holds that none is missing.
const PLACES: &[Place] = &[
    Place {
        option: "engine",
        commands: &[
            NONE, "run", "resume", "sweep", "plan", "replay", "view", "lesson", "render", "validate",
        ],
        own_help: &[],
    },
    Place {
        option: "adapter",
        commands: COMPUTING,
        own_help: &[("sweep", SHARED_BY), ("plan", SHARED_BY), ("work", SHARED_BY)],
    },
    Place {
        option: "need-gpu",
        commands: COMPUTING,
        own_help: &[],
    },
    Place {
        option: "threads",
        commands: &[
            NONE, "run", "resume", "sweep", "plan", "work", "gather", "replay", "view", "lesson", "render", "check",
            "validate",
        ],
        own_help: &[],
    },
    Place {
        option: "seed",
        commands: &[
            NONE, "run", "sweep", "plan", "view", "render", "check", "link", "validate",
        ],
        own_help: &[("validate", "Seed of every random draw, instead of 1")],
    },
    Place {
        option: "set",
        commands: &[NONE, "run", "sweep", "plan", "view", "render", "check", "link"],
        own_help: &[],
    },
    Place {
        option: "force",
        commands: &[NONE, "run", "replay", "view", "lesson", "render", "link", "validate"],
        own_help: &[
            ("link", "Replace a QR code that is already there"),
            ("lesson", "Replace a work sheet that is already there"),
            ("render", "Replace a picture that is already there"),
            ("validate", "Replace a book that is already there"),
        ],
    },
    Place {
        option: "quiet",
        commands: &[
            NONE, "run", "resume", "sweep", "plan", "work", "gather", "replay", "view", "lesson", "render", "check",
            "link", "validate", "new",
        ],
        own_help: &[],
    },
    Place {
        option: "verbose",
        commands: &[
            NONE, "run", "resume", "sweep", "work", "replay", "view", "lesson", "render", "validate",
        ],
        own_help: &[],
    },
    Place {
        option: "json",
        commands: &[
            NONE, "run", "resume", "sweep", "plan", "gather", "replay", "check", "explain", "validate", "lesson",
            "engines",
        ],
        own_help: &[],
    },
    Place {
        option: "out",
        commands: &[
            NONE, "run", "sweep", "plan", "replay", "view", "lesson", "render", "validate",
        ],
        own_help: &[
            ("lesson", "File of the work sheet"),
            ("render", "File of the picture"),
            ("validate", "File of the book, or its folder"),
        ],
    },
];

/// Commands that compute.
const COMPUTING: &[&str] = &[
    NONE, "run", "resume", "sweep", "plan", "work", "replay", "view", "lesson", "render", "validate",
];

/// Why a command goes by nothing that is said anew.
const SETTLED: &[(&str, &str)] = &[
    ("resume", "a run goes on with what it was begun with"),
    ("replay", "a run is played again as it was"),
    ("work", "the plan of the sweep settles it"),
    ("gather", "the plan of the sweep settles it"),
];

/// Where shared options begin in a help; `--help` itself stands at 999.
const SHARED_FROM: usize = 500;

/// The command line.
pub fn command() -> Command {
    let whole = Cli::command();
    let shared: Vec<Arg> = whole
        .get_arguments()
        .filter(|arg| arg.is_global_set())
        .cloned()
        .collect();
    whole.mut_subcommands(|command| {
        let name = command.get_name().to_owned();
        let as_here = |(number, option): (usize, &Arg)| {
            let place = PLACES.iter().find(|place| option.get_long() == Some(place.option));
            let own = place.and_then(|place| place.own_help.iter().find(|(command, _)| *command == name));
            let option = match own {
                Some((_, help)) => option.clone().help(*help).long_help(None),
                None => option.clone(),
            };
            // Behind those of the command itself.
            let option = option.display_order(SHARED_FROM + number);
            option.hide(place.is_some_and(|place| !place.commands.contains(&name.as_str())))
        };
        command.args(shared.iter().enumerate().map(as_here))
    })
}

/// Reads the command line.
///
/// # Errors
/// The mistake in it, or the text that was asked for: help, version.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let mut command = command();
    let matches = command.try_get_matches_from_mut(with_power(words))?;
    if let Some((name, _)) = matches.subcommand()
        && let Some(said) = misplaced(name, &matches)
        && let Some(own) = command.find_subcommand_mut(name)
    {
        return Err(own.error(ErrorKind::ArgumentConflict, said));
    }
    let cli = Cli::from_arg_matches(&matches).map_err(|problem| problem.format(&mut command))?;
    if cli.common.need_gpu && matches!(cli.common.engine, EngineName::Cpu | EngineName::SoftwareGpu) {
        let said = "--need-gpu has no place beside an engine that computes on the processor";
        return Err(command.error(ErrorKind::ArgumentConflict, said));
    }
    Ok(cli)
}

/// The words of a command line with the number behind `--power` in one word with it. As it may be left out, it would be taken for the
/// scenario else.
fn with_power(words: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut joined: Vec<OsString> = Vec::new();
    for word in words {
        let is_number = word.to_str().is_some_and(|word| word.parse::<f64>().is_ok());
        match joined.last_mut() {
            Some(last) if is_number && last == "--power" => {
                last.push("=");
                last.push(word);
            }
            _ => joined.push(word),
        }
    }
    joined
}

/// The refusal of the first option that is given and does nothing in this command.
fn misplaced(command: &str, matches: &ArgMatches) -> Option<String> {
    let is_given = |place: &&Place| {
        let id = place.option.replace('-', "_");
        let source = matches
            .try_contains_id(&id)
            .ok()
            .and_then(|_| matches.value_source(&id));
        source == Some(ValueSource::CommandLine)
    };
    let place = PLACES
        .iter()
        .filter(|place| !place.commands.contains(&command))
        .find(is_given)?;
    let why = SETTLED.iter().find(|(settled, _)| *settled == command);
    let why = why.map_or("it would do nothing".to_owned(), |(_, why)| (*why).to_owned());
    let commands: Vec<&str> = place.commands.iter().copied().filter(|known| *known != NONE).collect();
    Some(format!(
        "--{} has no place in {command}: {why}. It belongs to {}",
        place.option,
        commands.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shared_option_and_every_command_is_known() {
        let whole = Cli::command();
        let shared = whole.get_arguments().filter(|arg| arg.is_global_set());
        let shared: Vec<&str> = shared.filter_map(Arg::get_long).collect();
        let placed: Vec<&str> = PLACES.iter().map(|place| place.option).collect();
        assert_eq!(shared, placed);
        #[cfg(feature = "window")]
        for place in PLACES {
            let named = place
                .commands
                .iter()
                .chain(place.own_help.iter().map(|(command, _)| command));
            for command in named.filter(|command| **command != NONE) {
                assert!(whole.find_subcommand(command).is_some(), "{}: {command}", place.option);
            }
        }
        command().debug_assert();
    }
}
