//! The plate: wells that advance together, as a biologist would describe them. All numbers in model units
//! (µm, h, rad, fractions); a scenario file resolves to this, the engines read the tables made from it.

use super::biology::Biology;
use super::domain::{Domain, Region};
use super::gel::motion::Motion;
use super::parameters::{Actuation, Explant, Light, Muscle, Myokine, Tow, Variation};
use glam::DVec3;
use std::sync::Arc;

/// A run: what is on the plate, for how long, and when it is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Plate {
    /// The name of the run.
    pub name: String,
    /// Seed of every random draw.
    pub seed: u64,
    /// Length of a step, h.
    pub step_h: f64,
    /// Steps of the whole run.
    pub steps: u32,
    /// Steps from one row of readouts to the next; `steps` is a multiple of it or the last row comes early.
    pub record_every: u32,
    /// The space that every well has.
    pub domain: Domain,
    /// The spheroids that every well holds.
    pub explants: Vec<PlacedExplant>,
    /// The myokines in play; empty where none is.
    pub myokines: Vec<Species>,
    /// The answer of muscle to light, in a well and in a donor dish alike.
    pub muscle: Muscle,
    /// How neurons, explants and cultures differ.
    pub variation: Variation,
    /// Treatments, in the order of the scenario.
    pub conditions: Vec<Condition>,
    /// Single events, in order of their step.
    pub events: Vec<Event>,
    /// Places at which axons are counted.
    pub landmarks: Landmarks,
}

/// Places in a well at which axons are counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Landmarks {
    /// Distances from the edge of their explant, in rising order, µm.
    pub distances_um: Vec<f64>,
    /// Gates that they may go through.
    pub gates: Vec<Gate>,
    /// Parts in which synapses are counted.
    pub parts: Vec<Part>,
}

impl Default for Landmarks {
    /// The distances of Sholl's circles that are counted unless a scenario says otherwise, and no gate and no part.
    fn default() -> Self {
        Self {
            distances_um: vec![100.0, 200.0, 500.0, 1000.0],
            gates: Vec::new(),
            parts: Vec::new(),
        }
    }
}

/// A part of every well.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name on the plate.
    pub name: String,
    /// The box that it is.
    pub region: Region,
}

/// A gate: a line in the plane, in a slab a wall over it through the whole height.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// Its name on the plate.
    pub name: String,
    /// One end, µm.
    pub from_um: DVec3,
    /// The other, µm.
    pub to_um: DVec3,
}

/// A spheroid of motor neurons at its place in the well.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedExplant {
    /// Centre, µm.
    pub at_um: DVec3,
    /// Its documented numbers.
    pub explant: Explant,
}

/// A named myokine.
#[derive(Clone, Debug, PartialEq)]
pub struct Species {
    /// Its name.
    pub name: String,
    /// The unit of its doses: `relative` (to exercised medium) or `nM`.
    pub unit: DoseUnit,
    /// Its documented numbers.
    pub myokine: Myokine,
}

/// The unit of a myokine's doses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoseUnit {
    /// Relative to medium conditioned by exercised muscle.
    Relative,
    /// Nanomolar.
    Nanomolar,
}

impl DoseUnit {
    /// The unit as it stands behind a number.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Relative => "× exercised medium",
            Self::Nanomolar => "nM",
        }
    }
}

/// A treatment and its replicate wells.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Its name on the plate.
    pub name: String,
    /// The plate that it was packed from: what its wells' draws follow.
    pub origin: Origin,
    /// Replicate wells.
    pub wells: u32,
    /// The biology in these wells.
    pub biology: Biology,
    /// Medium that is brought to them; `None` where the medium is never changed and starts without myokine.
    pub medium: Option<Medium>,
    /// Movement of the gel; `None` where it is still.
    pub actuation: Option<StrainProtocol>,
    /// Pull on the growth cones; `None` where they are left to themselves.
    pub tow: Option<Tow>,
    /// Muscle beside the neurons; `None` where there is none.
    pub muscle: Option<MusclePatch>,
    /// Steady sources and sinks of a myokine.
    pub sources: Vec<SteadySource>,
    /// Regions held at a concentration.
    pub reservoirs: Vec<Reservoir>,
    /// Whether its field begins where muscle at rest, sources and reservoirs would have brought it in the long run, not without
    /// myokine.
    pub at_rest: bool,
    /// Whether a drop was given to its wells: their field, uniform before, is so no longer.
    pub disturbed: bool,
}

