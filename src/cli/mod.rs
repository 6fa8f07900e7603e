//! The command line: its commands and options, and one file for each command.

mod carry_out;
mod check;
mod checkpoints;
mod completions;
mod engine;
mod engines;
mod explain;
mod film;
mod granted;
mod input;
mod lesson;
#[cfg(feature = "window")]
mod lesson_opening;
mod lesson_sheet;
mod lesson_source;
#[cfg(feature = "window")]
mod lesson_window;
mod link;
mod memory;
mod moment;
mod new;
mod one_file;
mod options;
mod progress;
#[cfg(feature = "window")]
mod render;
mod replay;
mod resume;
mod room;
mod run;
mod say;
mod schema;
mod slurm;
mod source;
mod stop;
mod summary;
mod sweep;
mod sweep_progress;
mod sweep_tables;
mod validate;
#[cfg(feature = "window")]
mod view;

#[cfg(feature = "window")]
pub use render::RenderOptions;

use checkpoints::Every;
pub use completions::answer_shell;
pub use explain::DocumentPart;
pub use lesson_source::find_lesson;
pub use link::LinkOptions;
pub use memory::memory_to_spare;
pub use options::{command, parse};
pub use slurm::SlurmOptions;
pub use source::ScenarioSource;
pub use sweep::SweepOptions;

use crate::lesson::Language;
use crate::model::word::Word;
use crate::parallel::{MOST_THREADS, thread_count};
use crate::readout::RESULTS_VERSION;
use crate::scenario::printable::printable;
use crate::scenario::{LeaveWord, Override};
use crate::sweep::ShareChoice;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::LazyLock;
use tracing_subscriber::fmt::FmtContext;
use tracing_subscriber::fmt::format::{FormatEvent, FormatFields, Writer};
use tracing_subscriber::registry::LookupSpan;

/// Reads a seed.
fn seed(text: &str) -> Result<u64, String> {
    text.parse()
        .map_err(|_| format!("expected a whole number from 0 to {}", u64::MAX))
}

/// The version, and that of its results.
static LONG_VERSION: LazyLock<String> = LazyLock::new(|| {
    let version = env!("CARGO_PKG_VERSION");
    format!("{version}\nresults version {RESULTS_VERSION}: same number, kind of engine and seed, same bits")
});

