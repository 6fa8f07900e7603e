//! A run that is carried out, from its first step or from a checkpoint, to its results on disk.

use super::checkpoints::Checkpoints;
use super::film::Film;
use super::progress::Progress;
use super::say::say;
use super::stop::StopRequest;
use super::summary::summary;
use super::{Common, Failure, MovieFormat, Outcome, print};
use crate::engine::Engine;
use crate::experiment::{Attendant, Watch, perform_before};
use crate::export::{ExportError, Keeping, Results, RunRecord, results_table, rim_notes};
use crate::model::world::World;
use crate::readout::recorder::{Readouts, Recorder};
use crate::scenario::Scenario;
use crate::session::results::{Began, run_record};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

/// A run that is begun: its engine holds the state to go on from.
pub struct Undertaking<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The engine.
    pub engine: Box<dyn Engine>,
    /// Readouts so far.
    pub recorder: Recorder,
    /// Results so far, on disk.
    pub keeping: Keeping,
    /// Its checkpoints.
    pub checkpoints: Checkpoints,
    /// Requests from outside.
    pub stop: StopRequest,
    /// When it was begun; of one that is gone on with also the calendar's time of its first beginning.
    pub began: Began,
    /// See [`Undertaking::began`].
    pub started: Option<String>,
    /// The movie that is asked for.
    pub movie: Option<MovieFormat>,
}

/// The attendant of a run: it keeps rows, takes checkpoints, shows progress and heeds requests.
struct Standby<'a> {
    keeping: &'a mut Keeping,
    checkpoints: &'a mut Checkpoints,
    stop: &'a StopRequest,
    film: &'a mut Film,
    progress: &'a mut Progress,
    /// Whether rows could not be written anywhere.
    no_room: bool,
}

impl Attendant for Standby<'_> {
    fn see(&mut self, world: &World, readouts: &Readouts) {
        self.film.add(world);
        if let Err(problem) = keep_rows(self.keeping, self.film, readouts)
            && !std::mem::replace(&mut self.no_room, true)
        {
            say(format_args!("{problem}; nor anywhere else: the run ends here"));
        }
    }

    fn ask(&mut self, step: u32) -> Watch {
        self.progress.reach(step);
        if self.stop.is_made() || self.no_room {
            Watch::Stop
        } else if self.stop.takes_checkpoint() || self.checkpoints.are_due() {
            Watch::Keep
        } else {
            Watch::GoOn
        }
    }

    fn keep(&mut self, world: &World, recorder: &Recorder) {
        self.checkpoints.keep(world, recorder, self.keeping.stream());
    }
}

/// Carries a run out.
///
/// # Errors
/// The engine fails, or the results cannot be put where they should be.
pub fn carry_out(undertaking: Undertaking<'_>, common: &Common) -> Result<Outcome, Failure> {
    let Undertaking {
        scenario,
        mut engine,
        mut recorder,
        mut keeping,
        mut checkpoints,
        stop,
        began,
        started,
        movie,
    } = undertaking;
    let info = engine.describe();
    if !common.quiet {
        say(format_args!(
            "{}: {} on {} ({})",
            scenario.plate.name, info.kind, info.device, info.reason
        ));
    }
    let mut film = Film::begin(movie, &scenario.plate, keeping.path(), common);
    let mut progress = Progress::new(&scenario.plate, engine.last_world().step, common.quiet);
    let mut standby = Standby {
        keeping: &mut keeping,
        checkpoints: &mut checkpoints,
        stop: &stop,
        film: &mut film,
        progress: &mut progress,
        no_room: false,
    };
    // A driver that dies under an engine may show as a panic in the library that speaks to it.
    let performed = catch_unwind(AssertUnwindSafe(|| {
        perform_before(engine.as_mut(), &mut recorder, &mut standby)
    }));
    progress.finish();
    let performed = match performed {
        Ok(performed) => performed,
        Err(panic) => {
            say(keeping.leave("the engine stopped in the middle of its work".to_owned()));
            resume_unwind(panic);
        }
    };
    let (done, planned) = (engine.last_world().step, scenario.plate.steps);
    let goes_on = format!("`outgrowth resume {}` goes on", keeping.destination().display());
    if stop.suspends() && performed.is_ok() && done < planned {
        say(match checkpoints.last() {
            Some(step) => format!("suspended after {done} of {planned} steps; {goes_on} from step {step}"),
            None => format!("suspended after {done} of {planned} steps; {goes_on} from the beginning"),
        });
        return Ok(Outcome::Suspended);
    }

    stop.begin_saving();
    let stride = recorder.stride();
    if stride > 1 && !common.quiet {
        say(format_args!(
            "readouts.csv and readouts.parquet have every record; the report and the acceptance table are of every {stride}th \
             and of whole days"
        ));
    }
    let record = run_record(scenario, &info, common.thread_count(), &began);
    let record = RunRecord {
        started: started.unwrap_or(record.started.clone()),
        wall_s: checkpoints.elapsed_s(),
        resumed_at_step: checkpoints.resumed_at().to_vec(),
        ..record
    };
    let readouts = recorder.into_readouts();
    let world = engine.last_world();
    let results = Results {
        plate: engine.now(),
        world,
        readouts: &readouts,
        record: &record,
        morphologies: scenario.record.morphologies,
        leave: scenario.record.leave,
        hurried: stop.is_made(),
        files: &scenario.files,
    };
    film.finish();
    let partial = done < planned;
    let unfinished = checkpoints.unfinished().filter(|_| partial);
    let resumable = unfinished.is_some_and(|unfinished| match unfinished.link_into(keeping.path()) {
        Ok(()) => true,
        Err(problem) => {
            say(format_args!("the partial results cannot be gone on with: {problem}"));
            false
        }
    });
    let (folder, sentences) = keeping.finish(&results);
    sentences.into_iter().for_each(say);
    if partial {
        let goes_on = if resumable {
            format!("; {goes_on}")
        } else {
            String::new()
        };
        say(format_args!(
            "stopped after {done} of {planned} steps; the results so far are marked as partial{goes_on}"
        ));
    }
    let folder = folder?;
    if common.json {
        print(&format!("{:#}\n", summary(&folder, partial, &results)))?;
    } else if !common.quiet {
        tell(&folder, &results, &began)?;
    }
    performed?;
    Ok(if partial { Outcome::Stopped } else { Outcome::Done })
}

/// Prints the results in short.
fn tell(folder: &Path, results: &Results<'_>, began: &Began) -> Result<(), Failure> {
    print(&results_table(results.plate, results.readouts))?;
    for note in rim_notes(results.readouts) {
        say(format_args!("note: {note}"));
    }
    let seconds = began.elapsed_s();
    let (what, lies) = if results.leave.report {
        ("report", folder.join("report.html"))
    } else {
        ("results", folder.to_owned())
    };
    print(&format!("\n{seconds:.1} s; {what}: {}\n", lies.display()))
}

/// Writes the last rows. A movie gives way to them.
fn keep_rows(keeping: &mut Keeping, film: &mut Film, readouts: &Readouts) -> Result<(), ExportError> {
    let rows = readouts.last_rows();
    let Err(problem) = keeping.add(readouts, rows) else {
        return Ok(());
    };
    film.give_up(&problem);
    let kept = keeping.add_anywhere(readouts, rows);
    keeping.take_sentences().into_iter().for_each(say);
    kept
}
