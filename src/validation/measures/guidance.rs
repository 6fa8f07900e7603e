//! Guidance: a cone that turns up a gradient at the rate r sin δ and wanders with D_θ settles at the density
//! e^(κ cos δ)/(2π I0(κ)), κ = r/D_θ, so that ⟨cos δ⟩ = I1(κ)/I0(κ). The rate follows from receptors that are counted at both
//! sides of the cone; here they are, in double precision and without a gradient.

use super::{LooksAt, Measure, steps_in};
use crate::engine::{Engine, EngineError};
use crate::model::domain::{Domain, USUAL_LAYER_UM, voxel_centre_um};
use crate::model::parameter::Dimension::{AngularRate, Count, Fraction, Length, Number, Speed, Time};
use crate::model::parameters::Myokine;
use crate::model::plate::Plate;
use crate::validation::bench::Trial;
use crate::validation::measured::{Figure, Measured, Plot, Scale, Series};
use crate::validation::plates::{plate_of_cones, plate_of_field, running_cones};
use crate::validation::setting::{CaseSetting, many, one};
use crate::validation::statistics::{bessel_ratio, estimate, mean};
use glam::DVec3;

/// Voxels along a side of the well.
const ACROSS: u32 = 80;
/// Their edge, µm: a gradient bends little within one.
const VOXEL_UM: f64 = 5.0;

/// Headings of cones in a field that rises by the same share across every cone, of a myokine that guides and leaves growth alone.
pub const GUIDANCE: Measure = Measure {
    name: "guidance",
    keys: &[
        one("cones", Count),
        one("speed", Speed),
        one("persistence_length", Length),
        one("width", Length),
        one("turning_rate", AngularRate),
        one("receptors", Number),
        one("readings", Number),
        one("hill", Number),
        one("attraction", Number),
        many("doses", Number),
        many("differences", Fraction),
        one("step", Time),
        one("settled_after", Time),
    ],
    figures: &["up"],
    looks_at: LooksAt::Engine,
    run: guidance,
};

fn guidance(trial: &Trial<'_>) -> Result<Measured, EngineError> {
    let (done, stated) = (trial.done, trial.stated);
    let axis = (done.list("doses").len(), done.list("differences").len());
    let (x, many_doses) = if axis.0 >= axis.1 {
        ("dose, in half doses", true)
    } else {
        ("difference of dose across a cone", false)
    };
    let (mut expected, mut found) = (Vec::new(), Vec::new());
    let mut measured = Measured::default();
    for (&dose, &stated_dose) in done.list("doses").iter().zip(stated.list("doses")) {
        for (&difference, &stated_difference) in done.list("differences").iter().zip(stated.list("differences")) {
            let mut engine = open_rising(trial, plate(done), dose, difference)?;
            engine.advance(steps_in(done.number("settled_after"), done.number("step")))?;
            let cones = &engine.world()?.cones;
            let up: Vec<f64> = cones.iter().map(|cone| f64::from(cone.heading.x)).collect();
            let settled = cones.iter().map(|cone| {
                let dose = stated_dose * rise(stated, stated_difference, cone.tip_um().x.into());
                settled_up(stated, dose, stated_difference)
            });
            let (settled, up) = (mean(settled), estimate(&up));
            let (at, what) = if many_doses {
                (dose, format!("at {stated_dose} half doses"))
            } else {
                (difference, format!("{} % across a cone", 100.0 * stated_difference))
            };
            expected.push((at, settled));
            found.push((at, up.mean, up.half_width.unwrap_or(0.0)));
            measured
                .figures
                .push(Figure::against("up", what, settled, up.mean, "").trusted(up.half_width));
        }
    }
    // The axis spans powers of ten, of which a logarithmic division of both axes would hide the cones that are not guided.
    let powers = |points: Vec<(f64, f64, f64)>| points.into_iter().map(|(x, y, s)| (x.log10(), y, s)).collect();
    measured.plots.push(Plot {
        x: format!("power of ten of the {x}"),
        y: "⟨cos⟩ of headings to the gradient".into(),
        scale: Scale::Linear,
        lines: vec![Series::line(
            "I₁(κ)/I₀(κ)",
            expected.into_iter().map(|(x, y)| (f64::log10(x), y)),
        )],
        points: vec![Series {
            name: "growth cones".into(),
            points: powers(found),
        }],
    });
    Ok(measured)
}

