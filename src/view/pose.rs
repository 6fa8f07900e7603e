//! The pose of each well at an instant: how far its gel is strained, its muscle shortened and lit. A cycle lasts a second
//! where the culture lasts days, so its phase runs by the clock on the wall, slow enough to be watched.

use super::arrangement::Arrangement;
use super::look::{Look, Theme};
use super::movement::{Sheet, sheets};
use super::scene::layout::Pose;
use crate::export::palette::{linear, on_dark, on_paper};
use crate::model::actuation::displacement_gradient;
use crate::model::layout::NONE;
use crate::model::parameters::{Actuation, Light};
use crate::model::per_step::sessions;
use crate::model::plate::{Condition, Plate, StrainMode};
use crate::model::rules::sessions::in_session;
use glam::{DMat3, Vec3, Vec4};
use std::f64::consts::{PI, TAU};

/// The fastest cycle that is shown, Hz: faster ones would strobe.
pub const FASTEST_SHOWN_HZ: f64 = 1.5;
/// The share of its length that a muscle visibly loses in a twitch under full light.
const TWITCH: f64 = 0.05;
/// The largest strain that is drawn, magnified: beyond it a gel would fold.
const LARGEST_DRAWN: f64 = 0.4;
/// The time constant of the onset and end of movement, s on the wall.
const EASE_S: f64 = 0.3;

/// Whether the gel of a condition moves in a step.
pub fn gel_moves(plate: &Plate, condition: &Condition, step: u32) -> bool {
    condition.actuation.as_ref().is_some_and(|protocol| {
        let Actuation {
            start_h,
            session_h,
            every_h,
            ..
        } = protocol.actuation;
        protocol.actuation.moves() && in_session(step, &sessions(start_h, session_h, every_h, plate.step_h))
    })
}

/// Whether the muscle of a condition is lit in a step.
pub fn light_is_on(plate: &Plate, condition: &Condition, step: u32) -> bool {
    lamp(condition).is_some_and(|light| {
        let on = sessions(light.start_h, light.session_h, light.every_h, plate.step_h);
        light.intensity > 0.0 && in_session(step, &on)
    })
}

fn lamp(condition: &Condition) -> Option<&Light> {
    condition.muscle.as_ref()?.light.as_ref()
}

/// The onset of movement and light in each condition, 0 to 1: they begin and end gently, and where sessions rush by
/// they are averaged instead of flickering.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Easing {
    conditions: Vec<Share>,
    wall_s: f64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Share {
    gel: f64,
    light: f64,
}

impl Share {
    /// The share of a step that has lasted for long.
    fn settled(plate: &Plate, condition: &Condition, step: u32) -> Self {
        let share = |on: bool| f64::from(u8::from(on));
        Share {
            gel: share(gel_moves(plate, condition, step)),
            light: share(light_is_on(plate, condition, step)),
        }
    }
}

impl Easing {
    /// As if the plate had stood at `step` for long: for single pictures.
    pub fn settled(plate: &Plate, step: u32) -> Self {
        let settle = |condition| Share::settled(plate, condition, step);
        Easing {
            conditions: plate.conditions.iter().map(settle).collect(),
            wall_s: 0.0,
        }
    }

    /// Goes on to another step and another second on the wall.
    pub fn go_on(&mut self, plate: &Plate, step: u32, wall_s: f64) {
        if self.conditions.len() != plate.conditions.len() {
            *self = Easing::settled(plate, step);
        }
        let near = -(-(wall_s - self.wall_s).max(0.0) / EASE_S).exp_m1();
        self.wall_s = wall_s;
        for (share, condition) in self.conditions.iter_mut().zip(&plate.conditions) {
            let aim = Share::settled(plate, condition, step);
            let ease = |share: &mut f64, aim: f64| {
                *share += near * (aim - *share);
                if (*share - aim).abs() < 1e-3 {
                    *share = aim;
                }
            };
            ease(&mut share.gel, aim.gel);
            ease(&mut share.light, aim.light);
        }
    }

