//! Events: what happens once, and to which conditions.

use super::biology::{self, Change};
use super::condition::{Setting, medium_source};
use super::culture;
use super::mistake::{Place, nearest};
use super::protocol;
use super::reader::{Fields, Reader};
use super::tree::{Node, Value, quoted};
use super::well;
use crate::model::plate::{Action, Biology, Condition, DoseUnit, Event};

/// What an event does, before new numbers are applied to the biology of each condition.
enum Deed {
    Ready(Action),
    Change(Vec<Change>),
}

/// Reads every `[[event]]`, in order of their step; a change of the biology becomes one event a condition, since
/// each starts from that condition's own numbers.
pub fn read(reader: &mut Reader<'_>, root: &Fields<'_>, setting: &Setting<'_>, conditions: &[Condition]) -> Vec<Event> {
    let mut told: Vec<(u32, Vec<usize>, Deed, Place, String)> = Vec::new();
    for fields in reader.tables(root, "event") {
        let at_h = reader.setting(&fields, "at", DoseUnit::Relative);
        let step = match (at_h, setting.clock) {
            (Some(at_h), Some(clock)) => protocol::event_step(reader, &fields, at_h, clock),
            _ => None,
        };
        let whom = conditions_at(reader, &fields, conditions);
        let deed = deed(reader, &fields, setting);
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
                    current[condition] = biology::changed(reader, place, &path, &current[condition], &changes);
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

fn deed(reader: &mut Reader<'_>, fields: &Fields<'_>, setting: &Setting<'_>) -> Option<Deed> {
    let deeds: Vec<&str> = ["drop", "medium", "set", "axotomy"]
        .into_iter()
        .filter(|&key| fields.table.get(key).is_some())
        .collect();
    let expected = "one of drop, medium or set";
    match deeds.as_slice() {
        ["drop"] => drop_of(reader, fields, setting),
        ["medium"] => {
            let medium = reader.table(fields, "medium")?;
            medium_source(reader, &medium, setting).map(|from| Deed::Ready(Action::Medium(from)))
        }
        ["set"] => {
            let node = fields.table.get("set")?;
            Some(Deed::Change(biology::changes(reader, node, &fields.path_of("set"))))
        }
        [] => {
            reader.mistake(fields.place, &fields.path, "an event that does nothing", expected);
            None
        }
        ["axotomy"] => None,
        several => {
            reader.mistake(fields.place, &fields.path, several.join(" and "), expected);
            None
        }
    }
}

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
