//! Events: deeds that are done once, and the conditions that they are done to.

use super::biology::{self, NewValue};
use super::condition::{actuation, light, medium_source, tow};
use super::condition_names::ConditionNames;
use super::culture;
use super::notes::Spot;
use super::presets;
use super::protocol;
use super::reader::Fields;
use super::setting::Setting;
use super::tables::event::DEEDS;
use super::tree::{TomlNode, TomlValue, quoted};
use super::well;
use super::words::StrainWord;
use crate::model::biology::Biology;
use crate::model::parameter::Section;
use crate::model::parameters::{Actuation, Matrix};
use crate::model::plate::{Action, Condition, Cut, Event, MusclePatch, StrainMode, StrainProtocol};
use crate::model::word::Word;

/// The deed of an event, before new numbers are applied to the biology of each condition.
enum Deed {
    Ready(Action),
    Change(Vec<NewValue>),
}

/// An event as it is told.
struct Told<'a> {
    step: u32,
    /// Indices of its conditions; all where empty.
    whom: Vec<usize>,
    deed: Deed,
    /// Where mistakes in a changed biology are noted.
    spot: Spot<'a>,
}

/// Reads every `[[event]]`, in order of their step; a change of the biology becomes one event a condition, since
/// each starts from that condition's own numbers.
pub fn read(root: &Fields<'_>, setting: &Setting<'_>, conditions: &[Condition], matrices: &[Matrix]) -> Vec<Event> {
    let mut told = Vec::new();
    let names = ConditionNames::of(conditions);
    for fields in root.tables("event") {
        let at_h = fields.setting("at");
        let step = match (at_h, setting.clock) {
            (Some(at_h), Some(clock)) => protocol::event_step(&fields, at_h, clock),
            _ => None,
        };
        let whom = conditions_at(&fields, &names);
        let reached = Whom {
            conditions,
            matrices,
            chosen: whom.as_deref().unwrap_or_default(),
        };
        let deed = deed(&fields, setting, at_h.unwrap_or(0.0), &reached);
        if let (Some(step), Some(whom), Some(deed)) = (step, whom, deed) {
            let spot = fields.at("set");
            told.push(Told { step, whom, deed, spot });
        }
    }
    told.sort_by_key(|told| told.step);
    let mut current: Vec<Biology> = conditions.iter().map(|condition| condition.biology).collect();
    let mut events = Vec::new();
    for Told { step, whom, deed, spot } in told {
        match deed {
            Deed::Ready(action) => events.push(Event {
                step,
                conditions: whom,
                action,
            }),
            Deed::Change(values) => {
                let whom = if whom.is_empty() {
                    (0..conditions.len()).collect()
                } else {
                    whom
                };
                // Each condition keeps a biology of its own.
                let bytes = (whom.len() * (size_of::<Biology>() + size_of::<Event>())) as f64;
                let remedy = "use fewer events or conditions";
                if let Err((found, expected)) = setting.budget.take("a change of the biology", bytes, bytes, remedy) {
                    spot.refuse(found, expected);
                    break;
                }
                for condition in whom {
                    current[condition] = biology::change(&spot, &current[condition], &values);
                    events.push(Event {
                        step,
                        conditions: vec![condition],
                        action: Action::Biology(Box::new(current[condition])),
                    });
                }
            }
        }
    }
    events
}

fn conditions_at(fields: &Fields<'_>, names: &ConditionNames<'_>) -> Option<Vec<usize>> {
    let Some(node) = fields.value("condition") else {
        return Some(Vec::new());
    };
    let spot = fields.at("condition");
    let written: Vec<&TomlNode> = match &node.value {
        TomlValue::Text(_) => vec![node],
        TomlValue::List(list) if !list.is_empty() => list.iter().collect(),
        _ => return spot.wrong_kind(node, "the name of a condition, or a list of names"),
    };
    let found: Vec<Option<usize>> = written
        .into_iter()
        .map(|node| names.find(&spot.part(node.place), node))
        .collect();
    let mut found: Vec<usize> = found.into_iter().collect::<Option<_>>()?;
    found.sort_unstable();
    found.dedup();
    Some(found)
}

fn deed(fields: &Fields<'_>, setting: &Setting<'_>, at_h: f64, whom: &Whom<'_>) -> Option<Deed> {
    let known: Vec<&str> = DEEDS.iter().map(|key| key.name).collect();
    let deeds: Vec<&str> = known.iter().copied().filter(|key| fields.has(key)).collect();
    let action = match deeds.as_slice() {
        ["set"] => {
            let values = biology::read_new_values(&fields.at("set"), fields.value("set")?);
            return Some(Deed::Change(values));
        }
        ["drop"] => drop_of(&fields.table("drop")?, setting),
        ["medium"] => medium_source(&fields.table("medium")?, setting).map(Action::Medium),
        ["axotomy"] => cut(&fields.table("axotomy")?, setting).map(Action::Axotomy),
        ["actuation"] => {
            let matrix = whom.matrix(fields, setting);
            let muscle = whom.muscle(fields);
            let protocol = fields.table_or_off("actuation")?.map(|table| {
                let mut protocol = actuation(&table, setting, &setting.biology, &matrix, muscle.as_ref());
                begin_now(&table, &mut protocol.actuation.start_h, at_h);
                protocol
            });
            Some(Action::Actuation(protocol))
        }
        ["tow"] => {
            let tow = fields.table_or_off("tow")?.map(|table| {
                let mut tow = tow(&table, setting);
                begin_now(&table, &mut tow.start_h, at_h);
                tow
            });
            Some(Action::Tow(tow))
        }
        ["light"] => {
            let light = fields.table_or_off("light")?.map(|table| {
                let mut light = light(&table, setting);
                begin_now(&table, &mut light.start_h, at_h);
                light
            });
            whom.check_muscle(fields).then_some(Action::Light(light))
        }
        ["magnet"] => magnet(&fields.table("magnet")?, setting, at_h),
        several => {
            let found = if several.is_empty() {
                "an event that does nothing".to_owned()
            } else {
                several.join(" and ")
            };
            let expected = format!("one of {}", known.join(", "));
            fields.here().refused(found, expected)
        }
    };
    action.map(Deed::Ready)
}

