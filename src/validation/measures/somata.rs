//! Somata spread as a persistent walk: 2Ls − 2L²(1 − e^(−s/L)) after a way s = v (1 + E) t, E the excess that the dose brings.

use super::course::{Seen, follow};
use super::gain::{lasting_myokine, trophic_excess};
use super::{LooksAt, Measure};
use crate::engine::EngineError;
use crate::model::parameter::Dimension::{Count, Dose, Length, Number, Speed, Time};
use crate::validation::bench::Trial;
use crate::validation::measured::{Measured, Plot, Scale, Series};
use crate::validation::plates::{bathed, plate_of_cones, running_cones};
use crate::validation::setting::{many, one};

/// Mean squared displacement of somata in medium of a steady dose, over time.
pub const SPREADING_OF_SOMATA: Measure = Measure {
    name: "spreading-of-somata",
    keys: &[
        one("neurons", Count),
        one("speed", Speed),
        one("persistence_length", Length),
        one("dose", Dose),
        one("half_dose", Dose),
        one("hill", Number),
        one("max_gain", Number),
        one("step", Time),
        many("times", Time),
    ],
    figures: &["spread"],
    looks_at: LooksAt::Engine,
    run: spreading,
};

fn spreading(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let step_h = done.number("step");
    // Their axons stand still.
    let mut biology = running_cones(0.0, 0.0, 1000.0);
    biology.soma.speed_um_per_h = done.number("speed");
    biology.soma.persistence_length_um = done.number("persistence_length");
    let plate = bathed(
        plate_of_cones(done.count("neurons"), 4.0, 60.0 * step_h, biology),
        lasting_myokine(done),
        done.number("dose"),
    );
    let mut engine = trial.open(plate)?;
    let course = follow(engine.as_mut(), step_h, done.list("times"), |engine| {
        let neurons = &engine.world()?.neurons;
        let squared = |from: glam::Vec3, to: glam::Vec3| from.as_dvec3().distance_squared(to.as_dvec3());
        Ok(neurons
            .iter()
            .map(|neuron| squared(neuron.start_um, neuron.soma_um()))
            .collect())
    })?;
    let closed = |time_h: f64| {
        let length = stated.number("persistence_length");
        let way = stated.number("speed") * (1.0 + trophic_excess(stated, stated.number("dose"))) * time_h;
        2.0 * length * way + 2.0 * length * length * (-way / length).exp_m1()
    };
    let longest_h = course.last().map_or(1.0, |seen| seen.time_h);
    Ok(Measured {
        figures: course
            .iter()
            .map(|seen| seen.against("spread", closed(seen.time_h), "µm²"))
            .collect(),
        plots: vec![Plot {
            x: "time, h".into(),
            y: "mean squared displacement, µm²".into(),
            scale: Scale::Linear,
            lines: vec![Series::of("closed form", (0.0, longest_h), 60, closed)],
            points: vec![Series {
                name: "somata".into(),
                points: course.iter().map(Seen::point).collect(),
            }],
        }],
        table: None,
    })
}
