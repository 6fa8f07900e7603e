//! Plates and states made by hand, for which the right answer is known without the program.

use glam::{DVec3, Vec3};
use outgrowth::model::biology::Biology;
use outgrowth::model::domain::Domain;
use outgrowth::model::layout::{Cone, NONE, Neuron, mode};
use outgrowth::model::parameters::{Actuation, Explant, Muscle, Myokine, Variation};
use outgrowth::model::plate::{
    Condition, DoseUnit, Landmarks, Medium, MediumSource, PlacedExplant, Plate, Species, StrainMode, StrainProtocol,
};
use outgrowth::model::rules::relaxation::Level;
use outgrowth::model::world::World;

/// A point in the plane z = 10 µm.
pub fn at(x: f32, y: f32) -> Vec3 {
    Vec3::new(x, y, 10.0)
}

/// A treatment that does nothing, in one well.
pub fn untreated(name: &str) -> Condition {
    Condition::untreated(name, 1, Biology::default())
}

/// A treatment with medium changed every day.
pub fn with_medium(name: &str, from: MediumSource) -> Condition {
    Condition {
        medium: Some(Medium {
            from,
            every_h: 24.0,
            start_h: 0.0,
        }),
        ..untreated(name)
    }
}

/// A treatment with a gel strained along x.
pub fn with_strain(name: &str, amplitude: f64) -> Condition {
    let actuation = Actuation {
        amplitude,
        ..Actuation::default()
    };
    Condition {
        actuation: Some(StrainProtocol {
            strain: StrainMode::Uniaxial,
            actuation,
            resolved: false,
        }),
        ..untreated(name)
    }
}

/// Wells of 2 mm × 2 mm with one explant of radius 100 µm in the middle, which holds `neurons` neurons; no myokine.
pub fn plate(neurons: u32, conditions: Vec<Condition>) -> Plate {
    Plate {
        name: "made by hand".to_owned(),
        seed: 7,
        step_h: 1.0 / 60.0,
        steps: 600,
        record_every: 60,
        domain: Domain {
            voxels: [100, 100, 1],
            voxel_um: 20.0,
            layer_um: 20.0,
            walls: Vec::new(),
        },
        explants: vec![PlacedExplant {
            at_um: DVec3::new(1000.0, 1000.0, 10.0),
            explant: Explant {
                radius_um: 100.0,
                neurons: f64::from(neurons),
                ..Explant::default()
            },
        }],
        myokines: Vec::new(),
        muscle: Muscle::default(),
        variation: Variation::none(),
        conditions,
        events: Vec::new(),
        landmarks: Landmarks::default(),
    }
}

/// A myokine relative to exercised medium.
pub fn myokine(name: &str) -> Species {
    Species {
        name: name.to_owned(),
        unit: DoseUnit::Relative,
        myokine: Myokine::default(),
    }
}

/// A state that is put together axon by axon: first the first axons of all neurons, then branches.
#[derive(Default)]
pub struct HandMade {
    /// The state.
    pub world: World,
}

impl HandMade {
    /// A neuron of well `well` whose axon has these points and whose cone is at `tip`.
    pub fn neuron(&mut self, well: u32, points: &[Vec3], tip: Vec3) -> usize {
        assert_eq!(
            self.world.cones.len(),
            self.world.neurons.len(),
            "first axons come before branches"
        );
        let index = self.world.neurons.len();
        let soma_um = points[0];
        self.world.neurons.push(Neuron {
            base_um: soma_um,
            mechano: Level::default(),
            reach_um: Vec3::ZERO,
            heading: Vec3::X,
            well,
            start_um: soma_um,
            id: index as u32,
            ill_since: NONE,
        });
        self.cone(well, index, None, points, tip, 0.0)
    }

    /// A branch that leaves `parent` at its point `node`, with further points and a cone at `tip`.
    pub fn branch(&mut self, parent: usize, node: usize, points: &[Vec3], tip: Vec3) -> usize {
        let from = self.world.paths[parent][node];
        let points: Vec<Vec3> = std::iter::once(from.truncate()).chain(points.iter().copied()).collect();
        let Cone { well, neuron, .. } = self.world.cones[parent];
        self.cone(well, neuron as usize, Some((parent, node)), &points, tip, from.w)
    }

    /// Takes a cone away, as retraction into its parent does.
    pub fn prune(&mut self, cone: usize) {
        self.world.cones[cone].mode = mode::PRUNED;
    }

    fn cone(
        &mut self,
        well: u32,
        neuron: usize,
        parent: Option<(usize, usize)>,
        points: &[Vec3],
        tip: Vec3,
        from_length: f32,
    ) -> usize {
        let mut length = from_length;
        let mut path = vec![points[0].extend(length)];
        for pair in points.windows(2) {
            length += pair[0].distance(pair[1]);
            path.push(pair[1].extend(length));
        }
        let base_um = points[points.len() - 1];
        let order = parent.map_or(0, |(parent, _)| self.world.cones[parent].order + 1);
        self.world.cones.push(Cone {
            base_um,
            base_length_um: length,
            reach_um: tip - base_um,
            heading: (tip - base_um).try_normalize().unwrap_or(Vec3::X),
            trophic_gain: 1.0,
            gain: 1.0,
            well,
            neuron: neuron as u32,
            parent: parent.map_or(NONE, |(parent, _)| parent as u32),
            parent_node: parent.map_or(0, |(_, node)| node as u32),
            nodes: path.len() as u32,
            anchored: 1,
            youngest_branch: NONE,
            older_sibling: NONE,
            order,
            ..bytemuck::Zeroable::zeroed()
        });
        self.world.paths.push(path);
        self.world.cones.len() - 1
    }
}

/// A Y: a stem of 300 µm along x from the explant's edge that forks at its end into two arms of 100 µm, up and
/// down.
pub fn letter_y() -> HandMade {
    let mut made = HandMade::default();
    let fork = at(1400.0, 1000.0);
    let stem = made.neuron(
        0,
        &[at(1100.0, 1000.0), at(1250.0, 1000.0), fork, at(1400.0, 1050.0)],
        at(1400.0, 1100.0),
    );
    made.branch(stem, 2, &[at(1400.0, 960.0)], at(1400.0, 900.0));
    made
}
