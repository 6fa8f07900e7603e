//! The look of the plate: colours, layers, magnification. Nothing here touches the simulation.

use crate::lesson::{LessonLayer, LessonView};

/// The ground on which everything is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// A micrograph: light on a dark ground.
    #[default]
    Dark,
    /// A drawing: ink on paper.
    Light,
}

/// The property that the colour of an axon shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColourBy {
    /// Its treatment.
    #[default]
    Condition,
    /// Its neuron.
    Neuron,
    /// The time since it grew.
    Age,
    /// Branchings between it and its neuron's first axon.
    BranchOrder,
    /// The gain of growth at its cone.
    Gain,
    /// The trophic programme of its cone, 0 to 1.
    TrophicProgramme,
    /// The mechano programme of its cone, 0 to 1.
    MechanoProgramme,
}

impl ColourBy {
    /// All there are.
    pub const ALL: [ColourBy; 7] = [
        ColourBy::Condition,
        ColourBy::Neuron,
        ColourBy::Age,
        ColourBy::BranchOrder,
        ColourBy::Gain,
        ColourBy::TrophicProgramme,
        ColourBy::MechanoProgramme,
    ];

    /// Its name in the panel.
    pub fn words(self) -> &'static str {
        match self {
            ColourBy::Condition => "condition",
            ColourBy::Neuron => "neuron",
            ColourBy::Age => "age",
            ColourBy::BranchOrder => "branch order",
            ColourBy::Gain => "gain",
            ColourBy::TrophicProgramme => "trophic programme",
            ColourBy::MechanoProgramme => "mechano programme",
        }
    }
}

/// The layers that are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layers {
    /// The myokine field.
    pub field: bool,
    /// The gel's grid, its magnets or clamps.
    pub gel: bool,
    /// Muscle fibres and the light on them.
    pub muscle: bool,
    /// Axons.
    pub axons: bool,
    /// Cell bodies.
    pub somata: bool,
    /// Growth cones.
    pub cones: bool,
}

impl Layers {
    /// Each by its name in the panel and in links, to be shown or not.
    pub fn named(&mut self) -> [(&'static str, &mut bool); 6] {
        let Self {
            field,
            gel,
            muscle,
            axons,
            somata,
            cones,
        } = self;
        [
            ("field", field),
            ("gel", gel),
            ("muscle", muscle),
            ("axons", axons),
            ("somata", somata),
            ("growth cones", cones),
        ]
    }
}

impl Default for Layers {
    fn default() -> Self {
        Self {
            field: true,
            gel: true,
            muscle: true,
            axons: true,
            somata: true,
            cones: true,
        }
    }
}

impl Layers {
    /// Those that a step of a lesson looks at; axons are always seen.
    pub fn of_step(view: &LessonView) -> Self {
        let shows = |layer| view.layers.contains(&layer);
        Self {
            field: shows(LessonLayer::Myokine),
            gel: shows(LessonLayer::Gel),
            muscle: shows(LessonLayer::Muscle),
            axons: true,
            somata: shows(LessonLayer::Somata),
            cones: shows(LessonLayer::Cones),
        }
    }
}

/// A channel of the micrograph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Axons and the cytoplasm of cell bodies, as a stain for beta-III tubulin or neurofilaments shows them.
    Axons,
    /// Nuclei, as a stain for DNA shows them.
    Nuclei,
    /// The myokine field.
    Myokine,
}

impl Channel {
    /// All there are.
    pub const ALL: [Channel; 3] = [Channel::Axons, Channel::Nuclei, Channel::Myokine];

    /// Its name in the panel and on the command line.
    pub fn words(self) -> &'static str {
        match self {
            Channel::Axons => "axons",
            Channel::Nuclei => "nuclei",
            Channel::Myokine => "myokine",
        }
    }

    /// What its gain does.
    pub fn meaning(self) -> &'static str {
        match self {
            Channel::Axons => {
                "Brightness of axons and cell bodies, as a stain for beta-III tubulin shows them; 0 × hides them"
            }
            Channel::Nuclei => "Brightness of nuclei, as a stain for DNA shows them; 0 × hides them",
            Channel::Myokine => "Brightness of the myokine field and its scale; 0 × hides it",
        }
    }
}

/// The gain of each channel: how many times brighter it is shown than usual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gains([f32; Channel::ALL.len()]);

impl Gains {
    /// Gains that can be chosen.
    pub const RANGE: std::ops::RangeInclusive<f32> = 0.0..=8.0;

    /// That of a channel.
    pub fn of(&self, channel: Channel) -> f32 {
        self.0[channel as usize]
    }

    /// That of a channel, to be changed.
    pub fn of_mut(&mut self, channel: Channel) -> &mut f32 {
        &mut self.0[channel as usize]
    }
}

impl Default for Gains {
    fn default() -> Self {
        Gains([1.0; Channel::ALL.len()])
    }
}

/// The look of the plate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Dark or light.
    pub theme: Theme,
    /// The property that the colour of an axon shows.
    pub colour_by: ColourBy,
    /// Layers that are drawn.
    pub layers: Layers,
    /// How bright each channel is.
    pub gains: Gains,
    /// The myokine whose field is shown, by its place in the plate.
    pub species: usize,
    /// The dose with the brightest colour, as a multiple of the one that the plate fixes.
    pub field_range: f32,
    /// Magnification of the gel's displacement as it is drawn.
    pub magnify: f32,
    /// Height of the field's slice in a three-dimensional gel, as a share of the gel's.
    pub slice: f32,
    /// Width of an axon on the screen, in points.
    pub axon_width_px: f32,
    /// The neuron that stands out, by its place in the world.
    pub highlighted: Option<u32>,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            theme: Theme::Dark,
            colour_by: ColourBy::Condition,
            layers: Layers::default(),
            gains: Gains::default(),
            species: 0,
            field_range: 1.0,
            magnify: 3.0,
            slice: 0.5,
            axon_width_px: 1.3,
            highlighted: None,
        }
    }
}