    /// Whether anything moves, so that the next picture differs though the step does not.
    pub fn is_moving(&self) -> bool {
        self.conditions.iter().any(|share| share.gel > 0.0 || share.light > 0.0)
    }
}

/// The poses of all wells at a step and a second on the wall. `plate` is what its events have made of it until then;
/// `grids` as in [`crate::model::moment::Moment::grids`].
pub fn poses(
    plate: &Plate,
    arrangement: &Arrangement,
    grids: &[u32],
    step: u32,
    wall_s: f64,
    look: &Look,
) -> Vec<Pose> {
    eased_poses(plate, arrangement, grids, &Easing::settled(plate, step), wall_s, look)
}

/// As [`poses`], with movement that has set in only partly.
pub fn eased_poses(
    plate: &Plate,
    arrangement: &Arrangement,
    grids: &[u32],
    easing: &Easing,
    wall_s: f64,
    look: &Look,
) -> Vec<Pose> {
    let sheets = sheets(plate);
    let places = arrangement.corners_um.iter().zip(&arrangement.conditions).enumerate();
    places
        .filter_map(|(well, (corner, &number))| {
            let condition = plate.conditions.get(number)?;
            let share = easing.conditions.get(number).copied().unwrap_or_default();
            let colour = linear(match look.theme {
                Theme::Dark => on_dark(arrangement.hue(number)),
                Theme::Light => on_paper(arrangement.hue(number)),
            });
            let mut pose = Pose {
                corner_um: corner.as_vec3(),
                condition: number as u32,
                gradient: [Vec4::ZERO; 3],
                colour: Vec3::from_array(colour).extend(1.0),
                muscle_low_um: Vec3::ZERO,
                contraction: 0.0,
                muscle_high_um: Vec3::ZERO,
                light: 0.0,
                grid: grids.get(well).copied().unwrap_or(NONE),
                well: well as u32,
                holder: 0,
                moving: 0,
                axis: Vec3::X,
                fibres_upright: 0,
                movement: NONE,
                layers: 0,
                bars: 0,
                sway: 0.0,
            };
            hold_gel(&mut pose, condition, sheets[number], share.gel, wall_s, look);
            light_muscle(&mut pose, condition, share.light, wall_s);
            Some(pose)
        })
        .collect()
}

fn hold_gel(pose: &mut Pose, condition: &Condition, sheet: Option<Sheet>, share: f64, wall_s: f64, look: &Look) {
    let Some(protocol) = &condition.actuation else {
        return;
    };
    let actuation = &protocol.actuation;
    pose.holder = match protocol.strain {
        StrainMode::Uniaxial => 1,
        StrainMode::Equibiaxial | StrainMode::Shear => 2,
        StrainMode::Nonuniform(_) => sheet.map_or(0, |sheet| if sheet.bars > 0 { 2 + sheet.bars } else { 0 }),
    };
    if let Some(sheet) = sheet {
        (pose.movement, pose.layers, pose.bars) = (sheet.first, sheet.layers, sheet.first_bar);
    }
    pose.axis = Vec3::new(actuation.axis_rad.cos() as f32, actuation.axis_rad.sin() as f32, 0.0);
    if share > 0.0 {
        pose.moving = 1;
        let size = share * (TAU * phase(actuation.frequency_hz, wall_s)).sin() * drawn_larger(actuation, look);
        let gradient: DMat3 = displacement_gradient(&protocol.strain, actuation) * size;
        pose.sway = size as f32;
        pose.gradient = [gradient.x_axis, gradient.y_axis, gradient.z_axis].map(|column| column.as_vec3().extend(0.0));
    }
}

