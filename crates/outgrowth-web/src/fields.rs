//! Forms as they were filled in, read as numbers.

/// The fields of a form, by name.
pub type Fields = Vec<(String, String)>;

/// The text in a field; `None` where the form has no such field.
pub fn text<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    let field = fields.iter().find(|(known, _)| known == name);
    field.map(|(_, value)| value.trim())
}

/// The number in a field.
///
/// # Errors
/// It holds none that can be taken, for people.
pub fn number(fields: &Fields, name: &str, least: f64, most: f64) -> Result<f64, String> {
    let found = text(fields, name).unwrap_or_default();
    let value = found.parse::<f64>().ok().filter(|value| (least..=most).contains(value));
    value.ok_or_else(|| format!("{name}: found \"{found}\"; expected a number from {least} to {most}"))
}

/// A choice among so many, by its place.
///
/// # Errors
/// It is none of them, for people.
pub fn place(fields: &Fields, name: &str, count: usize) -> Result<usize, String> {
    let found = text(fields, name).unwrap_or_default();
    let place = found.parse::<usize>().ok().filter(|place| *place < count);
    place.ok_or_else(|| format!("{name}: found \"{found}\"; expected one of {count}"))
}
