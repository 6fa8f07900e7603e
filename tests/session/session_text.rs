//! Every act on a plate is written as an event that reads back to just that, at just that step.

use glam::DVec3;
use outgrowth::model::biology::Biology;
use outgrowth::model::domain::Region;
use outgrowth::model::parameter::Dimension;
use outgrowth::model::parameters::{Actuation, Light};
use outgrowth::model::plate::{Action, Cut, MediumSource, Plate, StrainMode, StrainProtocol};
use outgrowth::scenario::quantity::{format, parse};
use outgrowth::scenario::{self, Override, Surroundings, builtin};
use outgrowth::session::Act;
use outgrowth::session::save::{event_text, session_text};
use proptest::prelude::*;
use proptest::strategy::Union;
use std::ops::Range;
use std::sync::LazyLock;

const BASE: &str = "exercise-2024";

static PLATE: LazyLock<Plate> = LazyLock::new(|| read(builtin(BASE).expect("built in").text, &[]));

fn read(text: &str, overrides: &[Override]) -> Plate {
    scenario::read(text, "session.toml", overrides, &Surroundings::none())
        .unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}"))
        .plate
}

/// Numbers as people write them: one that was written and read.
fn number(range: Range<i32>, per: f64, dimension: Dimension) -> impl Strategy<Value = f64> {
    range.prop_map(move |number| {
        let text = format(f64::from(number) / per, dimension.into());
        parse(&text, dimension.into()).expect("what is written can be read")
    })
}

/// Strategies for every variant. `like` gives one for the variant of an example and the example of the next variant: since
/// it matches without a wildcard a new variant does not compile until it has a strategy.
fn every<T: std::fmt::Debug + 'static>(
    first: T,
    like: fn(&T) -> (BoxedStrategy<T>, Option<T>),
) -> Union<BoxedStrategy<T>> {
    let (mut all, mut example) = (Vec::new(), Some(first));
    while let Some(present) = example {
        let (strategy, next) = like(&present);
        all.push(strategy);
        example = next;
    }
    Union::new(all)
}

fn place() -> impl Strategy<Value = DVec3> {
    let along = || number(0..600_000, 100.0, Dimension::Length);
    (along(), along()).prop_map(|(x, y)| DVec3::new(x, y, 0.5 * PLATE.domain.voxel_um))
}

fn two_places() -> impl Strategy<Value = (DVec3, DVec3)> {
    (place(), place()).prop_filter("a way", |(from, to)| from.distance(*to) > 20.0)
}

fn cuts(example: &Cut) -> (BoxedStrategy<Cut>, Option<Cut>) {
    match example {
        Cut::Line { .. } => (
            two_places()
                .prop_map(|(from_um, to_um)| Cut::Line { from_um, to_um })
                .boxed(),
            Some(Cut::Plane {
                at_um: DVec3::ZERO,
                normal: DVec3::X,
            }),
        ),
        Cut::Plane { .. } => (
            two_places()
                .prop_map(|(at_um, towards_um)| Cut::Plane {
                    at_um,
                    normal: towards_um - at_um,
                })
                .boxed(),
            Some(Cut::Region(Region {
                low_um: DVec3::ZERO,
                high_um: DVec3::ONE,
            })),
        ),
        Cut::Region(_) => (
            two_places()
                .prop_filter("an area", |(one, other)| (one.x != other.x) && (one.y != other.y))
                .prop_map(|(one, other)| {
                    let (mut low_um, mut high_um) = (one.min(other), one.max(other));
                    (low_um.z, high_um.z) = (0.0, PLATE.domain.size_um().z);
                    Cut::Region(Region { low_um, high_um })
                })
                .boxed(),
            None,
        ),
    }
}

/// Frequency, session and repeat.
fn sessions() -> impl Strategy<Value = (f64, f64, f64)> {
    (
        number(1..80, 10.0, Dimension::Frequency),
        number(1..12, 4.0, Dimension::Time),
        number(12..100, 4.0, Dimension::Time),
    )
}

fn lights() -> impl Strategy<Value = Light> {
    (sessions(), number(1..101, 100.0, Dimension::Fraction)).prop_map(
        |((frequency_hz, session_h, every_h), intensity)| Light {
            frequency_hz,
            intensity,
            session_h,
            every_h,
            start_h: 0.0,
        },
    )
}