impl Condition {
    /// Wells with this biology to which nothing is done.
    pub fn untreated(name: impl Into<String>, wells: u32, biology: Biology) -> Self {
        Self {
            name: name.into(),
            origin: Origin::default(),
            wells,
            biology,
            medium: None,
            actuation: None,
            tow: None,
            muscle: None,
            sources: Vec::new(),
            reservoirs: Vec::new(),
            at_rest: false,
            disturbed: false,
        }
    }
}

/// The plate, seed and condition that the draws of a condition's wells follow where they are not its own: its wells are then those
/// of that plate, to the bit. So several plates are packed into one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Name of the plate.
    pub plate: Option<String>,
    /// Its seed.
    pub seed: Option<u64>,
    /// Name of the condition on it.
    pub condition: Option<String>,
}

/// Medium carried to a well from elsewhere: the whole medium is replaced, so the field becomes uniform.
#[derive(Clone, Debug, PartialEq)]
pub struct Medium {
    /// Its source.
    pub from: MediumSource,
    /// From one change to the next, h.
    pub every_h: f64,
    /// Time at which it is first brought, h.
    pub start_h: f64,
}

/// The source of carried medium.
#[derive(Clone, Debug, PartialEq)]
pub enum MediumSource {
    /// Never met by muscle: no myokine.
    Fresh,
    /// Conditioned by resting muscle.
    RestingMuscle,
    /// Conditioned by muscle exercised with this light.
    ExercisedMuscle(Light),
    /// Made up by hand: a dose of each myokine, in the order of [`Plate::myokines`].
    Doses(Vec<f64>),
}

/// The protocol by which the gel is moved.
#[derive(Clone, Debug, PartialEq)]
pub struct StrainProtocol {
    /// The kind of movement.
    pub strain: StrainMode,
    /// Its documented numbers; an amplitude of 0 is a gel with magnets that nobody moves.
    pub actuation: Actuation,
    /// Whether each cycle is stepped through (the step must be at most 1/20 of a period) or averaged.
    pub resolved: bool,
}

/// The mode in which the gel is strained.
#[derive(Clone, Debug, PartialEq)]
pub enum StrainMode {
    /// Stretched along the axis, narrower across it by Poisson's ratio.
    Uniaxial,
    /// Stretched alike along both directions of the plane.
    Equibiaxial,
    /// Simple shear along the axis.
    Shear,
    /// Otherwise from place to place: by magnet bars, or as it was measured.
    Nonuniform(Arc<Motion>),
}

/// A region of muscle fibres in a well, under light.
#[derive(Clone, Debug, PartialEq)]
pub struct MusclePatch {
    /// The box that the fibres fill.
    pub region: Region,
    /// The light on it; `None` for muscle left at rest.
    pub light: Option<Light>,
    /// The part of it that the light falls on; `None` for all of it.
    pub lit: Option<Region>,
    /// Whether its fibres run along y, else along x.
    pub upright: bool,
}

/// A steady source (or, if negative, sink) of one myokine.
#[derive(Clone, Debug, PartialEq)]
pub struct SteadySource {
    /// The region.
    pub region: Region,
    /// The myokine, by its place in [`Plate::myokines`].
    pub species: usize,
    /// Change of concentration, per hour; a sink never takes more than there is.
    pub rate_per_h: f64,
}

/// A region that is held at a concentration.
#[derive(Clone, Debug, PartialEq)]
pub struct Reservoir {
    /// The region.
    pub region: Region,
    /// Concentration of each myokine, in the order of [`Plate::myokines`].
    pub doses: Vec<f64>,
}

/// An event: it happens once, at the beginning of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The step before which it happens.
    pub step: u32,
    /// The conditions it happens to, by their place in [`Plate::conditions`]; empty for all.
    pub conditions: Vec<usize>,
    /// The action that it applies.
    pub action: Action,
}

impl Event {
    /// Whether it happens to the condition at this place in [`Plate::conditions`].
    pub fn concerns(&self, condition: usize) -> bool {
        self.conditions.is_empty() || self.conditions.contains(&condition)
    }
}