fn light_muscle(pose: &mut Pose, condition: &Condition, share: f64, wall_s: f64) {
    let Some(muscle) = &condition.muscle else {
        return;
    };
    pose.muscle_low_um = muscle.region.low_um.as_vec3();
    pose.muscle_high_um = muscle.region.high_um.as_vec3();
    pose.fibres_upright = u32::from(muscle.upright);
    if let Some(light) = muscle.light.filter(|_| share > 0.0) {
        // Soft pulses; the twitch follows its pulse and is over before the next.
        let at = phase(light.frequency_hz, wall_s);
        let pulse = |at: f64| (PI * at).sin().powi(2);
        let strength = share * light.intensity;
        pose.light = (strength * (0.35 + 0.65 * pulse(at))) as f32;
        pose.contraction = (TWITCH * strength * pulse((at - 0.12).rem_euclid(1.0)).powi(2)) as f32;
    }
}

/// The share of a cycle that is over; 0 is a quarter before the peak of the strain.
fn phase(frequency_hz: f64, wall_s: f64) -> f64 {
    (wall_s * frequency_hz.min(FASTEST_SHOWN_HZ)).rem_euclid(1.0)
}

/// The magnification of a strain as it is drawn.
pub fn drawn_larger(actuation: &Actuation, look: &Look) -> f64 {
    let asked = f64::from(look.magnify).max(0.0);
    if actuation.moves() {
        asked.min(LARGEST_DRAWN / actuation.amplitude)
    } else {
        asked
    }
}

/// The words for a gel that moves, such as "gel strained 5 %, 1 Hz, drawn 3 × larger; phase in wall-clock time";
/// `None` while it is still.
pub fn motion_words(plate: &Plate, condition: usize, step: u32, look: &Look) -> Option<String> {
    let treatment = plate.conditions.get(condition)?;
    let protocol = treatment
        .actuation
        .as_ref()
        .filter(|_| gel_moves(plate, treatment, step))?;
    let actuation = &protocol.actuation;
    let how = match &protocol.strain {
        StrainMode::Uniaxial => "strained",
        StrainMode::Equibiaxial => "strained both ways",
        StrainMode::Shear => "sheared",
        StrainMode::Nonuniform(_) => "strained unevenly, up to",
    };
    let shown = shown_slower(actuation.frequency_hz);
    Some(format!(
        "gel {how} {} %, {} Hz{shown}, drawn {} × larger; phase in wall-clock time",
        short(100.0 * actuation.amplitude),
        short(actuation.frequency_hz),
        short(drawn_larger(actuation, look)),
    ))
}

/// The words for light on a muscle, such as "light on, 1 Hz"; `None` while it is off.
pub fn light_words(plate: &Plate, condition: usize, step: u32) -> Option<String> {
    let treatment = plate.conditions.get(condition)?;
    let light = lamp(treatment).filter(|_| light_is_on(plate, treatment, step))?;
    let shown = shown_slower(light.frequency_hz);
    Some(format!("light on, {} Hz{shown}", short(light.frequency_hz)))
}

fn shown_slower(frequency_hz: f64) -> String {
    if frequency_hz > FASTEST_SHOWN_HZ {
        format!(" (shown at {FASTEST_SHOWN_HZ} Hz)")
    } else {
        String::new()
    }
}