/// Motor neurons growing axons under exercise: plates of culture wells, simulated.
#[derive(Debug, Parser)]
#[command(name = "outgrowth", version, long_version = LONG_VERSION.as_str(), max_term_width = 110)]
pub struct Cli {
    /// What to do; with no word at all the window opens on the reference plate, or where there is no display the
    /// reference plate is run.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The options that several commands have.
    #[command(flatten)]
    pub common: Common,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a scenario and leave tables, axons, a picture and a report
    Run {
        /// A scenario file, the name of one that is built in, such as quick, or a link in quotes
        #[arg(add = completions::scenarios())]
        file: String,
        /// Also leave a movie, with a picture for each record; mp4 needs ffmpeg
        #[arg(long, value_enum, value_name = "FORMAT", num_args = 0..=1, default_missing_value = "gif")]
        movie: Option<MovieFormat>,
        /// Write a checkpoint this often, by the clock; "never" for none
        #[arg(long, value_name = "TIME", default_value_t)]
        checkpoint_every: Every,
        /// The files to leave, instead of what the scenario says; several are separated by commas (explain record.leave)
        #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = word::<LeaveWord>())]
        leave: Vec<LeaveWord>,
    },
    /// Go on with a run that was suspended, killed or cut off, from its last checkpoint
    Resume {
        /// The folder of its results
        #[arg(value_hint = ValueHint::DirPath)]
        folder: PathBuf,
        /// Write a checkpoint this often, by the clock; "never" for none
        #[arg(long, value_name = "TIME", default_value_t)]
        checkpoint_every: Every,
    },
    /// Run a scenario with many values and seeds, and sum up: plan, work and gather in one; started again it does what is missing
    Sweep {
        /// What is varied.
        #[command(flatten)]
        options: SweepOptions,
        /// What is asked of Slurm.
        #[command(flatten)]
        slurm: SlurmOptions,
    },
    /// Plan a sweep into a folder, and say how many runs it has and what they will need; run nothing
    Plan(SweepOptions),
    /// Do what is missing of a planned sweep, or of a share of it
    Work {
        /// The folder of the sweep
        #[arg(value_hint = ValueHint::DirPath)]
        folder: PathBuf,
        /// The share to do, such as 1/4; auto takes it from the variables of the job array that this is a task of (Slurm, HyperQueue, PBS,
        /// Grid Engine, LSF, Kubernetes, AWS Batch, GNU parallel)
        #[arg(long, value_name = "I/N")]
        share: Option<ShareChoice>,
        /// Runs packed onto one plate at most, instead of as many as are worth it; 1 packs none
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        pack: Option<u32>,
    },
    /// Sum up what is done of a sweep: runs.parquet, summary.parquet, summary.csv and datapackage.json
    Gather {
        /// The folder of the sweep
        #[arg(value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
    /// Play a run of a sweep again, by itself: the same readouts, and all that a run leaves; or in the window
    Replay {
        /// The folder of the sweep
        #[arg(value_hint = ValueHint::DirPath)]
        folder: PathBuf,
        /// The number of the run, as it stands in the column run of the sweep's tables
        #[arg(long, value_name = "N")]
        run: u64,
        /// Also leave a movie, with a picture for each record; mp4 needs ffmpeg
        #[arg(long, value_enum, value_name = "FORMAT", num_args = 0..=1, default_missing_value = "gif")]
        movie: Option<MovieFormat>,
        /// The files to leave, instead of what the scenario says; several are separated by commas (explain record.leave)
        #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = word::<LeaveWord>())]
        leave: Vec<LeaveWord>,
        /// Open the window on the run instead, and leave nothing
        #[cfg(feature = "window")]
        #[arg(long, conflicts_with_all = ["movie", "leave"])]
        view: bool,
        /// In the window, compute to this time first, such as "2 d", and pause there
        #[cfg(feature = "window")]
        #[arg(long, value_name = "TIME", value_parser = moment::time_h, requires = "view")]
        at: Option<f64>,
    },
    /// Open the window on a scenario: watch axons grow, and take part
    #[cfg(feature = "window")]
    View {
        /// A scenario file, the name of one that is built in, or a link in quotes; the reference plate where left out
        #[arg(add = completions::scenarios())]
        file: Option<String>,
        /// Compute to this time first, such as "2 d", and pause there
        #[arg(long, value_name = "TIME", value_parser = moment::time_h)]
        at: Option<f64>,
    },
    /// Draw a plate as the window shows it, into a PNG file; needs no display
    #[cfg(feature = "window")]
    Render(RenderOptions),
    /// Read a scenario and print its resolved numbers, what it will need and every warning; run nothing. Or read a lesson
    Check {
        /// A scenario file, the name of one that is built in, such as exercise-2024, or a link in quotes; or a lesson's folder or name
        #[arg(add = completions::scenarios())]
        file: String,
    },
    /// Print a link that opens a scenario or a saved session elsewhere, in the same bits; `run`, `view` and `check` take it in quotes
    Link(LinkOptions),
    /// Explain a key or a table of a scenario, a readout, a name that brings numbers, or everything
    Explain {
        /// A key such as growth_cone.speed or condition.control.medium, a table such as growth_cone, a readout such as tips, a myokine such
        /// as BDNF
        #[arg(value_name = "NAME", add = completions::explained())]
        key: Option<String>,
        /// Print a part of the documents that is generated
        #[arg(long, value_enum, value_name = "PART", conflicts_with_all = ["key", "json"])]
        document: Option<DocumentPart>,
    },
    /// Hold the program against mathematics, published figures and observations, each with a negative control
    Validate {
        /// Cases of the book, by name, or files with cases; the whole book where left out
        #[arg(value_name = "CASE", add = completions::cases())]
        cases: Vec<String>,
        /// Smaller sizes, in seconds on the processor and minutes on a software driver; leaves out what runs the whole reference plate
        #[arg(long)]
        quick: bool,
        /// List the cases and measure nothing
        #[arg(long, conflicts_with = "quick")]
        list: bool,
    },
    /// Open the window on a lesson: watch, predict, try and answer. Without a name, list the lessons; without a display, say what is in one
    Lesson {
        /// A lesson's folder, or the name of one that is built in, such as finding-the-way
        #[arg(add = completions::lessons())]
        name: Option<String>,
        /// List the lessons that are built in
        #[arg(long, conflicts_with = "name")]
        list: bool,
        /// Write a work sheet to be printed, and the answers on a page of their own; they are computed by running the lesson
        #[arg(long, requires = "name")]
        sheet: bool,
        /// The language of texts and of the work sheet; that of the system where left out, else English
        #[arg(long, value_name = "LANGUAGE", value_parser = word::<Language>())]
        language: Option<Language>,
    },
    /// Write a scenario of your own to begin with: a commented template, or a copy of another. Or a lesson
    New {
        /// The name of the plate; NAME.toml is written, or of a lesson the folder NAME
        #[arg(value_name = "NAME", default_value = "my-plate")]
        name: String,
        /// The scenario to copy, a file, the name of one that is built in or a link, instead of the template
        #[arg(long, value_name = "FILE", add = completions::scenarios())]
        from: Option<String>,
        /// Copy this lesson instead, a folder or the name of one that is built in, such as finding-the-way
        #[arg(long, value_name = "LESSON", conflicts_with = "from", add = completions::lessons())]
        lesson: Option<String>,
    },
    /// List what could compute here, and what is taken if nobody asks
    Engines,
    /// Print the JSON schema of scenario files, for editors
    Schema,
    /// Print the completions for a shell
    #[command(after_help = completions::WHERE)]
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

/// Options that several commands have; `options.rs` says which.
#[derive(Args, Clone, Debug)]
pub struct Common {
    /// What computes
    #[arg(long, global = true, value_enum, default_value_t = EngineName::Auto)]
    pub engine: EngineName,
    /// The graphics adapter: a part of its name, its place on the bus as pci:0000:17:00.0, or its number in `engines` as index:2
    #[arg(long, global = true, value_name = "NAME")]
    pub adapter: Option<String>,
    /// Fail rather than compute on the processor where there is no graphics hardware
    #[arg(long, global = true)]
    pub need_gpu: bool,
    /// Processor threads; all cores where left out
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=MOST_THREADS as i64))]
    pub threads: Option<u32>,
    /// Seed of every random draw, instead of the scenario's
    #[arg(long, global = true, value_name = "N", value_parser = seed, allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// Change a key of the scenario, such as growth_cone.speed="6 um/h"; may be repeated
    #[arg(long = "set", global = true, value_name = "KEY=VALUE", add = completions::changes())]
    pub set: Vec<Override>,
    /// Replace results that are already there
    #[arg(long, global = true)]
    pub force: bool,
    /// Say only what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more; twice for still more
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Print tables as JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Folder for the results
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::AnyPath)]
    pub out: Option<PathBuf>,
}

