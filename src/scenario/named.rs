//! Names that bring documented numbers along: a genotype, or a hypothesis about a finding that studies disagree on. The
//! numbers stand on the list of resolved ones with their own grade and source; written numbers override them.

use super::brought::{Brought, Named, StudyProtocol};
use super::genotypes::GENOTYPES;
use super::hypotheses::HYPOTHESES;
use super::mistake::FilePlace;
use super::notes::Notes;
use super::quantity::Measurand;
use super::reader::Fields;
use super::resolved::{Origin, Resolved};
use super::tree::join;
use crate::model::biology::Biology;
use crate::model::parameter::{Grade, Parameter};

/// The genotype or hypothesis of that name.
pub fn find(name: &str) -> Option<&'static Named> {
    GENOTYPES.iter().chain(&HYPOTHESES).find(|named| named.name == name)
}

/// The hypothesis that a biology follows, where it names one.
pub fn hypothesis_of(biology: &Biology) -> Option<&'static Named> {
    biology.hypothesis.and_then(find)
}

/// Reads the names that a table gives: the biology with what they bring in it, and what that is.
pub fn read(fields: &Fields<'_>, base: Biology) -> (Biology, Vec<Brought>) {
    let mut biology = base;
    let mut brought: Vec<Brought> = Vec::new();
    if let Some(genotype) = chosen(fields, "genotype", &GENOTYPES, base.genotype) {
        biology.genotype = Some(genotype.name);
        brought.extend(genotype.brings);
    }
    if let Some(hypothesis) = chosen(fields, "hypothesis", &HYPOTHESES, base.hypothesis) {
        biology.hypothesis = Some(hypothesis.name);
        brought.extend(hypothesis.brings);
    }
    for number in &brought {
        biology.alter(number.path, |value| number.effect.apply(value));
    }
    (biology, brought)
}

fn chosen(fields: &Fields<'_>, key: &str, named: &'static [Named], already: Option<&str>) -> Option<&'static Named> {
    let chosen = named.get(fields.choice(key)?)?;
    if let Some(already) = already {
        let found = format!("{} within a plate of {already}", chosen.name);
        let expected = format!("one {key} for the whole plate, or one in each condition that has any");
        return fields.at(key).refused(found, expected);
    }
    Some(chosen)
}

/// Puts brought numbers on the list of resolved ones, whose rows for this table begin at `first`, but for those that are
/// written.
pub fn list(fields: &Fields<'_>, first: usize, brought: &[Brought], mut biology: Biology) {
    for number in brought {
        let Some((parameter, value)) = biology.alter(number.path, |value| value) else {
            continue;
        };
        let path = join(&fields.path_of(parameter.section), parameter.key);
        note(
            fields.notes,
            first,
            path,
            value,
            parameter,
            (number.grade, number.source),
        );
    }
}

/// As the numbers of a study's protocol are read: what is not written has its origin there.
pub fn list_protocol(notes: &Notes<'_>, first: usize, protocol: &StudyProtocol) {
    for row in &mut notes.resolved()[first..] {
        let key = row.path.rsplit('.').next().unwrap_or_default();
        if row.origin == Origin::Default && ["amplitude", "frequency", "session", "every"].contains(&key) {
            (row.origin, row.grade, row.source) = (Origin::Preset, protocol.grade, protocol.source);
        }
    }
}

fn note(
    notes: &Notes<'_>,
    first: usize,
    path: String,
    value: f64,
    parameter: &Parameter,
    (grade, source): (Grade, &'static str),
) {
    let mut resolved = notes.resolved();
    match resolved[first..].iter_mut().find(|row| row.path == path) {
        Some(row) if row.origin == Origin::Set => {}
        Some(row) => (row.origin, row.grade, row.source) = (Origin::Preset, grade, source),
        None => {
            let measure = Measurand::from(parameter.dimension);
            let mut row = Resolved::new(path, value, measure, Origin::Preset, parameter);
            (row.grade, row.source) = (grade, source);
            resolved.push(row);
        }
    }
}

/// The place of the name that a table gives, for mistakes in what it makes of the biology.
pub fn place_of(fields: &Fields<'_>) -> Option<FilePlace> {
    let keys = ["genotype", "hypothesis"];
    keys.iter().find_map(|key| fields.value(key)).map(|node| node.place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_brought_number_is_one_of_the_biology_and_is_accepted() {
        for named in GENOTYPES.iter().chain(&HYPOTHESES) {
            assert!(!named.brings.is_empty(), "{}", named.name);
            for number in named.brings {
                let mut biology = Biology::default();
                let altered = biology.alter(number.path, |value| number.effect.apply(value));
                let (parameter, value) = altered.unwrap_or_else(|| panic!("{}: {}", named.name, number.path));
                let (low, high) = parameter.accepted;
                assert!(
                    (low..=high).contains(&value),
                    "{}: {} = {value}",
                    named.name,
                    number.path
                );
                assert!(!number.source.is_empty());
            }
        }
        assert!(Biology::default().alter("growth_cone.sped", |value| value).is_none());
    }
}