fn media(example: &MediumSource) -> (BoxedStrategy<MediumSource>, Option<MediumSource>) {
    match example {
        MediumSource::Fresh => (Just(MediumSource::Fresh).boxed(), Some(MediumSource::RestingMuscle)),
        MediumSource::RestingMuscle => (
            Just(MediumSource::RestingMuscle).boxed(),
            Some(MediumSource::ExercisedMuscle(Light::default())),
        ),
        MediumSource::ExercisedMuscle(_) => (
            prop_oneof![Just(Light::default()), lights()]
                .prop_map(MediumSource::ExercisedMuscle)
                .boxed(),
            Some(MediumSource::Doses(Vec::new())),
        ),
        MediumSource::Doses(_) => (
            prop::collection::vec(number(0..400, 100.0, Dimension::Number), PLATE.myokines.len())
                .prop_map(MediumSource::Doses)
                .boxed(),
            None,
        ),
    }
}

fn strains(example: &StrainMode) -> (BoxedStrategy<StrainMode>, Option<StrainMode>) {
    let next = match example {
        StrainMode::Uniaxial => Some(StrainMode::Equibiaxial),
        StrainMode::Equibiaxial => Some(StrainMode::Shear),
        // Movements that differ from place to place need bars or a map: see the tests of the gel.
        StrainMode::Shear | StrainMode::Nonuniform(_) => None,
    };
    (Just(example.clone()).boxed(), next)
}

fn protocols() -> impl Strategy<Value = StrainProtocol> {
    (
        every(StrainMode::Uniaxial, strains),
        number(1..300, 1000.0, Dimension::Fraction),
        number(-170..170, 57.3, Dimension::Angle),
        number(20..50, 100.0, Dimension::Number),
        sessions(),
    )
        .prop_map(|(strain, amplitude, axis_rad, poisson, sessions)| {
            let (frequency_hz, session_h, every_h) = sessions;
            let actuation = Actuation {
                amplitude,
                frequency_hz,
                session_h,
                every_h,
                start_h: 0.0,
                axis_rad,
                poisson,
            };
            StrainProtocol {
                strain,
                actuation,
                resolved: false,
            }
        })
}