/// A number in three digits at most, without zeros at its end.
pub fn short(number: f64) -> String {
    if number == 0.0 || !number.is_finite() {
        return number.to_string();
    }
    let digits = (2 - number.abs().log10().floor() as i32).clamp(0, 12) as usize;
    let text = format!("{number:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{self, Surroundings, builtin};

    fn reference() -> Plate {
        let text = builtin("exercise-2024").expect("it is part of the program").text;
        let read = scenario::read(text, "exercise-2024", &[], &Surroundings::none());
        let mut plate = read.expect("sound").plate;
        plate.conditions[4]
            .actuation
            .as_mut()
            .expect("it moves")
            .actuation
            .frequency_hz = 1.0;
        plate
    }

    fn at(plate: &Plate, step: u32, wall_s: f64) -> Vec<Pose> {
        let arrangement = Arrangement::of(plate, 1.5);
        poses(plate, &arrangement, &[], step, wall_s, &Look::default())
    }

    #[test]
    fn a_gel_is_at_its_largest_strain_a_quarter_into_the_cycle_and_still_outside_a_session() {
        let plate = reference();
        // Wells 12 to 14 are moved by 5 %, drawn three times larger.
        let peak = at(&plate, 0, 0.25)[12];
        assert!((peak.gradient[0].x - 0.15).abs() < 1e-6, "{peak:?}");
        assert!((peak.gradient[1].y + 0.45 * 0.15).abs() < 1e-6);
        assert_eq!((peak.holder, peak.moving), (1, 1));
        let back = at(&plate, 0, 0.75)[12];
        assert!((back.gradient[0].x + 0.15).abs() < 1e-6);
        let still = at(&plate, 60, 0.25)[12];
        assert_eq!((still.gradient, still.holder, still.moving), ([Vec4::ZERO; 3], 1, 0));
        // Clamps that nobody moves, and a well without any.
        assert_eq!((at(&plate, 0, 0.25)[9].holder, at(&plate, 0, 0.25)[9].moving), (1, 0));
        assert_eq!(at(&plate, 0, 0.25)[0].holder, 0);
    }

    #[test]
    fn muscle_shortens_after_the_light_came_on_and_only_in_a_session() {
        let plate = reference();
        let lit = at(&plate, 0, 0.55)[15];
        assert!(lit.light > 0.9 && lit.contraction > 0.03, "{lit:?}");
        let dark = at(&plate, 60, 0.55)[15];
        assert_eq!((dark.light, dark.contraction), (0.0, 0.0));
        assert!(dark.muscle_high_um.x > dark.muscle_low_um.x);
        assert_eq!(at(&plate, 0, 0.55)[0].muscle_high_um, Vec3::ZERO);
    }

    #[test]
    fn movement_ends_gently_and_then_is_over() {
        let plate = reference();
        let mut easing = Easing::settled(&plate, 0);
        assert!(easing.is_moving());
        easing.go_on(&plate, 60, 0.1);
        assert!(easing.conditions[4].gel > 0.2 && easing.conditions[4].gel < 0.95);
        easing.go_on(&plate, 60, 5.0);
        assert!(!easing.is_moving());
    }

    #[test]
    fn what_is_drawn_is_said_and_limited() {
        let mut plate = reference();
        let look = Look::default();
        let words = motion_words(&plate, 4, 0, &look);
        assert_eq!(
            words.as_deref(),
            Some("gel strained 5 %, 1 Hz, drawn 3 × larger; phase in wall-clock time")
        );
        assert_eq!(motion_words(&plate, 4, 60, &look), None);
        let text = builtin("magnet-bars").expect("it is part of the program").text;
        let read = scenario::read(text, "magnet-bars", &[], &Surroundings::none());
        assert_eq!(
            motion_words(&read.expect("sound").plate, 1, 0, &look).as_deref(),
            Some("gel strained unevenly, up to 5 %, 1 Hz, drawn 3 × larger; phase in wall-clock time")
        );
        assert_eq!(motion_words(&plate, 3, 0, &look), None, "nobody moves it");
        assert_eq!(light_words(&plate, 5, 0).as_deref(), Some("light on, 1 Hz"));
        let actuation = &mut plate.conditions[4].actuation.as_mut().expect("it moves").actuation;
        (actuation.amplitude, actuation.frequency_hz) = (0.4, 4.0);
        let words = motion_words(&plate, 4, 0, &look).expect("it moves");
        assert!(words.contains("4 Hz (shown at 1.5 Hz), drawn 1 × larger"), "{words}");
    }

    #[test]
    fn numbers_are_short() {
        for (number, text) in [
            (0.0, "0"),
            (3.0, "3"),
            (0.05, "0.05"),
            (1234.0, "1234"),
            (0.12345, "0.123"),
        ] {
            assert_eq!(short(number), text);
        }
    }
}
