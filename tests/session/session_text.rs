//! Whatever can be done to a plate is written as an event that reads back to just that, at just that step.

use glam::DVec3;
use outgrowth::model::plate::{Action, Cut, Plate, StrainMode};
use outgrowth::scenario::{self, Override, Surroundings, builtin};
use outgrowth::session::Act;
use outgrowth::session::act::{Actuate, CarriedMedium, Timed};
use outgrowth::session::save::{event_text, session_text};
use proptest::prelude::*;

const BASE: &str = "exercise-2024";

fn read(text: &str, overrides: &[Override]) -> Plate {
    scenario::read(text, "session.toml", overrides, &Surroundings::none())
        .unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}"))
        .plate
}

fn timed() -> impl Strategy<Value = Timed> {
    (1u32..80, 1u32..12, 12u32..100).prop_map(|(tenths, session, every)| Timed {
        frequency_hz: f64::from(tenths) / 10.0,
        session_h: f64::from(session) / 4.0,
        every_h: f64::from(every) / 4.0,
    })
}

fn place() -> impl Strategy<Value = DVec3> {
    (0u32..600_000, 0u32..600_000).prop_map(|(x, y)| DVec3::new(f64::from(x) / 100.0, f64::from(y) / 100.0, 10.0))
}

fn act() -> impl Strategy<Value = Act> {
    let strain = prop_oneof![
        Just(StrainMode::Uniaxial),
        Just(StrainMode::Equibiaxial),
        Just(StrainMode::Shear)
    ];
    let medium = prop_oneof![
        Just(CarriedMedium::Fresh),
        Just(CarriedMedium::RestingMuscle),
        Just(CarriedMedium::ExercisedMuscle)
    ];
    prop_oneof![
        (place(), place()).prop_map(|(from_um, to_um)| Act::Cut { from_um, to_um }),
        (place(), 30u32..900, 1u32..400).prop_map(|(at_um, radius, dose)| Act::Drop {
            at_um,
            radius_um: f64::from(radius),
            species: 0,
            dose: f64::from(dose) / 100.0,
        }),
        (place(), place(), timed()).prop_map(|(from_um, to_um, timed)| Act::Magnet {
            from_um,
            to_um,
            frequency_hz: timed.frequency_hz,
            session_h: timed.session_h,
        }),
        (1u32..9000).prop_map(|speed| Act::Set {
            key: "growth_cone.speed".into(),
            value: f64::from(speed) / 100.0,
        }),
        (strain, 1u32..300, -170i32..170, timed()).prop_map(|(strain, amplitude, axis, timed)| {
            Act::Actuate(Some(Actuate {
                strain,
                amplitude: f64::from(amplitude) / 1000.0,
                axis_rad: f64::from(axis).to_radians(),
                timed,
            }))
        }),
        Just(Act::Actuate(None)),
        timed().prop_map(|timed| Act::Light(Some(timed))),
        Just(Act::Light(None)),
        medium.prop_map(Act::Medium),
    ]
}

/// Whether an event's action is what the act says.
fn is_done(act: &Act, action: &Action, step_h: f64, step: u32) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-5 * (1.0 + b.abs());
    let at_h = f64::from(step) * step_h;
    match (act, action) {
        (
            Act::Cut { from_um, to_um },
            Action::Axotomy(Cut::Line {
                from_um: from,
                to_um: to,
            }),
        ) => from_um.truncate().abs_diff_eq(from.truncate(), 0.05) && to_um.truncate().abs_diff_eq(to.truncate(), 0.05),
        (
            Act::Drop {
                at_um, radius_um, dose, ..
            },
            Action::Drop {
                at_um: at,
                radius_um: radius,
                species: 0,
                dose: given,
            },
        ) => at_um.truncate().abs_diff_eq(at.truncate(), 0.05) && near(*radius_um, *radius) && near(*dose, *given),
        (Act::Magnet { from_um, to_um, .. }, Action::Actuation(Some(protocol))) => {
            let way = (*to_um - *from_um).truncate();
            let axis = glam::DVec2::from_angle(protocol.actuation.axis_rad);
            way.perp_dot(axis).abs() < 0.2 && way.dot(axis) > 0.0 && near(protocol.actuation.start_h, at_h)
        }
        (Act::Set { value, .. }, Action::Biology(biology)) => near(*value, biology.growth_cone.speed_um_per_h),
        (Act::Actuate(Some(asked)), Action::Actuation(Some(found))) => {
            found.strain == asked.strain
                && near(found.actuation.amplitude, asked.amplitude)
                && near(found.actuation.axis_rad, asked.axis_rad)
                && near(found.actuation.frequency_hz, asked.timed.frequency_hz)
                && near(found.actuation.session_h, asked.timed.session_h)
                && near(found.actuation.every_h, asked.timed.every_h)
                && near(found.actuation.start_h, at_h)
        }
        (Act::Light(Some(asked)), Action::Light(Some(found))) => {
            near(found.frequency_hz, asked.frequency_hz)
                && near(found.session_h, asked.session_h)
                && near(found.every_h, asked.every_h)
                && near(found.start_h, at_h)
        }
        (Act::Actuate(None), Action::Actuation(None)) | (Act::Light(None), Action::Light(None)) => true,
        (Act::Medium(_), Action::Medium(_)) => true,
        _ => false,
    }
}

