//! One well of a plate in a state: all that its measures are taken from.

use super::field::{Field, grids};
use super::topology::{Axon, Forest};
use crate::model::layout::{Cone, Neuron};
use crate::model::plate::{Condition, PlacedExplant, Plate};
use crate::model::world::World;
use std::ops::Range;

/// A well to measure, and where its things are in a state.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Its number on the plate, from 0.
    pub well: usize,
    /// Its condition, by its place in [`Plate::conditions`].
    pub condition: usize,
    /// Its number among the condition's replicates, from 0.
    pub replicate: u32,
    /// The place in [`State::concentrations`](crate::model::world::State::concentrations) where its grids begin, if it
    /// has any.
    pub grid: Option<usize>,
    /// Its neurons, by their places in [`State::neurons`](crate::model::world::State::neurons).
    pub neurons: Range<usize>,
    /// Its explants.
    pub explants: Vec<PlacedExplant>,
}

/// The wells of a plate and where their things are in a state.
pub fn sites(plate: &Plate) -> Vec<Site> {
    let places = plate
        .wells()
        .into_iter()
        .zip(grids(plate))
        .zip(plate.neurons_in_wells());
    places
        .enumerate()
        .map(|(well, ((place, grid), neurons))| Site {
            well,
            condition: place.condition,
            replicate: place.replicate,
            grid,
            neurons,
            explants: plate.explants_in(&place),
        })
        .collect()
}

/// The culture in one well.
#[derive(Clone, Copy, Debug)]
pub struct Culture<'a> {
    /// The plate.
    pub plate: &'a Plate,
    /// Its state.
    pub world: &'a World,
    /// The axons of that state.
    pub forest: &'a Forest<'a>,
    /// The well.
    pub site: &'a Site,
}

impl<'a> Culture<'a> {
    /// Its treatment.
    pub fn condition(&self) -> &'a Condition {
        &self.plate.conditions[self.site.condition]
    }

    /// Its neurons with their axons.
    pub fn neurons(&self) -> impl Iterator<Item = (&'a Neuron, Axon<'a>)> + Clone + use<'a> {
        let (world, forest) = (self.world, self.forest);
        let neurons = self.site.neurons.clone();
        neurons.map(move |index| (&world.neurons[index], forest.axon(index)))
    }

    /// Its living cones, neuron by neuron, in order of birth.
    pub fn cones(&self) -> impl Iterator<Item = &'a Cone> + Clone + use<'a> {
        let world = self.world;
        self.neurons()
            .flat_map(move |(_, axon)| axon.cones().map(move |cone| &world.cones[cone]))
    }

    /// The field of the myokine `species`; `None` where the state holds no such field.
    pub fn field(&self, species: usize) -> Option<Field<'a>> {
        Field::of(self.plate, self.world, self.site.well, self.site.grid, species)
    }
}
