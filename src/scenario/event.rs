//! Events: what happens once, and to which conditions.

use super::biology::{self, NewValue};
use super::condition::{Setting, actuation, light, medium_source, tow};
use super::culture;
use super::mistake::{Place, nearest};
use super::protocol;
use super::reader::{Fields, Reader};
use super::tree::{Node, Value, quoted};
use super::well;
use crate::model::biology::Biology;
use crate::model::parameter::Section;
use crate::model::parameters::{Actuation, Matrix};
use crate::model::plate::{Action, Condition, Cut, DoseUnit, Event, MusclePatch, StrainMode, StrainProtocol};
use glam::DVec3;

/// What an event does, before new numbers are applied to the biology of each condition.
enum Deed {
    Ready(Action),
    Change(Vec<NewValue>),
}

/// Reads every `[[event]]`, in order of their step; a change of the biology becomes one event a condition, since
/// each starts from that condition's own numbers.
pub fn read(
    reader: &mut Reader<'_>,
    root: &Fields<'_>,
    setting: &Setting<'_>,
    conditions: &[Condition],
    matrices: &[Matrix],
) -> Vec<Event> {
    let mut told: Vec<(u32, Vec<usize>, Deed, Place, String)> = Vec::new();
    for fields in reader.tables(root, "event") {
        let at_h = reader.setting(&fields, "at", DoseUnit::Relative);
        let step = match (at_h, setting.clock) {
            (Some(at_h), Some(clock)) => protocol::event_step(reader, &fields, at_h, clock),
            _ => None,
        };
        let whom = conditions_at(reader, &fields, conditions);
        let whom_told = Whom {
            conditions,
            matrices,
            chosen: whom.as_deref().unwrap_or_default(),
        };
        let deed = deed(reader, &fields, setting, at_h.unwrap_or(0.0), &whom_told);
        if let (Some(step), Some(whom), Some(deed)) = (step, whom, deed) {
            told.push((step, whom, deed, fields.place_of("set"), fields.path_of("set")));
        }
    }
    told.sort_by_key(|&(step, ..)| step);
    let mut current: Vec<Biology> = conditions.iter().map(|condition| condition.biology).collect();
    let mut events = Vec::new();
    for (step, whom, deed, place, path) in told {
        match deed {
            Deed::Ready(action) => events.push(Event {
                step,
                conditions: whom,
                action,
            }),
            Deed::Change(changes) => {
                let whom = if whom.is_empty() {
                    (0..conditions.len()).collect()
                } else {
                    whom
                };
                for condition in whom {
                    current[condition] = biology::change(reader, place, &path, &current[condition], &changes);
                    let action = Action::Biology(Box::new(current[condition]));
                    events.push(Event {
                        step,
                        conditions: vec![condition],
                        action,
                    });
                }
            }
        }
    }
    events
}

fn conditions_at(reader: &mut Reader<'_>, fields: &Fields<'_>, conditions: &[Condition]) -> Option<Vec<usize>> {
    let Some(node) = fields.table.get("condition") else {
        return Some(Vec::new());
    };
    let path = fields.path_of("condition");
    let listed: Vec<&Node> = match &node.value {
        Value::Text(_) => vec![node],
        Value::List(list) if !list.is_empty() => list.iter().collect(),
        _ => {
            reader.wrong_kind(node, &path, "the name of a condition, or a list of names");
            return None;
        }
    };
    let names: Vec<&str> = conditions.iter().map(|condition| condition.name.as_str()).collect();
    let found: Vec<Option<usize>> = listed
        .into_iter()
        .map(|node| {
            let Value::Text(name) = &node.value else {
                reader.wrong_kind(node, &path, "the name of a condition");
                return None;
            };
            let index = names.iter().position(|known| known == name);
            if index.is_none() {
                let near = nearest(name, names.iter().copied());
                let expected = format!("one of {}", names.join(", "));
                reader.mistake_near(
                    node.place,
                    &path,
                    format!("no condition called {}", quoted(name)),
                    expected,
                    near,
                );
            }
            index
        })
        .collect();
    let mut found: Vec<usize> = found.into_iter().collect::<Option<_>>()?;
    found.sort_unstable();
    found.dedup();
    Some(found)
}

/// What an event may do.
const DEEDS: [&str; 8] = [
    "drop",
    "medium",
    "set",
    "axotomy",
    "actuation",
    "tow",
    "light",
    "magnet",
];