/// Sessions that an event brings begin with it, unless it says when.
fn begin_now(fields: &Fields<'_>, start_h: &mut f64, at_h: f64) {
    if !fields.has("start") {
        *start_h = at_h;
    }
}

/// The conditions that an event happens to.
struct Whom<'c> {
    conditions: &'c [Condition],
    matrices: &'c [Matrix],
    chosen: &'c [usize],
}

impl<'c> Whom<'c> {
    /// Those of `all`, which has one item a condition, that the event reaches.
    fn of<T>(&self, all: &'c [T]) -> impl Iterator<Item = &'c T> {
        let chosen = self.chosen;
        let all = all.iter().enumerate();
        all.filter(|(index, _)| chosen.is_empty() || chosen.contains(index))
            .map(|(_, item)| item)
    }

    /// The gel that all of them have; notes where it differs and that matters.
    fn matrix(&self, fields: &Fields<'_>, setting: &Setting<'_>) -> Matrix {
        let mut own = self.of(self.matrices);
        let first = own.next().copied().unwrap_or(setting.matrix);
        let by_bars = written_in_actuation(fields, "bars").is_some();
        if by_bars && own.any(|matrix| *matrix != first) {
            refuse_several(fields, "gels");
        }
        first
    }

    /// The muscle that all of them have; notes where it differs and that matters.
    fn muscle(&self, fields: &Fields<'_>) -> Option<MusclePatch> {
        let mut own = self.of(self.conditions).map(|condition| &condition.muscle);
        let first = own.next().cloned().flatten();
        let strain = written_in_actuation(fields, "strain");
        let by_muscle = matches!(strain, Some(TomlValue::Text(word)) if word == StrainWord::Muscle.word());
        if by_muscle && own.any(|muscle| *muscle != first) {
            refuse_several(fields, "muscles");
        }
        first
    }

    /// Notes a condition that has no muscle to be lit.
    fn check_muscle(&self, fields: &Fields<'_>) -> bool {
        let without = self.of(self.conditions).find(|condition| condition.muscle.is_none());
        if let Some(condition) = without {
            let found = format!("light on {}, which has no muscle", quoted(&condition.name));
            let expected = "conditions with muscle beside the neurons";
            fields.at("light").refuse(found, expected);
        }
        without.is_none()
    }
}

/// A value of the table at `actuation`, before that is read.
fn written_in_actuation<'a>(fields: &Fields<'a>, key: &str) -> Option<&'a TomlValue> {
    let node = fields.value("actuation")?.as_table()?.get(key)?;
    Some(&node.value)
}

/// Notes that an event's conditions differ where it needs them to be alike.
fn refuse_several(fields: &Fields<'_>, what: &str) {
    let spot = fields
        .notes
        .spot(fields.at("actuation").place, fields.path_of("condition"));
    let expected = format!("one event for each condition, as their {what} differ");
    spot.refuse("several conditions", expected);
}

/// Reads where axons are cut.
fn cut(fields: &Fields<'_>, setting: &Setting<'_>) -> Option<Cut> {
    let keys = ["from", "to", "at", "towards", "region"];
    let given: Vec<&str> = keys.into_iter().filter(|&key| fields.has(key)).collect();
    match given.as_slice() {
        ["region"] => Some(Cut::Region(well::region(fields, "region", setting.domain)?)),
        ["at", "towards"] => {
            let (at_um, towards_um) = well::line(fields, setting.domain, ["at", "towards"])?;
            let normal = towards_um - at_um;
            Some(Cut::Plane { at_um, normal })
        }
        ["from", "to"] => {
            let (from_um, to_um) = well::line(fields, setting.domain, ["from", "to"])?;
            Some(Cut::Line { from_um, to_um })
        }
        [one] => {
            let other = match *one {
                "from" => "to",
                "to" => "from",
                "at" => "towards",
                _ => "at",
            };
            fields.missing(other, &format!("a place, as {one} is given"));
            None
        }
        _ => {
            let found = if given.is_empty() {
                "nothing to cut".to_owned()
            } else {
                given.join(" and ")
            };
            let expected = "a line (from and to), a plane (at and towards) or a box (region)";
            fields.here().refused(found, expected)
        }
    }
}

/// A magnet beside the gel strains it along its way, by as much as the way is long beside the well; one session.
fn magnet(fields: &Fields<'_>, setting: &Setting<'_>, at_h: f64) -> Option<Action> {
    let [frequency, session] = ["frequency", "session"].map(|key| fields.setting(key));
    let (from, to) = well::line(fields, setting.domain, ["from", "to"])?;
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
    Some(Action::Actuation(Some(StrainProtocol {
        strain: StrainMode::Uniaxial,
        actuation,
        resolved: false,
    })))
}

/// So long until the next session that there is none.
const ONCE_H: f64 = 1e4;

fn drop_of(fields: &Fields<'_>, setting: &Setting<'_>) -> Option<Action> {
    let at_um = well::point(fields, "at", setting.domain);
    let radius_um = fields.setting("radius");
    let species = culture::species_at(fields, setting.species)?;
    let dose = fields.setting_in("dose", presets::doses_of(&setting.species[species].name));
    Some(Action::Drop {
        at_um: at_um?,
        radius_um: radius_um?,
        species,
        dose: dose?,
    })
}
