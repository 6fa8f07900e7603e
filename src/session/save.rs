//! TEMPORARY
use super::act::Act;
use crate::model::plate::Plate;
use crate::scenario::Override;
pub fn event_text(_act: &Act, _at_step: u32, _conditions: &[usize], _plate: &Plate) -> String {
    String::new()
}
pub fn session_text(base: &str, _overrides: &[Override], _events: &[String]) -> Result<String, String> {
    Ok(base.to_owned())
}