fn deed(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    setting: &Setting<'_>,
    at_h: f64,
    whom: &Whom<'_>,
) -> Option<Deed> {
    let deeds: Vec<&str> = DEEDS
        .into_iter()
        .filter(|&key| fields.table.get(key).is_some())
        .collect();
    let expected = "one of drop, medium, set, axotomy, actuation, tow, light or magnet";
    match deeds.as_slice() {
        ["drop"] => drop_of(reader, fields, setting),
        ["medium"] => {
            let medium = reader.table(fields, "medium")?;
            medium_source(reader, &medium, setting).map(|from| Deed::Ready(Action::Medium(from)))
        }
        ["set"] => {
            let node = fields.table.get("set")?;
            Some(Deed::Change(biology::read_new_values(
                reader,
                node,
                &fields.path_of("set"),
            )))
        }
        ["axotomy"] => axotomy(reader, fields, setting),
        ["actuation"] => {
            let matrix = whom.matrix(reader, fields, setting);
            let muscle = whom.muscle(reader, fields);
            let table = reader.table_or_off(fields, "actuation")?;
            let protocol = table.map(|table| {
                let mut protocol = actuation(reader, &table, setting, &setting.biology, &matrix, muscle.as_ref());
                begin_now(&table, &mut protocol.actuation.start_h, at_h);
                protocol
            });
            Some(Deed::Ready(Action::Actuation(protocol)))
        }
        ["tow"] => {
            let table = reader.table_or_off(fields, "tow")?;
            let tow = table.map(|table| {
                let mut tow = tow(reader, &table, setting);
                begin_now(&table, &mut tow.start_h, at_h);
                tow
            });
            Some(Deed::Ready(Action::Tow(tow)))
        }
        ["light"] => {
            let table = reader.table_or_off(fields, "light")?;
            let light = table.map(|table| {
                let mut light = light(reader, &table, setting);
                begin_now(&table, &mut light.start_h, at_h);
                light
            });
            whom.check_muscle(reader, fields)
                .then_some(Deed::Ready(Action::Light(light)))
        }
        ["magnet"] => magnet(reader, fields, setting, at_h),
        [] => {
            reader.mistake(fields.place, &fields.path, "an event that does nothing", expected);
            None
        }
        several => {
            reader.mistake(fields.place, &fields.path, several.join(" and "), expected);
            None
        }
    }
}

/// Sessions that an event brings begin with it, unless it says when.
fn begin_now(fields: &Fields<'_>, start_h: &mut f64, at_h: f64) {
    if fields.table.get("start").is_none() {
        *start_h = at_h;
    }
}

/// Whom an event happens to.
struct Whom<'c> {
    conditions: &'c [Condition],
    matrices: &'c [Matrix],
    chosen: &'c [usize],
}

impl Whom<'_> {
    /// The gel that all of them have; notes where it differs and that matters.
    fn matrix(&self, reader: &mut Reader<'_>, fields: &Fields<'_>, setting: &Setting<'_>) -> Matrix {
        let all = self.matrices.iter().enumerate();
        let mut own = all.filter(|(index, _)| self.chosen.is_empty() || self.chosen.contains(index));
        let first = own.next().map_or(setting.matrix, |(_, matrix)| *matrix);
        let with_force = fields
            .table
            .get("actuation")
            .and_then(Node::as_table)
            .is_some_and(|table| table.get("bars").is_some());
        if with_force && own.any(|(_, matrix)| *matrix != first) {
            let expected = "one event for each condition, as their gels differ";
            reader.mistake(
                fields.place_of("actuation"),
                &fields.path_of("condition"),
                "several conditions",
                expected,
            );
        }
        first
    }

    /// The muscle that all of them have; notes where it differs and that matters.
    fn muscle(&self, reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<MusclePatch> {
        let all = self.conditions.iter().enumerate();
        let mut own = all.filter(|(index, _)| self.chosen.is_empty() || self.chosen.contains(index));
        let first = own.next().and_then(|(_, condition)| condition.muscle.clone());
        let table = fields.table.get("actuation").and_then(Node::as_table);
        let by_muscle = table.is_some_and(|table| {
            let strain = table.get("strain").map(|node| &node.value);
            matches!(strain, Some(Value::Text(word)) if word == "muscle")
        });
        if by_muscle && own.any(|(_, condition)| condition.muscle != first) {
            let expected = "one event for each condition, as their muscles differ";
            reader.mistake(
                fields.place_of("actuation"),
                &fields.path_of("condition"),
                "several conditions",
                expected,
            );
        }
        first
    }

    /// Notes a condition that has no muscle to be lit.
    fn check_muscle(&self, reader: &mut Reader<'_>, fields: &Fields<'_>) -> bool {
        let without = self
            .conditions
            .iter()
            .enumerate()
            .filter(|(index, _)| self.chosen.is_empty() || self.chosen.contains(index))
            .find(|(_, condition)| condition.muscle.is_none());
        if let Some((_, condition)) = without {
            let found = format!("light on {}, which has no muscle", quoted(&condition.name));
            let expected = "conditions with muscle beside the neurons";
            reader.mistake(fields.place_of("light"), &fields.path_of("light"), found, expected);
        }
        without.is_none()
    }
}