/// Where the cones begin, along x, µm.
const MIDDLE_UM: f64 = 0.5 * ACROSS as f64 * VOXEL_UM;

/// The dose at `x_um` over that in the middle, where it rises by the share `difference` across a cone.
pub(super) fn rise(setting: &CaseSetting, difference: f64, x_um: f64) -> f64 {
    (difference / setting.number("width") * (x_um - MIDDLE_UM)).exp()
}

/// Opens the engine on a [`plate`] whose field rises along x by the share `difference` across a cone, from `dose` half doses in
/// the middle.
pub(super) fn open_rising(
    trial: &Trial<'_>,
    plate: Plate,
    dose: f64,
    difference: f64,
) -> Result<Box<dyn Engine>, EngineError> {
    let domain = plate.domain.clone();
    let mut engine = trial.open(plate)?;
    let mut world = engine.world()?.clone();
    let first = world.concentrations.len() - domain.voxel_count();
    for voxel in 0..domain.voxel_count() {
        let x_um = voxel_centre_um(&domain, voxel).x;
        world.concentrations[first + voxel] = (dose * rise(trial.done, difference, x_um)) as f32;
    }
    engine.load(world)?;
    Ok(engine)
}

/// Cones in the middle of a well whose field stays as it is set.
pub(super) fn plate(done: &CaseSetting) -> Plate {
    let step_h = done.number("step");
    let mut biology = running_cones(done.number("speed"), 0.0, done.number("persistence_length"));
    let cone = &mut biology.growth_cone;
    cone.width_um = done.number("width");
    cone.turning_rate_rad_per_h = done.number("turning_rate");
    cone.receptors = done.number("receptors");
    cone.reading_time_h = cone.integration_time_h / done.number("readings");
    cone.rate_modulation = 0.0;
    let cells = plate_of_cones(done.count("cones"), 1.0, 60.0 * step_h, biology);
    let mut plate = plate_of_field([ACROSS, ACROSS, 1], VOXEL_UM, step_h, 0.0);
    plate.domain = Domain {
        voxels: [ACROSS, ACROSS, 1],
        voxel_um: VOXEL_UM,
        layer_um: USUAL_LAYER_UM,
        walls: vec![],
    };
    plate.explants = cells.explants;
    plate.explants[0].at_um = DVec3::new(MIDDLE_UM, MIDDLE_UM, 0.5 * VOXEL_UM);
    plate.conditions[0].biology = biology;
    plate.myokines[0].myokine = Myokine {
        hill: done.number("hill"),
        half_dose: 1.0,
        max_gain: 1.0,
        guidance: done.number("attraction"),
        ..plate.myokines[0].myokine
    };
    plate
}

/// Signal over noise of a cone at `dose` half doses whose sides differ by the share `difference` of it: bound receptors at either
/// side, less those at the other, over the noise of counting all.
pub(super) fn signal_over_noise(stated: &CaseSetting, dose: f64, difference: f64) -> f64 {
    let bound_at = |dose: f64| {
        let power = dose.powf(stated.number("hill"));
        power / (1.0 + power)
    };
    let receptors = stated.number("receptors");
    let more = receptors * (bound_at(dose * (1.0 + 0.5 * difference)) - bound_at(dose * (1.0 - 0.5 * difference)));
    let bound = bound_at(dose);
    let noise = (receptors * bound * (1.0 - bound) / stated.number("readings")).sqrt();
    stated.number("attraction") * more / noise
}

/// The rate, rad/h, at which such a cone turns where it heads across the gradient: up it, or down it where that is negative.
pub(super) fn turning(stated: &CaseSetting, dose: f64, difference: f64) -> f64 {
    let signal = signal_over_noise(stated, dose, difference);
    stated.number("turning_rate") * signal * signal.abs() / (1.0 + signal.powi(2))
}

/// ⟨cos δ⟩ of such cones.
fn settled_up(stated: &CaseSetting, dose: f64, difference: f64) -> f64 {
    let wandering = stated.number("speed") / stated.number("persistence_length");
    bessel_ratio(turning(stated, dose, difference) / wandering)
}
