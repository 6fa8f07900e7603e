//! Reads a table of readouts back, to the last bit: a run that is resumed goes on with it.

use crate::model::plate::Plate;
use crate::readout::columns::{KEYS, columns};
use crate::readout::recorder::{Readouts, Row};

/// A table that is not one of a plate, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the table of readouts is not one of this plate: {what}")]
pub struct ForeignTable {
    /// The line, from 1.
    pub line: usize,
    /// The fault.
    pub what: String,
}

/// The readouts in `csv`, which a run of `plate` wrote. Columns ahead of the keys label the run and are not looked at.
///
/// # Errors
/// The table has other columns, wells or conditions than the plate, or something that is no number.
pub fn readouts_from_csv(plate: &Plate, csv: &str) -> Result<Readouts, ForeignTable> {
    let columns = columns(plate);
    let conditions: Vec<String> = plate
        .conditions
        .iter()
        .map(|condition| condition.name.clone())
        .collect();
    let names: Vec<&str> = KEYS
        .iter()
        .map(|(name, ..)| *name)
        .chain(columns.iter().map(|column| column.name.as_str()))
        .collect();
    let mut records = records(csv).into_iter();
    let foreign = |line: usize, what: &str| ForeignTable {
        line,
        what: what.to_owned(),
    };
    let (line, heading) = records.next().ok_or_else(|| foreign(1, "it is empty"))?;
    let labels = heading.len().saturating_sub(names.len());
    if !heading.iter().skip(labels).map(String::as_str).eq(names) {
        return Err(foreign(line, "other columns"));
    }
    let wells = plate.wells();
    let mut rows = Vec::new();
    for (number, (line, fields)) in records.enumerate() {
        let well = number % wells.len().max(1);
        let place = wells.get(well).ok_or_else(|| foreign(line, "the plate has no wells"))?;
        let [name, of_plate, of_condition, time, values @ ..] = fields.get(labels..).unwrap_or_default() else {
            return Err(foreign(line, "too few fields"));
        };
        let keys = [
            conditions[place.condition].clone(),
            (well + 1).to_string(),
            (place.replicate + 1).to_string(),
        ];
        if [name, of_plate, of_condition] != [&keys[0], &keys[1], &keys[2]] || values.len() != columns.len() {
            return Err(foreign(line, "another well"));
        }
        let parse = |text: &String| {
            text.parse::<f64>()
                .map_err(|_| foreign(line, &format!("{text:?} is no number")))
        };
        let value = |text: &String| {
            if text.is_empty() {
                Ok(None)
            } else {
                parse(text).map(Some)
            }
        };
        rows.push(Row {
            condition: place.condition,
            well,
            replicate: place.replicate,
            time_h: parse(time)?,
            values: values.iter().map(value).collect::<Result<_, _>>()?,
        });
    }
    Ok(Readouts {
        conditions,
        columns,
        rows,
    })
}

/// The records of a CSV text (RFC 4180) with the line that each begins on.
fn records(csv: &str) -> Vec<(usize, Vec<String>)> {
    let mut records = Vec::new();
    let mut line = 1;
    let mut begins = 1;
    let mut record = String::new();
    for text in csv.split_inclusive('\n') {
        line += 1;
        record.push_str(text);
        if is_whole(&record) {
            records.push((begins, fields(&record)));
            record.clear();
            begins = line;
        }
    }
    records
}

/// Whether a text ends a record: a line whose quotes are all closed.
pub(super) fn is_whole(record: &str) -> bool {
    record.ends_with('\n') && record.matches('"').count().is_multiple_of(2)
}

/// The fields of a record of a CSV text.
pub(super) fn fields(record: &str) -> Vec<String> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let record = record.strip_suffix('\n').unwrap_or(record);
    let mut letters = record.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            other => field.push(other),
        }
    }
    fields.push(field);
    fields
}