fn axotomy(reader: &mut Reader<'_>, fields: &Fields<'_>, setting: &Setting<'_>) -> Option<Deed> {
    let fields = reader.table(fields, "axotomy")?;
    let given: Vec<&str> = ["from", "to", "at", "towards", "region"]
        .into_iter()
        .filter(|&key| fields.table.get(key).is_some())
        .collect();
    let cut = match given.as_slice() {
        ["region"] => Cut::Region(well::region(reader, &fields, setting.domain)?),
        ["at", "towards"] => {
            let (at_um, towards_um) = line(reader, &fields, setting, ["at", "towards"])?;
            Cut::Plane {
                at_um,
                normal: towards_um - at_um,
            }
        }
        ["from", "to"] => {
            let (from_um, to_um) = line(reader, &fields, setting, ["from", "to"])?;
            Cut::Line { from_um, to_um }
        }
        [one] if *one != "region" => {
            let other = match *one {
                "from" => "to",
                "to" => "from",
                "at" => "towards",
                _ => "at",
            };
            reader.missing(&fields, other, &format!("a place, as {one} is given"));
            return None;
        }
        _ => {
            let found = if given.is_empty() {
                "nothing to cut".to_owned()
            } else {
                given.join(" and ")
            };
            let expected = "a line (from and to), a plane (at and towards) or a box (region)";
            reader.mistake(fields.place, &fields.path, found, expected);
            return None;
        }
    };
    Some(Deed::Ready(Action::Axotomy(cut)))
}

/// Two different points at `keys`. Those of a line, which goes through the whole height of a slab, differ as seen from above.
fn line(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    setting: &Setting<'_>,
    keys: [&str; 2],
) -> Option<(DVec3, DVec3)> {
    let [one, other] = keys.map(|key| well::point(reader, fields, key, setting.domain));
    let (one, other) = (one?, other?);
    let same = one.truncate() == other.truncate() && (keys[0] == "from" || one == other);
    if same {
        let expected = format!("another place than {}", keys[0]);
        let (place, path) = (fields.place_of(keys[1]), fields.path_of(keys[1]));
        reader.mistake(place, &path, "the same place", expected);
        return None;
    }
    Some((one, other))
}

/// A magnet beside the gel strains it along its way, by as much as the way is long beside the well; one session.
fn magnet(reader: &mut Reader<'_>, fields: &Fields<'_>, setting: &Setting<'_>, at_h: f64) -> Option<Deed> {
    let fields = reader.table(fields, "magnet")?;
    let [frequency, session] = ["frequency", "session"].map(|key| reader.setting(&fields, key, DoseUnit::Relative));
    let (from, to) = line(reader, &fields, setting, ["from", "to"])?;
    let size_um = setting.domain?.size_um().truncate();
    let way = (to - from).truncate();
    let along = way.normalize();
    // The well's edge as seen along the way.
    let edge_um = size_um.dot(along.abs());
    let most = Actuation::parameter("amplitude").map_or(0.5, |parameter| parameter.accepted.1);
    let actuation = Actuation {
        amplitude: (way.length() / edge_um).min(most),
        frequency_hz: frequency?,
        session_h: session?,
        every_h: ONCE_H,
        start_h: at_h,
        axis_rad: way.y.atan2(way.x),
        ..Actuation::default()
    };
    Some(Deed::Ready(Action::Actuation(Some(StrainProtocol {
        strain: StrainMode::Uniaxial,
        actuation,
        resolved: false,
    }))))
}

/// So long until the next session that there is none.
const ONCE_H: f64 = 1e4;

fn drop_of(reader: &mut Reader<'_>, fields: &Fields<'_>, setting: &Setting<'_>) -> Option<Deed> {
    let fields = reader.table(fields, "drop")?;
    let at_um = well::point(reader, &fields, "at", setting.domain);
    let radius_um = reader.setting(&fields, "radius", DoseUnit::Relative);
    let species = culture::species_at(reader, &fields, setting.species);
    let unit = species.map_or(DoseUnit::Relative, |index| setting.species[index].unit);
    let dose = species.and_then(|_| reader.setting(&fields, "dose", unit));
    Some(Deed::Ready(Action::Drop {
        at_um: at_um?,
        radius_um: radius_um?,
        species: species?,
        dose: dose?,
    }))
}
