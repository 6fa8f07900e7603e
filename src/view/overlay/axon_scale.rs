//! The scale of the axons' colours, where they say a number. Colours and ranges are those of `shaders/draw/colours.wgsl`.

use super::words::time;
use crate::export::palette::viridis;
use crate::view::look::ColourBy;
use crate::view::pose::short;

/// The gain that has the brightest colour.
const BRIGHTEST_GAIN: f64 = 5.0;
/// The branch order that has the brightest colour.
const HIGHEST_ORDER: f64 = 6.0;

/// The words at the ends of the scale, lowest first; `None` where the colours say no number. `hours` is the time that is
/// shown.
pub fn ends(colour_by: ColourBy, hours: f64) -> Option<[String; 2]> {
    let range =
        |low: f64, high: f64, unit: &str| Some([format!("{}{unit}", short(low)), format!("{}{unit}", short(high))]);
    match colour_by {
        ColourBy::Condition | ColourBy::Neuron => None,
        ColourBy::Age => Some([format!("{} ago", time(hours)), "now".to_owned()]),
        ColourBy::BranchOrder => range(0.0, HIGHEST_ORDER, ""),
        ColourBy::Gain => range(1.0, BRIGHTEST_GAIN, " ×"),
        ColourBy::TrophicProgramme | ColourBy::MechanoProgramme => range(0.0, 1.0, ""),
    }
}

/// The colour at a share of the scale.
pub fn colour(share: f32) -> egui::Color32 {
    super::ink::colour(viridis(share))
}
