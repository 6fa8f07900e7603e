//! Spread of cones: MSD = 2v²τ[t − τ(1 − e^(−t/τ))] with τ = L_p/v, and the reach of a path of given length
//! R² = 2 L_p s − 2 L_p² (1 − e^(−s/L_p)).

use super::course::{Seen, follow};
use super::{LooksAt, Measure, steps_in, tips_um};
use crate::engine::EngineError;
use crate::model::parameter::Dimension::{Count, Length, Number, Speed, Time};
use crate::readout::growth::persistent_reach_um;
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series, Table};
use crate::validation::plates::{plate_of_cones, running_cones};
use crate::validation::setting::{CaseSetting, many, one};
use crate::validation::statistics::estimate;

/// Mean squared displacement of cones of constant speed, over time.
pub const SPREADING: Measure = Measure {
    name: "mean-squared-displacement",
    keys: &[
        one("cones", Count),
        one("speed", Speed),
        one("persistence_length", Length),
        one("step", Time),
        many("times", Time),
    ],
    figures: &["spread"],
    looks_at: LooksAt::Engine,
    run: spreading,
};

fn spreading(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let done = trial.done;
    let step_h = done.number("step");
    let furthest_h = done.list("times").iter().copied().fold(0.0, f64::max);
    let (cones, speed) = (done.count("cones"), done.number("speed"));
    let biology = running_cones(speed, 0.0, done.number("persistence_length"));
    let mut engine = trial.open(plate_of_cones(
        cones,
        room_mm(speed * furthest_h),
        step_h * 60.0,
        biology,
    ))?;
    let start = tips_um(engine.as_mut())?;
    let course = follow(engine.as_mut(), step_h, done.list("times"), |engine| {
        let tips = tips_um(engine)?;
        Ok(start
            .iter()
            .zip(tips)
            .map(|(from, to)| from.distance_squared(to))
            .collect())
    })?;
    let figure = |seen: &Seen| seen.against("spread", spread_um2(trial.stated, seen.time_h), "µm²");
    let from_h = 0.5 * course.first().map_or(1.0, |seen| seen.time_h);
    let times = || (0..60).map(move |i| from_h * (furthest_h / from_h).powf(f64::from(i) / 59.0));
    let straight = |time_h: f64| (trial.stated.number("speed") * time_h).powi(2);
    Ok(Measured {
        figures: course.iter().map(figure).collect(),
        plots: vec![Plot {
            x: "time, h".into(),
            y: "mean squared displacement, µm²".into(),
            scale: Scale::Logarithmic,
            lines: vec![
                Series::line("closed form", times().map(|t| (t, spread_um2(trial.stated, t)))),
                Series::line("straight paths", times().map(|t| (t, straight(t)))),
            ],
            points: vec![Series {
                name: "growth cones".into(),
                points: course.iter().map(Seen::point).collect(),
            }],
        }],
        table: None,
    })
}

fn spread_um2(stated: &CaseSetting, time_h: f64) -> f64 {
    let speed = stated.number("speed");
    let tau = stated.number("persistence_length") / speed;
    2.0 * speed * speed * tau * (time_h + tau * (-time_h / tau).exp_m1())
}

/// Edge of a well, mm, whose walls nobody reaches from the middle within `path_um`.
fn room_mm(path_um: f64) -> f64 {
    (2.2 * path_um / 1000.0).ceil().max(2.0)
}

/// Root mean square distance between the ends of a path of given length, at several lengths of the step.
pub const REACH: Measure = Measure {
    name: "reach-of-a-path",
    keys: &[
        one("cones", Count),
        one("speed", Speed),
        one("persistence_length", Length),
        one("path", Length),
        many("steps", Time),
        one("published", Number),
    ],
    figures: &["reach"],
    looks_at: LooksAt::Engine,
    run: reach,
};

fn reach(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let (speed, path_um) = (done.number("speed"), done.number("path"));
    let published = stated.number("published");
    let mut measured = Measured::default();
    let mut rows = Vec::new();
    for &step_h in done.list("steps") {
        let biology = running_cones(speed, 0.0, done.number("persistence_length"));
        let plate = plate_of_cones(done.count("cones"), room_mm(path_um), step_h * 60.0, biology);
        let mut engine = trial.open(plate)?;
        let start = tips_um(engine.as_mut())?;
        engine.advance(steps_in(path_um / speed, step_h))?;
        let tips = tips_um(engine.as_mut())?;
        let squares: Vec<f64> = start
            .iter()
            .zip(tips)
            .map(|(from, to)| from.distance_squared(to))
            .collect();
        let squared = estimate(&squares);
        let found = squared.mean.sqrt();
        // The interval of a root: half as wide, relative to it.
        let half_width = squared.half_width.map(|half| 0.5 * half / found);
        let minutes = step_h * 60.0;
        let what = format!("at a step of {} min", (minutes * 1e6).round() / 1e6);
        rows.push(vec![
            format!("{}", (minutes * 1e6).round() / 1e6),
            format!("{:.1}", speed * step_h),
            format!("{found:.1} ± {:.1}", half_width.unwrap_or(f64::NAN)),
        ]);
        measured
            .figures
            .push(Figure::against("reach", what, published, found, "µm").trusted(half_width));
    }
    let closed = persistent_reach_um(stated.number("path"), stated.number("persistence_length"));
    let heading = [
        "step, min".to_owned(),
        "path of a step, µm".to_owned(),
        format!("R, µm (closed form {closed:.1})"),
    ];
    measured.table = Some(Table {
        heading: heading.into(),
        rows,
    });
    Ok(measured)
}
