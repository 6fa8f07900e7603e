//! Logs where the controls are, so that a test or a screen reader's author can find them.

use egui::accesskit::{Role, TreeUpdate};
use std::collections::BTreeMap;

/// The place of each named control when it was last logged: left, top, right, bottom, in pixels.
#[derive(Debug, Default)]
pub struct Controls {
    said: BTreeMap<String, [i64; 4]>,
}

impl Controls {
    /// Whether anybody reads the log.
    pub fn are_wanted() -> bool {
        tracing::enabled!(tracing::Level::DEBUG)
    }

    /// Logs the places of controls that are new or elsewhere.
    pub fn log_places(&mut self, tree: &TreeUpdate, pixels_per_point: f32) {
        for (_, node) in &tree.nodes {
            let named = node.label().or_else(|| node.value()).filter(|name| !name.is_empty());
            let (Some(name), Some(bounds)) = (named, node.bounds()) else {
                continue;
            };
            if !is_control(node.role()) {
                continue;
            }
            let name = format!("{:?} {}", node.role(), name.replace('\n', " "));
            let pixels = |points: f64| (points * f64::from(pixels_per_point)).round() as i64;
            let place = [bounds.x0, bounds.y0, bounds.x1, bounds.y1].map(pixels);
            if self.said.get(&name) != Some(&place) {
                let [left, top, right, bottom] = place;
                tracing::debug!("control [{name}] at {left} {top} {right} {bottom}");
                self.said.insert(name, place);
            }
        }
    }
}

fn is_control(role: Role) -> bool {
    matches!(
        role,
        Role::Button
            | Role::Canvas
            | Role::CheckBox
            | Role::ComboBox
            | Role::RadioButton
            | Role::Slider
            | Role::SpinButton
            | Role::Tab
            | Role::TextInput
    )
}