/// Some numbers of the biology by their keys.
type Number = (&'static str, fn(&mut Biology) -> &mut f64);
const NUMBERS: [Number; 3] = [
    ("growth_cone.speed", |biology| &mut biology.growth_cone.speed_um_per_h),
    ("branching.rate", |biology| &mut biology.branching.rate_per_h),
    ("mechano.gain", |biology| &mut biology.mechano.gain),
];

fn acts(example: &Act) -> (BoxedStrategy<Act>, Option<Act>) {
    match example {
        Act::Drop { .. } => (
            (
                place(),
                number(30..900, 1.0, Dimension::Length),
                number(1..400, 100.0, Dimension::Number),
            )
                .prop_map(|(at_um, radius_um, dose)| Act::Drop {
                    at_um,
                    radius_um,
                    species: 0,
                    dose,
                })
                .boxed(),
            Some(Act::Medium(MediumSource::Fresh)),
        ),
        Act::Medium(_) => (
            every(MediumSource::Fresh, media).prop_map(Act::Medium).boxed(),
            Some(Act::Biology {
                key: String::new(),
                value: 0.0,
            }),
        ),
        Act::Biology { .. } => (
            prop_oneof![
                number(1..9000, 100.0, Dimension::Speed).prop_map(|value| (0, value)),
                number(1..50, 1000.0, Dimension::Rate).prop_map(|value| (1, value)),
                number(100..400, 100.0, Dimension::Number).prop_map(|value| (2, value)),
            ]
            .prop_map(|(index, value)| Act::Biology {
                key: NUMBERS[index].0.to_owned(),
                value,
            })
            .boxed(),
            Some(Act::Axotomy(Cut::Region(Region {
                low_um: DVec3::ZERO,
                high_um: DVec3::ONE,
            }))),
        ),
        Act::Axotomy(_) => (
            every(
                Cut::Line {
                    from_um: DVec3::ZERO,
                    to_um: DVec3::ONE,
                },
                cuts,
            )
            .prop_map(Act::Axotomy)
            .boxed(),
            Some(Act::Magnet {
                from_um: DVec3::ZERO,
                to_um: DVec3::ONE,
                frequency_hz: 1.0,
                session_h: 1.0,
            }),
        ),
        Act::Magnet { .. } => (
            (two_places(), sessions())
                .prop_map(|((from_um, to_um), (frequency_hz, session_h, _))| Act::Magnet {
                    from_um,
                    to_um,
                    frequency_hz,
                    session_h,
                })
                .boxed(),
            Some(Act::Actuation(None)),
        ),
        Act::Actuation(_) => (
            prop::option::weighted(0.8, protocols())
                .prop_map(Act::Actuation)
                .boxed(),
            Some(Act::Light(None)),
        ),
        Act::Light(_) => (prop::option::weighted(0.8, lights()).prop_map(Act::Light).boxed(), None),
    }
}

fn any_act() -> impl Strategy<Value = Act> {
    let first = Act::Drop {
        at_um: DVec3::ZERO,
        radius_um: 1.0,
        species: 0,
        dose: 1.0,
    };
    every(first, acts)
}

/// The act that an event's action is; of the biology the number at `key`, where nothing else differs from `before`.
fn act_of(action: &Action, key: &str, before: &Biology) -> Option<Act> {
    match action.clone() {
        Action::Drop {
            at_um,
            radius_um,
            species,
            dose,
        } => Some(Act::Drop {
            at_um,
            radius_um,
            species,
            dose,
        }),
        Action::Medium(source) => Some(Act::Medium(source)),
        Action::Biology(mut biology) => {
            let (key, number) = NUMBERS.iter().find(|(known, _)| *known == key)?;
            let value = std::mem::replace(number(&mut biology), *number(&mut before.clone()));
            (*biology == *before).then(|| Act::Biology {
                key: (*key).to_owned(),
                value,
            })
        }
        Action::Axotomy(cut) => Some(Act::Axotomy(cut)),
        Action::Actuation(protocol) => Some(Act::Actuation(protocol)),
        Action::Light(light) => Some(Act::Light(light)),
        // No tool of the window does the others.
        _ => None,
    }
}

/// The act with its sessions beginning at `at_h`, a magnet as the actuation that it is: along its way, by as much as the way
/// is long beside the well.
fn begun(act: Act, at_h: f64) -> Act {
    match act {
        Act::Actuation(Some(mut protocol)) => {
            protocol.actuation.start_h = at_h;
            Act::Actuation(Some(protocol))
        }
        Act::Light(Some(light)) => Act::Light(Some(Light { start_h: at_h, ..light })),
        Act::Magnet {
            from_um,
            to_um,
            frequency_hz,
            session_h,
        } => {
            let way = (to_um - from_um).truncate();
            let edge_um = PLATE.domain.size_um().truncate().dot(way.normalize().abs());
            let actuation = Actuation {
                amplitude: (way.length() / edge_um).min(0.5),
                frequency_hz,
                session_h,
                every_h: 1e4,
                start_h: at_h,
                axis_rad: way.y.atan2(way.x),
                ..Actuation::default()
            };
            Act::Actuation(Some(StrainProtocol {
                strain: StrainMode::Uniaxial,
                actuation,
                resolved: false,
            }))
        }
        other => other,
    }
}

/// The time of a step as an event's text has it, h.
fn written_time_h(event: &str) -> f64 {
    let line = event
        .lines()
        .find_map(|line| line.strip_prefix("at = \""))
        .expect("a time");
    parse(line.trim_end_matches('"'), Dimension::Time.into()).expect("a time")
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
    #![proptest_config(ProptestConfig::with_cases(500))]
    #[test]
    fn an_act_reads_back_as_it_was_done(act in any_act(), step in 0u32..7199, wish in 0usize..3) {
        let base = builtin(BASE).expect("built in").text;
        let conditions = whom(&act, &PLATE, wish);
        let event = event_text(&act, step, &conditions, &PLATE);
        let text = session_text(base, &[], std::slice::from_ref(&event)).expect("written");
        prop_assert!(text.starts_with(base.trim_end()), "the scenario's own text is not kept");
        let read = read(&text, &[]);
        prop_assert_eq!(read.events.len(), 1);
        prop_assert_eq!(read.events[0].step, step);
        prop_assert_eq!(&read.events[0].conditions, &conditions);
        let key = if let Act::Biology { key, .. } = &act { key } else { "" };
        let before = &PLATE.conditions[conditions[0]].biology;
        let done = act_of(&read.events[0].action, key, before);
        prop_assert_eq!(done, Some(begun(act, written_time_h(&event))), "{}", event);
        // And nothing else changed.
        let mut bare = read;
        bare.events.clear();
        prop_assert_eq!(&bare, &*PLATE);
    }
}

/// A cycle that is stepped through stays so, and sessions begin with the act.
#[test]
fn what_a_protocol_says_of_cycles_is_kept_and_what_it_says_of_its_beginning_is_not() {
    let protocol = StrainProtocol {
        strain: StrainMode::Shear,
        actuation: Actuation {
            start_h: 5.0,
            ..Actuation::default()
        },
        resolved: true,
    };
    let text = event_text(&Act::Actuation(Some(protocol)), 60, &[], &PLATE);
    assert!(text.contains("resolved = true") && !text.contains("start"), "{text}");
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
            let event = event_text(&Act::Actuation(None), at, &[0], &plate);
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

    let act = Act::Biology {
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
