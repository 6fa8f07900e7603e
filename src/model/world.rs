//! The state of a plate at a step: everything that changes. Engines hold it, readouts and files are made from
//! it, and a run goes on from it bit for bit.

use super::degeneration::Severed;
use super::layout::{Cone, Fibres, NONE, Neuron, Node, mode};
use bytemuck::Pod;
use glam::Vec3;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// The state between two steps. Positions are reference coordinates of the gel, relative to the well's corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct World {
    /// All of it but the paths.
    pub state: State,
    /// For each cone the recorded points of its own path, `cones[i].nodes` of them, from the axon's first point
    /// or the branch point outwards.
    pub paths: Vec<Vec<Node>>,
}

/// Makes the state from the list of its arrays, `shown` or `hidden`: whether a picture of the state needs them.
macro_rules! state {
    ($($(#[$doc:meta])* $seen:ident $name:ident: $type:ty,)*) => {
        /// The state between two steps but for the paths, which are long: those who keep many states keep changes of them.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct State {
            /// Steps done.
            pub step: u32,
            $($(#[$doc])* pub $name: $type,)*
        }

        impl State {
            /// Each array by its name.
            pub fn arrays(&self) -> impl Iterator<Item = (&'static str, &dyn Array)> {
                [$((stringify!($name), &self.$name as &dyn Array)),*].into_iter()
            }

            /// The part of it that a picture needs; the other arrays are empty.
            pub fn shown(&self) -> State {
                State {
                    step: self.step,
                    $($name: state!(@$seen self.$name),)*
                }
            }
        }
    };
    (@shown $array:expr) => { $array.clone() };
    (@hidden $array:expr) => { Default::default() };
}

state! {
    /// Cell bodies, well by well.
    shown neurons: Vec<Neuron>,
    /// Growth cones in order of birth; the first of each neuron stands at the neuron's own index. Pruned ones
    /// keep their place.
    shown cones: Vec<Cone>,
    /// Concentrations: first one value for each well and myokine (`[well * species + s]`, used where the well has
    /// no grid), then the grids (`[well.grid + s * voxels + voxel]`, x fastest).
    shown concentrations: Vec<f32>,
    /// The muscle fibres of each well.
    hidden fibres: Vec<Fibres>,
    /// The axons that cuts have parted from their somata and that have not degenerated yet.
    shown severed: Arc<[Severed]>,
}

/// An array of the state.
pub trait Array {
    /// Memory that it takes, bytes; of what it shares with others, its share.
    fn bytes(&self) -> usize;
}

impl<T: Pod> Array for Vec<T> {
    fn bytes(&self) -> usize {
        size_of_val(&self[..])
    }
}

impl Array for Arc<[Severed]> {
    fn bytes(&self) -> usize {
        let points: usize = self.iter().map(|axon| size_of_val(&axon.path[..])).sum();
        (size_of_val(&self[..]) + points) / Arc::strong_count(self)
    }
}

impl State {
    /// Memory that it takes, bytes.
    pub fn bytes(&self) -> usize {
        self.arrays().map(|(_, array)| array.bytes()).sum()
    }
}

impl Deref for World {
    type Target = State;

    fn deref(&self) -> &State {
        &self.state
    }
}

impl DerefMut for World {
    fn deref_mut(&mut self) -> &mut State {
        &mut self.state
    }
}

impl World {
    /// Whether a growth cone is still there.
    pub fn is_alive(&self, cone: usize) -> bool {
        self.cones[cone].mode != mode::PRUNED
    }

    /// Place of a growth cone, µm.
    pub fn tip_um(&self, cone: usize) -> Vec3 {
        self.cones[cone].tip_um()
    }

    /// Length of the way along the axon from the soma to a growth cone, µm: that of its path and of the straight piece that the soma
    /// has drawn out as it walked.
    pub fn way_from_soma_um(&self, cone: usize) -> f64 {
        let cone = &self.cones[cone];
        f64::from(cone.path_length_um()) + self.neurons[cone.neuron as usize].migration_um()
    }
}

impl Neuron {
    /// Place of the soma, µm.
    pub fn soma_um(&self) -> Vec3 {
        self.base_um + self.reach_um
    }

    /// Distance of the soma from where it was seeded, µm.
    pub fn migration_um(&self) -> f64 {
        let base_um = self.base_um.as_dvec3() - self.start_um.as_dvec3();
        (base_um + self.reach_um.as_dvec3()).length()
    }
}

impl Cone {
    /// Place of the cone, µm.
    pub fn tip_um(&self) -> Vec3 {
        self.base_um + self.reach_um
    }

    /// Whether it is still there.
    pub fn is_alive(&self) -> bool {
        self.mode != mode::PRUNED
    }

    /// Length of the path from where the axon was seeded to the cone, µm.
    pub fn path_length_um(&self) -> f32 {
        self.base_length_um + self.reach_um.length()
    }

    /// The cone it branched from.
    pub fn parent_cone(&self) -> Option<usize> {
        (self.parent != NONE).then_some(self.parent as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytemuck::Zeroable;
    use glam::UVec2;

    #[test]
    fn every_array_counts_and_what_is_shared_counts_once() {
        let severed = Severed {
            cone: 0,
            key: UVec2::ONE,
            well: 0,
            cut_at: 0,
            gone_at: 9,
            path: vec![Node::ZERO; 6],
        };
        let state = State {
            step: 0,
            neurons: vec![Neuron::zeroed()],
            cones: vec![Cone::zeroed()],
            concentrations: vec![0.0],
            fibres: vec![Fibres::default()],
            severed: Arc::new([severed]),
        };
        let empty: Vec<_> = state.arrays().filter(|(_, array)| array.bytes() == 0).collect();
        assert!(
            empty.is_empty(),
            "{:?}",
            empty.iter().map(|(name, _)| name).collect::<Vec<_>>()
        );
        let alone = state.severed.bytes();
        let other = state.clone();
        assert_eq!(state.severed.bytes() + other.severed.bytes(), alone);
        let shown = state.shown();
        assert!(shown.cones == state.cones && shown.severed == state.severed);
        assert!(shown.fibres.is_empty());
    }
}