/// The engine, as `--engine` names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum EngineName {
    /// A hardware graphics adapter where there is one, else the processor.
    #[default]
    Auto,
    /// The processor.
    Cpu,
    /// A graphics adapter.
    Gpu,
    /// A graphics driver that runs on the processor; for tests.
    SoftwareGpu,
}

/// The format of a movie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MovieFormat {
    /// Plays everywhere.
    Gif,
    /// Smaller and finer; needs ffmpeg.
    Mp4,
}

/// The end of a command; its number is the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did what was asked.
    Done = 0,
    /// The run failed.
    Failed = 1,
    /// The input is wrong; the messages were printed.
    WrongInput = 2,
    /// Stopped by the system, with work left that is gone on with: `resume` a run, `work` a sweep.
    Suspended = 85,
    /// Stopped by Ctrl-C; what was done is written as partial results.
    Stopped = 130,
}

/// A failure outside of the program.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The terminal takes no text.
    #[error("cannot write to the terminal")]
    Terminal(#[source] std::io::Error),
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] crate::engine::EngineError),
    /// The results could not be written.
    #[error(transparent)]
    Export(#[from] crate::export::ExportError),
    /// The work of a sweep cannot go on.
    #[error(transparent)]
    Sweep(#[from] crate::sweep::WorkError),
    /// The window could not be opened, or failed.
    #[cfg(feature = "window")]
    #[error(transparent)]
    Window(#[from] crate::view::window::WindowError),
    /// A picture could not be drawn.
    #[cfg(feature = "window")]
    #[error("{0}")]
    Picture(String),
}

/// A reader of the words of a closed set, which stand in the help and in completions.
fn word<W: Word + Send + Sync>() -> impl TypedValueParser<Value = W> {
    let known = PossibleValuesParser::new(W::WORDS);
    known.try_map(|word| W::from_word(&word).ok_or("it is none of these words"))
}

impl Common {
    /// Threads that the CPU engine and the readouts use.
    pub fn thread_count(&self) -> usize {
        thread_count(self.threads.map(|threads| threads as usize))
    }

    /// Warnings of keys that `--set` gives another value than before, as happens where the command line of another is changed.
    fn set_twice(&self) -> Vec<String> {
        let told = if self.quiet { &[] } else { self.set.as_slice() };
        let warning = |(at, change): (usize, &Override)| {
            let earlier = told[..at].iter().rfind(|earlier| earlier.key == change.key)?;
            (earlier.value != change.value).then(|| {
                format!(
                    "--set {}: {} takes the place of {}",
                    change.key, change.value, earlier.value
                )
            })
        };
        told.iter().enumerate().filter_map(warning).collect()
    }

    /// The changes to the scenario: `--set` in order, then `--seed`.
    pub fn overrides(&self) -> Vec<Override> {
        let seed = self.seed.map(|seed| Override::new("seed", seed.to_string()));
        self.set.iter().cloned().chain(seed).collect()
    }
}

/// Runs the command that the command line asks for.
///
/// # Errors
/// When something outside the program fails, such as writing to the terminal. Mistakes in a scenario are no failure
/// of the program: they are printed, and the outcome says so.
pub fn run(cli: &Cli) -> Result<Outcome, Failure> {
    prepare(&cli.common);
    for warning in cli.common.set_twice() {
        say::say(format_args!("warning: {warning}"));
    }
    match &cli.command {
        Some(Command::Run {
            file,
            movie,
            checkpoint_every,
            leave,
        }) => run::run(file, *movie, leave, *checkpoint_every, &cli.common),
        Some(Command::Resume {
            folder,
            checkpoint_every,
        }) => resume::run(folder, *checkpoint_every, &cli.common),
        Some(Command::Sweep { options, slurm }) if slurm.slurm => slurm::run(options, slurm, &cli.common),
        Some(Command::Sweep { options, .. }) => sweep::run(options, &cli.common),
        Some(Command::Plan(options)) => sweep::run_plan(options, &cli.common),
        Some(Command::Work { folder, share, pack }) => sweep::run_work(folder, *share, *pack, &cli.common),
        #[cfg(feature = "window")]
        Some(Command::Replay {
            folder,
            run,
            view: true,
            at,
            ..
        }) => replay::view(folder, *run, *at, &cli.common),
        Some(Command::Replay {
            folder,
            run,
            movie,
            leave,
            ..
        }) => replay::run(folder, *run, *movie, leave, &cli.common),
        Some(Command::Gather { folder }) => sweep::run_gather(folder, &cli.common),
        #[cfg(feature = "window")]
        Some(Command::View { file, at }) => view::run(file.as_deref(), *at, &cli.common),
        #[cfg(feature = "window")]
        Some(Command::Render(options)) => render::run(options, &cli.common),
        Some(Command::Link(options)) => link::run(options, &cli.common),
        Some(Command::Check { file }) => check::run(file, &cli.common),
        Some(Command::Explain {
            document: Some(part), ..
        }) => explain::run_document(*part),
        Some(Command::Explain { key, .. }) => explain::run(key.as_deref(), &cli.common),
        Some(Command::Validate { cases, quick, list }) => validate::run(cases, *quick, *list, &cli.common),
        Some(Command::Lesson {
            name: Some(name),
            sheet: true,
            language,
            ..
        }) => lesson_sheet::run(
            name,
            language.unwrap_or_else(lesson_source::language_of_system),
            &cli.common,
        ),
        #[cfg(feature = "window")]
        Some(Command::Lesson {
            name: Some(name),
            language,
            ..
        }) if !cli.common.json && crate::view::window::display_is_named() => lesson_window::run(
            name,
            language.unwrap_or_else(lesson_source::language_of_system),
            &cli.common,
        ),
        Some(Command::Lesson { name, language, .. }) => {
            let language = language.unwrap_or_else(lesson_source::language_of_system);
            lesson::run(name.as_deref(), language, &cli.common)
        }
        Some(Command::New {
            name,
            lesson: Some(lesson),
            ..
        }) => lesson::run_new(name, lesson, &cli.common),
        Some(Command::New { name, from, .. }) => new::run(name, from.as_deref(), &cli.common),
        Some(Command::Engines) => engines::run(&cli.common),
        Some(Command::Schema) => schema::run(),
        Some(Command::Completions { shell }) => completions::run(*shell),
        #[cfg(feature = "window")]
        None => view::run_without_command(&cli.common),
        #[cfg(not(feature = "window"))]
        None => run::run_reference_plate("no command given", &cli.common),
    }
}

/// Sets up logging and the threads of readouts, for the whole program.
fn prepare(common: &Common) {
    use tracing::Level;
    use tracing_subscriber::filter::Targets;
    use tracing_subscriber::layer::SubscriberExt;
    use tracing_subscriber::util::SubscriberInitExt;
    let level = match (common.quiet, common.verbose) {
        (true, _) => Level::ERROR,
        (false, 0) => Level::WARN,
        (false, 1) => Level::INFO,
        (false, 2) => Level::DEBUG,
        (false, _) => Level::TRACE,
    };
    // Messages of the libraries beneath are for those who build them.
    let heard = Targets::new()
        .with_target(env!("CARGO_PKG_NAME"), level)
        .with_default(Level::ERROR);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    // A subscriber that is set already, as in a test, stays.
    let _ = if common.verbose == 0 {
        let spoken = lines.event_format(Spoken);
        tracing_subscriber::registry().with(spoken).with(heard).try_init()
    } else {
        tracing_subscriber::registry().with(lines).with(heard).try_init()
    };
    #[cfg(feature = "threads")]
    let _ = rayon::ThreadPoolBuilder::new()
        .num_threads(common.thread_count())
        .build_global();
}

/// Warnings as the program says all others: a word and a sentence, without the time and the place in the code that `-v` shows.
struct Spoken;

impl<S, N> FormatEvent<S, N> for Spoken
where
    S: tracing::Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &tracing::Event<'_>,
    ) -> std::fmt::Result {
        let is_error = *event.metadata().level() == tracing::Level::ERROR;
        writer.write_str(if is_error { "error: " } else { "warning: " })?;
        context.field_format().format_fields(writer.by_ref(), event)?;
        writeln!(writer)
    }
}

/// Says why the program failed, on standard error.
pub fn say_failure(failure: &dyn std::fmt::Display) {
    say::say(format_args!("outgrowth: {failure}"));
}

/// Says how the command line is used, or what is wrong with it: the words that were typed must not steer the terminal.
pub fn say_usage(told: &clap::Error) -> ExitCode {
    if told.use_stderr() {
        say::say(told.render().to_string().trim_end());
    } else {
        // Help and version, which hold nothing that was typed.
        let _ = told.print();
    }
    ExitCode::from(told.exit_code() as u8)
}

/// Prints to the terminal, on which nothing is steered by it; a reader that has seen enough (`| head`) is no failure.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    use std::io::Write;
    match std::io::stdout().lock().write_all(printable(text).as_bytes()) {
        Err(problem) if problem.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Terminal(problem)),
        _ => Ok(()),
    }
}
