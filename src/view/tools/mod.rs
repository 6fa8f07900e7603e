//! Tools that are held over the plate: each one's name and key, the point of the plate it is put to, what it does or
//! finds there, and the marks that show it. Logic is apart from drawing.

pub mod acts;
pub mod find;
pub mod marks;
pub mod pending;
pub mod place;

use egui::{CursorIcon, Key};

/// A tool in the hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tool {
    /// Chooses wells and neurons.
    #[default]
    Pointer,
    /// Cuts axons.
    Knife,
    /// Gives a drop of myokine.
    Pipette,
    /// Moves the gel.
    Magnet,
    /// Reads field and strain.
    Probe,
    /// Measures lengths and angles.
    Ruler,
}

impl Tool {
    /// All there are, in the order of the tool bar.
    pub const ALL: [Tool; 6] = [
        Tool::Pointer,
        Tool::Knife,
        Tool::Pipette,
        Tool::Magnet,
        Tool::Probe,
        Tool::Ruler,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Tool::Pointer => "pointer",
            Tool::Knife => "knife",
            Tool::Pipette => "pipette",
            Tool::Magnet => "magnet",
            Tool::Probe => "probe",
            Tool::Ruler => "ruler",
        }
    }

    /// The key that takes it into the hand.
    pub fn key(self) -> Key {
        match self {
            Tool::Pointer => Key::V,
            Tool::Knife => Key::K,
            Tool::Pipette => Key::P,
            Tool::Magnet => Key::M,
            Tool::Probe => Key::B,
            Tool::Ruler => Key::R,
        }
    }

    /// The tool that a key takes into the hand.
    pub fn of_key(key: Key) -> Option<Tool> {
        Tool::ALL.into_iter().find(|tool| tool.key() == key)
    }

    /// The pointer over the plate.
    pub fn cursor(self) -> CursorIcon {
        match self {
            Tool::Pointer => CursorIcon::Default,
            Tool::Magnet => CursorIcon::Grab,
            Tool::Knife | Tool::Pipette | Tool::Probe | Tool::Ruler => CursorIcon::Crosshair,
        }
    }

    /// Its tooltip.
    pub fn tooltip(self) -> &'static str {
        match self {
            Tool::Pointer => {
                "Pointer (V): click a well to fill the view with it, click an axon to read its neuron. Drag to move \
                 the plate."
            }
            Tool::Knife => {
                "Knife (K): drag a line. Axons that cross it are cut at the next step, in every replicate of the \
                 well's treatment; with Shift in every treatment."
            }
            Tool::Pipette => {
                "Pipette (P): click to give a drop of myokine, in every replicate of the well's treatment; with \
                 Shift in every treatment. Radius and dose are set beside the tools."
            }
            Tool::Magnet => {
                "Magnet (M): drag to where a magnet pulls the gel. A session of movement along that way begins, in \
                 every replicate of the well's treatment; with Shift in every treatment."
            }
            Tool::Probe => "Probe (B): reads the dose and how it rises, the strain and the nearest axon.",
            Tool::Ruler => "Ruler (R): drag to measure a length and its angle; Esc takes it away.",
        }
    }

    /// Whether a drag does something with it (else it moves the plate).
    pub fn drags(self) -> bool {
        matches!(self, Tool::Knife | Tool::Magnet | Tool::Ruler)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_has_a_key_of_its_own_that_its_tooltip_names() {
        for tool in Tool::ALL {
            assert_eq!(Tool::of_key(tool.key()), Some(tool));
            let named = format!("({})", tool.key().name());
            assert!(tool.tooltip().contains(&named), "{}", tool.tooltip());
        }
        assert_eq!(Tool::of_key(Key::Z), None);
    }
}
