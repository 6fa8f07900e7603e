//! The state of a plate at a step: everything that changes. Engines hold it, readouts and files are made from
//! it, and a run goes on from it bit for bit.

use super::degeneration::Severed;
use super::layout::{Cone, Fibres, NONE, Neuron, Node, mode};
use glam::{UVec2, Vec3};
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

            /// The same, to be filled.
            pub fn arrays_mut(&mut self) -> impl Iterator<Item = (&'static str, &mut dyn Array)> {
                [$((stringify!($name), &mut self.$name as &mut dyn Array)),*].into_iter()
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

    /// Hands out its items as they lie in memory, piece by piece.
    fn pieces(&self, take: &mut dyn FnMut(&[u8]));

    /// Takes the items of such pieces, one after another, in place of its own. Returns whether they are whole; where they are not,
    /// nothing has changed.
    fn fill(&mut self, items: &[u8]) -> bool;
}

/// Arrays of items without parts elsewhere.
macro_rules! plain_arrays {
    ($($item:ty),*) => { $(
        impl Array for Vec<$item> {
            fn bytes(&self) -> usize {
                size_of_val(&self[..])
            }

            fn pieces(&self, take: &mut dyn FnMut(&[u8])) {
                take(bytemuck::cast_slice(self));
            }

            fn fill(&mut self, items: &[u8]) -> bool {
                let is_whole = items.len().is_multiple_of(size_of::<$item>());
                if is_whole {
                    *self = bytemuck::pod_collect_to_vec(items);
                }
                is_whole
            }
        }
    )* };
}

plain_arrays!(Neuron, Cone, f32, Fibres);

/// Numbers of points ahead of the points of all.
impl Array for Vec<Vec<Node>> {
    fn bytes(&self) -> usize {
        self.iter().map(|path| size_of_val(&path[..])).sum()
    }

    fn pieces(&self, take: &mut dyn FnMut(&[u8])) {
        take(&(self.len() as u64).to_ne_bytes());
        let lengths: Vec<u32> = self.iter().map(|path| path.len() as u32).collect();
        take(bytemuck::cast_slice(&lengths));
        self.iter().for_each(|path| take(bytemuck::cast_slice(path)));
    }

    fn fill(&mut self, items: &[u8]) -> bool {
        let Some(paths) = paths_in(items) else {
            return false;
        };
        *self = paths;
        true
    }
}

/// The paths in the pieces of [`Array::pieces`]; `None` where they are not whole.
fn paths_in(items: &[u8]) -> Option<Vec<Vec<Node>>> {
    let (count, items) = items.split_first_chunk()?;
    let count = usize::try_from(u64::from_ne_bytes(*count)).ok()?;
    let (lengths, mut points) = items.split_at_checked(count.checked_mul(size_of::<u32>())?)?;
    let lengths: Vec<u32> = bytemuck::pod_collect_to_vec(lengths);
    let path = |length: u32| {
        let (path, others) = points.split_at_checked((length as usize).checked_mul(size_of::<Node>())?)?;
        points = others;
        Some(bytemuck::pod_collect_to_vec(path))
    };
    let paths: Vec<Vec<Node>> = lengths.into_iter().map(path).collect::<Option<_>>()?;
    points.is_empty().then_some(paths)
}

/// Six numbers of each ahead of the paths of all.
impl Array for Arc<[Severed]> {
    fn bytes(&self) -> usize {
        let points: usize = self.iter().map(|axon| size_of_val(&axon.path[..])).sum();
        (size_of_val(&self[..]) + points) / Arc::strong_count(self)
    }

    fn pieces(&self, take: &mut dyn FnMut(&[u8])) {
        take(&(self.len() as u64).to_ne_bytes());
        for axon in self.iter() {
            let Severed {
                cone,
                key,
                well,
                cut_at,
                gone_at,
                path: _,
            } = axon;
            take(bytemuck::cast_slice(&[*cone, key.x, key.y, *well, *cut_at, *gone_at]));
        }
        let paths: Vec<Vec<Node>> = self.iter().map(|axon| axon.path.clone()).collect();
        paths.pieces(take);
    }

    fn fill(&mut self, items: &[u8]) -> bool {
        let Some(severed) = severed_in(items) else {
            return false;
        };
        *self = severed.into();
        true
    }
}

/// The severed axons in the pieces of [`Array::pieces`]; `None` where they are not whole.
fn severed_in(items: &[u8]) -> Option<Vec<Severed>> {
    let (count, items) = items.split_first_chunk()?;
    let count = usize::try_from(u64::from_ne_bytes(*count)).ok()?;
    let (numbers, paths) = items.split_at_checked(count.checked_mul(size_of::<[u32; 6]>())?)?;
    let numbers: Vec<[u32; 6]> = bytemuck::pod_collect_to_vec(numbers);
    let paths = paths_in(paths)?;
    let severed = |([cone, x, y, well, cut_at, gone_at], path): ([u32; 6], Vec<Node>)| Severed {
        cone,
        key: UVec2::new(x, y),
        well,
        cut_at,
        gone_at,
        path,
    };
    (paths.len() == count).then(|| numbers.into_iter().zip(paths).map(severed).collect())
}

impl World {
    /// Each array by its name, the paths last.
    pub fn arrays(&self) -> impl Iterator<Item = (&'static str, &dyn Array)> {
        self.state.arrays().chain([("paths", &self.paths as &dyn Array)])
    }

    /// The same, to be filled.
    pub fn arrays_mut(&mut self) -> impl Iterator<Item = (&'static str, &mut dyn Array)> {
        let paths = &mut self.paths as &mut dyn Array;
        self.state.arrays_mut().chain([("paths", paths)])
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

    #[test]
    fn arrays_come_back_from_their_pieces_and_broken_ones_are_refused() {
        let severed = |cone: u32| Severed {
            cone,
            key: UVec2::new(3, 9),
            well: 1,
            cut_at: 4,
            gone_at: 40,
            path: vec![Node::splat(cone as f32); cone as usize],
        };
        let world = World {
            state: State {
                step: 0,
                neurons: vec![Neuron::zeroed(); 2],
                cones: vec![Cone::zeroed(); 3],
                concentrations: vec![-0.0, f32::NAN, 1.5],
                fibres: vec![Fibres::default(); 2],
                severed: Arc::new([severed(2), severed(0), severed(5)]),
            },
            paths: vec![vec![Node::ONE; 3], vec![], vec![Node::X]],
        };
        let pieces = |array: &dyn Array| {
            let mut bytes = Vec::new();
            array.pieces(&mut |piece| bytes.extend_from_slice(piece));
            bytes
        };
        let mut again = World::default();
        for ((name, from), (same, to)) in world.arrays().zip(again.arrays_mut()) {
            assert_eq!(name, same);
            let whole = pieces(from);
            assert!(!to.fill(&whole[..whole.len() - 1]), "{name}: a byte is missing");
            assert!(to.fill(&whole), "{name}");
            assert_eq!(pieces(to), whole, "{name}");
        }
        assert_eq!(again.paths, world.paths);
        assert_eq!(again.severed, world.severed);
        assert!(again.concentrations[1].is_nan());
    }
}
