//! Muscle: fibres tire under light and recover in the dark; growth cones that touch a fibre settle on it at a constant
//! hazard, those between fibres never do.

use super::course::{ClosedForm, follow};
use super::{LooksAt, Measure, of_cones};
use crate::engine::EngineError;
use crate::model::domain::Region;
use crate::model::layout::mode;
use crate::model::parameter::Dimension::{Count, Length, Rate, Time};
use crate::model::parameters::Light;
use crate::model::plate::{MusclePatch, Plate};
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured};
use crate::validation::plates::{plate_of_cones, plate_of_field, running_cones};
use crate::validation::setting::{CaseSetting, many, one};
use glam::DVec3;

/// Muscle all over a plate, its fibres along y.
fn covered_with_muscle(mut plate: Plate, light: Option<Light>) -> Plate {
    let region = Region {
        low_um: DVec3::ZERO,
        high_um: plate.domain.size_um(),
    };
    plate.conditions[0].sources.clear();
    plate.conditions[0].muscle = Some(MusclePatch {
        region,
        light,
        lit: None,
        upright: true,
    });
    plate
}

/// Share of the cones on a fibre that has settled, over time, and of those between fibres.
pub const SYNAPSE_FORMATION: Measure = Measure {
    name: "synapse-formation",
    keys: &[
        one("cones", Count),
        one("formation", Rate),
        one("contact", Length),
        one("fibre_radius", Length),
        one("fibre_spacing", Length),
        one("step", Time),
        many("times", Time),
    ],
    figures: &["settled", "between"],
    looks_at: LooksAt::Engine,
    run: synapse_formation,
};

fn synapse_formation(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let step_h = done.number("step");
    // The cones stand still.
    let mut biology = running_cones(0.0, 0.0, 1e6);
    biology.synapse.formation_per_h = done.number("formation");
    biology.synapse.contact_um = done.number("contact");
    let mut plate = plate_of_cones(done.count("cones"), 1.0, step_h * 60.0, biology);
    plate.domain.voxels = [60, 60, 1];
    plate.domain.voxel_um = 20.0;
    plate.explants[0].at_um = DVec3::new(600.0, 600.0, 10.0);
    plate.explants[0].explant.radius_um = 500.0;
    plate.muscle.fibre_radius_um = done.number("fibre_radius");
    plate.muscle.fibre_spacing_um = done.number("fibre_spacing");
    let mut engine = trial.open(covered_with_muscle(plate, None))?;
    let settled = |on_fibre: bool| {
        move |cones: Vec<(f64, u32)>| -> Vec<f64> {
            let which = cones.into_iter().filter(|cone| touches(stated, cone.0) == on_fibre);
            which.map(|cone| f64::from(u8::from(cone.1 == mode::SYNAPSE))).collect()
        }
    };
    let course = follow(engine.as_mut(), step_h, done.list("times"), |engine| {
        of_cones(engine, |cone| (f64::from(cone.tip_um().x), cone.mode)).map(settled(true))
    })?;
    let between = settled(false)(of_cones(engine.as_mut(), |cone| {
        (f64::from(cone.tip_um().x), cone.mode)
    })?);
    let formed = |time_h: f64| 1.0 - (-stated.number("formation") * time_h).exp();
    let law = ClosedForm {
        band: "settled",
        quantity: "share of the cones on a fibre that has settled",
        formula: "1 − e^(−kt)",
        of: "growth cones",
        at: formed,
    };
    let mut measured = law.beside(&course);
    measured.figures.push(Figure::against(
        "between",
        format!("settled of {} between fibres", between.len()),
        0.0,
        between.iter().sum(),
        "",
    ));
    Ok(measured)
}

/// Whether a cone at `x_um` touches a fibre.
fn touches(stated: &CaseSetting, x_um: f64) -> bool {
    let spacing = stated.number("fibre_spacing");
    let off_um = ((x_um / spacing).fract() - 0.5).abs() * spacing;
    off_um <= stated.number("fibre_radius") + stated.number("contact")
}

/// Fatigue of fibres under light, and after it in the dark.
pub const FATIGUE: Measure = Measure {
    name: "muscle-fatigue",
    keys: &[
        one("fatigue_time", Time),
        one("recovery_time", Time),
        one("light", Time),
        one("step", Time),
        many("times", Time),
    ],
    figures: &["fatigue"],
    looks_at: LooksAt::Engine,
    run: fatigue,
};

fn fatigue(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let step_h = done.number("step");
    let mut plate = plate_of_field([8, 8, 1], 50.0, step_h, 0.0);
    // The effect of light on the fibres begins at once.
    plate.muscle.lag_h = 0.0;
    plate.muscle.fatigue_time_h = done.number("fatigue_time");
    plate.muscle.recovery_time_h = done.number("recovery_time");
    let light = Light {
        session_h: done.number("light"),
        every_h: 24.0,
        ..Light::default()
    };
    let mut engine = trial.open(covered_with_muscle(plate, Some(light)))?;
    let expected = |time_h: f64| {
        let lit_h = stated.number("light");
        let tired = 1.0 - (-time_h.min(lit_h) / stated.number("fatigue_time")).exp();
        tired * (-(time_h - lit_h).max(0.0) / stated.number("recovery_time")).exp()
    };
    let course = follow(engine.as_mut(), step_h, done.list("times"), |engine| {
        let fibres = &engine.world()?.fibres;
        Ok(fibres.iter().map(|fibres| f64::from(fibres.fatigue)).collect())
    })?;
    let law = ClosedForm {
        band: "fatigue",
        quantity: "fatigue",
        formula: "closed form",
        of: "fibres",
        at: expected,
    };
    Ok(law.beside(&course))
}
