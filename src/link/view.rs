//! How a shared experiment is looked at where it is opened: plain names and numbers, for every face. Nothing of it tells in a result,
//! and what a plate or a face lacks is left out.

use serde::{Deserialize, Serialize};

/// The view of a shared experiment. Keys that a later program adds are passed over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SharedView {
    /// The time at which it opens, h since the start; the beginning where none is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_h: Option<f64>,
    /// Whether it plays once it is there.
    #[serde(skip_serializing_if = "is_default")]
    pub plays: bool,
    /// The name of the condition that is looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// The well that fills the view, counted from 0 in the order of the scenario; the whole plate where none is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub well: Option<u32>,
    /// The names of the readouts that are plotted; the usual ones where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub plots: Vec<String>,
    /// The names of the layers that are not drawn, such as field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hidden_layers: Vec<String>,
    /// The name of the lesson that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lesson: Option<String>,
    /// The step of that lesson, counted from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lesson_step: Option<u32>,
    /// The language of its words, such as en (BCP 47).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Whether letters stand for the names of the conditions until they are revealed.
    #[serde(skip_serializing_if = "is_default")]
    pub hides_names: bool,
}

/// Whether a key can be left out.
pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
