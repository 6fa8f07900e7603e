//! The conditions of a plate by their names.

use super::mistake::{listed, nearest};
use super::notes::Spot;
use super::tree::{TomlNode, TomlValue, quoted};
use crate::model::plate::Condition;
use std::collections::HashMap;

/// The places of conditions by their names.
pub struct ConditionNames<'c> {
    listed: Vec<&'c str>,
    places: HashMap<&'c str, usize>,
}

impl<'c> ConditionNames<'c> {
    /// Those of a plate's conditions.
    pub fn of(conditions: &'c [Condition]) -> Self {
        let listed: Vec<&str> = conditions.iter().map(|condition| condition.name.as_str()).collect();
        let places = listed.iter().enumerate().map(|(place, name)| (*name, place)).collect();
        Self { listed, places }
    }

    /// The place of the condition that is named at `spot`.
    pub fn find(&self, spot: &Spot<'_>, node: &TomlNode) -> Option<usize> {
        let TomlValue::Text(name) = &node.value else {
            return spot.wrong_kind(node, "the name of a condition");
        };
        let index = self.places.get(name.as_str()).copied();
        if index.is_none() {
            let near = nearest(name, self.listed.iter().copied());
            let expected = format!("one of {}", listed(&self.listed));
            spot.refuse_near(format!("no condition called {}", quoted(name)), expected, near);
        }
        index
    }
}