/// The action of an event.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A drop of myokine from a pipette: raises the concentration in a ball around a point.
    Drop {
        /// Centre, µm.
        at_um: DVec3,
        /// Radius, µm.
        radius_um: f64,
        /// The myokine, by its place in [`Plate::myokines`].
        species: usize,
        /// Concentration added inside the ball.
        dose: f64,
    },
    /// The whole medium is replaced once.
    Medium(MediumSource),
    /// The biology changes from this step on.
    Biology(Box<Biology>),
    /// Axons are cut, and what lies beyond the cut degenerates.
    Axotomy(Cut),
    /// The gel is moved like this from this step on; `None` leaves it still.
    Actuation(Option<StrainProtocol>),
    /// Growth cones are pulled like this from this step on; `None` lets go of them.
    Tow(Option<Tow>),
    /// The muscle is lit like this from this step on; `None` leaves it dark.
    Light(Option<Light>),
}

impl Action {
    /// Whether it brings myokine, which a change of medium at the same time would wash away.
    pub fn brings_myokine(&self) -> bool {
        matches!(self, Action::Drop { .. } | Action::Medium(_))
    }

    /// The action in words, as something that happened.
    pub fn in_words(&self) -> &'static str {
        match self {
            Action::Drop { .. } => "drop of myokine",
            Action::Medium(_) => "medium replaced",
            Action::Biology(_) => "numbers of the biology changed",
            Action::Axotomy(_) => "axons cut",
            Action::Actuation(Some(_)) => "gel moved otherwise",
            Action::Actuation(None) => "gel stopped",
            Action::Tow(Some(_)) => "growth cones towed otherwise",
            Action::Tow(None) => "growth cones let go of",
            Action::Light(Some(_)) => "muscle lit otherwise",
            Action::Light(None) => "light on the muscle switched off",
        }
    }
}

impl Condition {
    /// Changes the plate as an event says. An event that acts on the state alone changes nothing here.
    pub fn follow(&mut self, action: &Action) {
        match action {
            Action::Biology(biology) => self.biology = **biology,
            Action::Actuation(actuation) => self.actuation.clone_from(actuation),
            Action::Tow(tow) => self.tow = *tow,
            Action::Light(light) => {
                if let Some(muscle) = &mut self.muscle {
                    muscle.light.clone_from(light);
                }
            }
            Action::Drop { .. } => self.disturbed = true,
            Action::Medium(_) | Action::Axotomy(_) => {}
        }
    }
}

/// The cut through axons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cut {
    /// A knife drawn from one point of the well to another, in three dimensions through the whole height.
    Line {
        /// Where the knife goes in, µm.
        from_um: DVec3,
        /// Where it comes out, µm.
        to_um: DVec3,
    },
    /// Along a whole plane.
    Plane {
        /// A point of it, µm.
        at_um: DVec3,
        /// Its normal; any length but 0.
        normal: DVec3,
    },
    /// All that lies in a box is removed.
    Region(Region),
}

impl Plate {
    /// The wells in order: the condition each belongs to and its number among that condition's replicates.
    pub fn wells(&self) -> Vec<WellPlace> {
        let mut wells = Vec::new();
        for (condition, treatment) in self.conditions.iter().enumerate() {
            for replicate in 0..treatment.wells {
                wells.push(WellPlace { condition, replicate });
            }
        }
        wells
    }

    /// The names of the conditions, in order.
    pub fn condition_names(&self) -> Vec<String> {
        self.conditions.iter().map(|condition| condition.name.clone()).collect()
    }

    /// Neurons in a well, in the mean: see [`Plate::neurons_in_wells`].
    pub fn neurons_per_well(&self) -> usize {
        self.explants.iter().map(|placed| placed.explant.neurons as usize).sum()
    }

    /// Whether the wells of `condition` have a grid: a field that starts uniform has none until a drop disturbs it.
    pub fn has_grid(&self, condition: usize) -> bool {
        let treatment = &self.conditions[condition];
        let taken_up = self
            .myokines
            .iter()
            .any(|species| species.myokine.uptake_um3_per_h > 0.0);
        let has_myokine = !self.myokines.is_empty();
        has_myokine
            && (treatment.muscle.is_some()
                || !treatment.sources.is_empty()
                || !treatment.reservoirs.is_empty()
                || treatment.disturbed
                || taken_up)
    }
}

/// The place of a well among the conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WellPlace {
    /// Its condition, by its place in [`Plate::conditions`].
    pub condition: usize,
    /// Its number among that condition's replicates, from 0.
    pub replicate: u32,
}