/// The conditions that an act may go to: light only where there is muscle.
fn whom(act: &Act, plate: &Plate, wish: usize) -> Vec<usize> {
    match act {
        Act::Light(_) => (0..plate.conditions.len())
            .filter(|&condition| plate.conditions[condition].muscle.is_some())
            .collect(),
        // A regular change of medium would wash these away, so they go where there is none.
        _ => vec![[0, 3, 4][wish % 3]],
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn an_act_reads_back_as_it_was_done(act in act(), step in 0u32..7199, wish in 0usize..3) {
        let base = builtin(BASE).expect("built in").text;
        let plate = read(base, &[]);
        let conditions = whom(&act, &plate, wish);
        let event = event_text(&act, step, &conditions, &plate);
        if let Act::Cut { from_um, to_um } | Act::Magnet { from_um, to_um, .. } = &act {
            prop_assume!(from_um.distance(*to_um) > 20.0);
        }
        let text = session_text(base, &[], &[event]).expect("written");
        prop_assert!(text.starts_with(base.trim_end()), "the scenario's own text is not kept");
        let read = read(&text, &[]);
        prop_assert_eq!(read.events.len(), 1);
        prop_assert_eq!(read.events[0].step, step);
        prop_assert_eq!(&read.events[0].conditions, &conditions);
        prop_assert!(is_done(&act, &read.events[0].action, plate.step_h, step), "{:?} was read as {:?}", act, read.events[0]);
        prop_assert!(!is_done(&act, &Action::Light(None), plate.step_h, step) || act == Act::Light(None));
        // And nothing else changed.
        let mut bare = read;
        bare.events.clear();
        prop_assert_eq!(bare, plate);
    }
}

#[test]
fn odd_steps_read_back_too() {
    let text = builtin("quick").expect("built in").text;
    for step in ["7 s", "0.3 s", "100 s", "11 min"] {
        let overrides = [
            Override::new("step", format!("{step:?}")),
            Override::new("duration", "\"770 min\""),
            Override::new("record_every", "\"77 min\""),
            Override::new("event", "[]"),
        ];
        let Ok(scenario) = scenario::read(text, "quick.toml", &overrides, &Surroundings::none()) else {
            continue;
        };
        let plate = scenario.plate;
        for at in [0, 1, 2, 3, 7, 41, plate.steps / 3, plate.steps - 1] {
            let event = event_text(&Act::Actuate(None), at, &[0], &plate);
            let text = session_text(text, &overrides, &[event]).expect("written");
            assert_eq!(read(&text, &[]).events[0].step, at, "{text}");
        }
    }
}

#[test]
fn a_session_keeps_overrides_and_earlier_events() {
    let base = builtin("quick").expect("built in").text;
    let overrides = [
        Override::new("seed", "7"),
        Override::new("growth_cone.speed", "\"6 um/h\""),
        Override::new("condition.medium and movement.wells", "2"),
        Override::new("explant.0.neurons", "60"),
    ];
    let planned = read(base, &overrides);
    let text = session_text(base, &overrides, &[]).expect("written");
    assert_eq!(read(&text, &[]), planned);
    assert_ne!(read(base, &[]), planned);

    let act = Act::Set {
        key: "mechano.gain".into(),
        value: 2.0,
    };
    let event = event_text(&act, 100, &[], &planned);
    let text = session_text(base, &overrides, std::slice::from_ref(&event)).expect("written");
    let with = read(&text, &[]);
    assert_eq!(with.seed, 7);
    assert!(with.events.len() > planned.events.len());
    // A list of events in one line cannot be continued as it stands, so it is written anew.
    let inline = "event = []\n".to_owned() + base;
    if scenario::read(&inline, "x", &[], &Surroundings::none()).is_ok() {
        let text = session_text(&inline, &[], &[event]).expect("written");
        assert!(!read(&text, &[]).events.is_empty());
    }
    assert!(session_text("name = [", &overrides, &[]).is_err());
}
