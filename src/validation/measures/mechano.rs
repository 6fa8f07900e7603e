//! Mechano-state: dM/dt = s(1−M)/τ_on − (1−s)M/τ_off under the daily protocol is one exponential after the other.

use super::{LooksAt, Measure, steps_in};
use crate::engine::EngineError;
use crate::model::parameter::Dimension::{Count, Number, Time};
use crate::model::parameters::Actuation;
use crate::model::strain::strain_drive;
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series};
use crate::validation::plates::{plate_of_cones, running_cones, strained};
use crate::validation::setting::{many, one};
use crate::validation::statistics::mean;

/// The state at the end of each session, and 6 and 24 h after it began.
pub const SAW_TOOTH: Measure = Measure {
    name: "mechano-saw-tooth",
    keys: &[
        one("on_time", Time),
        one("off_time", Time),
        one("step", Time),
        one("days", Count),
    ],
    figures: &["state"],
    looks_at: LooksAt::Engine,
    run: saw_tooth,
};

fn saw_tooth(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let step_h = done.number("step");
    let mut biology = running_cones(4.0, 0.0, 400.0);
    biology.mechano.on_time_h = done.number("on_time");
    biology.mechano.off_time_h = done.number("off_time");
    let actuation = Actuation::default();
    let mut engine = trial.open(strained(
        plate_of_cones(4, 10.0, step_h * 60.0, biology),
        actuation,
        false,
    ))?;
    let drive = strain_drive(actuation.amplitude, actuation.frequency_hz, &biology.mechano);
    let (on_h, off_h) = (stated.number("on_time"), stated.number("off_time"));
    let relax = |state: f64, drive: f64, hours: f64| {
        let rate = drive / on_h + (1.0 - drive) / off_h;
        let rest = drive / on_h / rate;
        rest + (state - rest) * (-rate * hours).exp()
    };
    let mut measured = Measured::default();
    let (mut expected, mut time_h) = (0.0, 0.0);
    let (mut line, mut points) = (vec![(0.0, 0.0)], Vec::new());
    for day in 1..=done.count("days") {
        for (hours, drive, when) in [
            (0.5, drive, "end of the session"),
            (5.5, 0.0, "6 h"),
            (18.0, 0.0, "24 h"),
        ] {
            engine.advance(steps_in(hours, step_h))?;
            let steps = (hours * 12.0) as u32;
            line.extend((1..=steps).map(|i| {
                let since = hours * f64::from(i) / f64::from(steps);
                (time_h + since, relax(expected, drive, since))
            }));
            expected = relax(expected, drive, hours);
            time_h += hours;
            let found = f64::from(engine.world()?.cones[0].mechano.value());
            let what = format!("day {day}, {when}");
            measured
                .figures
                .push(Figure::against("state", what, expected, found, ""));
            points.push((time_h, found, 0.0));
        }
    }
    measured.plots.push(Plot {
        x: "time, h".into(),
        y: "mechano-state M".into(),
        scale: Scale::Linear,
        lines: vec![Series::line("closed form", line)],
        points: vec![Series {
            name: "growth cone".into(),
            points,
        }],
    });
    Ok(measured)
}

/// Mean over a day in the periodic state, at full drive, for several times of fading.
pub const DAILY_MEAN: Measure = Measure {
    name: "mechano-daily-mean",
    keys: &[
        many("off_times", Time),
        many("published", Number),
        one("step", Time),
        one("days", Count),
    ],
    figures: &["mean"],
    looks_at: LooksAt::Engine,
    run: daily_mean,
};

fn daily_mean(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let done = trial.done;
    let step_h = done.number("step");
    let a_day = steps_in(24.0, step_h);
    let mut measured = Measured::default();
    for (&off_time_h, &expected) in done.list("off_times").iter().zip(trial.stated.list("published")) {
        let mut biology = running_cones(4.0, 0.0, 400.0);
        biology.mechano.off_time_h = off_time_h;
        // Any movement is full drive.
        biology.mechano.half_strain = 1e-6;
        biology.mechano.half_frequency_hz = 1e-6;
        let plate = strained(
            plate_of_cones(1, 10.0, step_h * 60.0, biology),
            Actuation::default(),
            false,
        );
        let mut engine = trial.open(plate)?;
        engine.advance(done.count("days") * a_day)?;
        let mut states = Vec::new();
        for _ in 0..a_day {
            engine.advance(1)?;
            states.push(f64::from(engine.world()?.cones[0].mechano.value()));
        }
        let what = format!("τ_off {off_time_h} h");
        measured
            .figures
            .push(Figure::against("mean", what, expected, mean(states), ""));
    }
    Ok(measured)
}
