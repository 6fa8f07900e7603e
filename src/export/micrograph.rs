//! The look of a fluorescence micrograph, which the window's shaders and `plate.png` share: channels of light that add up, each
//! shown by the same curve in a colour of its own. Light is counted in axons: one, seen close up, gives 1.

use super::palette::Colour;
use crate::model::parameters::Explant;
use crate::model::shared::shared;

shared! {
    /// Light of axons that is shown half as bright as can be.
    pub const HALF_AXONS: f32 = 1.7;
    /// Light of nuclei that is shown half as bright as can be.
    pub const HALF_NUCLEI: f32 = 6.0;
    /// Light of the cytoplasm of one soma in the channel of the axons: beta-III tubulin and neurofilaments are there too.
    pub const CYTOPLASM: f32 = 1.5;
    /// Light of one nucleus.
    pub const NUCLEUS: f32 = 7.0;
    /// Light of the axons' channel in the middle of a spheroid that its neurons would cover once: axons and cells out of focus above
    /// and below.
    pub const BALL_AXONS: f32 = 3.0;
    /// The same of nuclei.
    pub const BALL_NUCLEI: f32 = 4.5;
    /// How far that light reaches beyond the spheroid, in radii.
    pub const BALL_REACH: f32 = 1.6;
    /// Radius of the cell body of a motor neuron in culture, µm.
    pub const SOMA_UM: f32 = 9.0;
    /// Radius of its nucleus, µm.
    pub const NUCLEUS_UM: f32 = 5.0;
    /// Width of an axon, µm, as it is drawn once the view is close enough.
    pub const AXON_UM: f32 = 1.2;
    /// Where a view shows axons wider than they are their light is spread: to this power of the ratio, so that few are still seen
    /// and many do not run together.
    pub const SPREAD: f32 = 0.35;
    /// Light of an axon far from its soma, as a share of that beside it: calibre and neurofilaments decrease along it.
    pub const DISTAL: f32 = 0.5;
    /// Distance in which it comes nearer to that by a factor e, µm.
    pub const TAPER_UM: f32 = 900.0;
    /// Share of the light that the skirt of the point-spread function takes from its core.
    pub const SKIRT: f32 = 0.22;
    /// Share of the brightest light of axons that is shown white, as an overexposed micrograph shows it.
    pub const OVEREXPOSED: f32 = 0.35;
    /// The colour of nuclei (a DNA stain such as DAPI), linear light: its red.
    pub const NUCLEI_RED: f32 = 0.16;
    /// Its green.
    pub const NUCLEI_GREEN: f32 = 0.33;
    /// Its blue.
    pub const NUCLEI_BLUE: f32 = 1.0;
}

/// Most layers of somata that a spheroid is drawn with.
const MOST_LAYERS: f32 = 2.0;

/// Light of a severed axon, to that of a living one: little, so that a cut is seen at once, though what is cut off is whole for a while.
pub const SEVERED: f32 = 0.25;
/// The colour of nuclei, linear light.
pub const NUCLEI: Colour = [NUCLEI_RED, NUCLEI_GREEN, NUCLEI_BLUE];

/// The number of times that the somata of an explant would cover it: the thickness of its spheroid, as it is drawn.
pub fn layers_of(explant: &Explant) -> f32 {
    let share = f64::from(SOMA_UM) / explant.radius_um.max(f64::from(SOMA_UM));
    ((explant.neurons * share * share) as f32).min(MOST_LAYERS)
}

/// Light in the middle of a spheroid's picture that its place, as a share of its reach, leaves: a ball is thickest in its middle.
/// Twin of what `shaders/draw/spheroids.wgsl` exposes.
pub fn thickness(share: f32) -> f32 {
    let thick = (1.0 - share * share).max(0.0);
    thick * thick * thick
}

/// Light of an axon at a distance from its soma, µm, as a share of that beside it. Twin of the function in
/// `shaders/draw/axon_lines.wgsl`.
pub fn taper(from_soma_um: f32) -> f32 {
    DISTAL + (1.0 - DISTAL) * libm::expf(-from_soma_um / TAPER_UM)
}

/// Brightness, 0 to 1, of light that is half as bright as can be at `half`: in proportion where there is little, ever more slowly
/// where much lies on top of each other, so that both a single axon and a dense bundle show their structure. Twin of the function
/// in `shaders/draw/exposure.wgsl`.
pub fn brightness(light: f32, half: f32) -> f32 {
    let seen = light.max(0.0);
    seen / (seen + half)
}
