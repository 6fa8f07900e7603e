//! The nearest axon under the pointer, its neuron, and the card of that neuron.

use crate::model::layout::{Cone, Neuron, Node, mode};
use crate::readout::probe::WellPoint;
use glam::{DVec2, Vec4Swizzles};

/// An axon near a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The cone on whose path it is.
    pub cone: usize,
    /// The neuron, by its place in the world.
    pub neuron: u32,
    /// Its distance, µm, seen from above.
    pub distance_um: f64,
}

/// The axon nearest to a point of a well, seen from above and at most `within_um` away. `paths` as in
/// [`crate::model::world::World::paths`].
pub fn nearest_axon(cones: &[Cone], paths: &[Vec<Node>], at: &WellPoint, within_um: f64) -> Option<Hit> {
    let point = at.at_um.truncate();
    let mut best: Option<Hit> = None;
    for (index, cone) in cones.iter().enumerate() {
        if cone.well as usize != at.well || !cone.is_alive() {
            continue;
        }
        let nodes = paths.get(index).map_or(&[][..], Vec::as_slice);
        let tip = cone.tip_um().truncate().as_dvec2();
        let mut before: Option<DVec2> = None;
        for next in nodes.iter().map(|node| node.xy().as_dvec2()).chain([tip]) {
            let distance_um = to_segment(point, before.unwrap_or(next), next);
            before = Some(next);
            if distance_um <= best.map_or(within_um, |hit| hit.distance_um) {
                best = Some(Hit {
                    cone: index,
                    neuron: cone.neuron,
                    distance_um,
                });
            }
        }
    }
    best
}

fn to_segment(point: DVec2, from: DVec2, to: DVec2) -> f64 {
    let along = to - from;
    let share = if along.length_squared() > 0.0 {
        ((point - from).dot(along) / along.length_squared()).clamp(0.0, 1.0)
    } else {
        0.0
    };
    point.distance(from + share * along)
}

/// The card of a neuron.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NeuronCard {
    /// Its place in the world.
    pub neuron: u32,
    /// Its well.
    pub well: usize,
    /// Length of its axon with all branches, µm.
    pub length_um: f64,
    /// Tips.
    pub tips: usize,
    /// Highest branch order.
    pub branch_order: u32,
    /// Speed of the cone that has come furthest, µm/h.
    pub speed_um_per_h: f32,
    /// Its mode, see [`mode`].
    pub mode: u32,
    /// Its gain of growth.
    pub gain: f32,
    /// Its trophic programme, 0 to 1.
    pub trophic: f32,
    /// Its mechano programme, 0 to 1.
    pub mechano: f32,
}

/// The card of a neuron; `None` for one that has no axon (any more).
pub fn card(cones: &[Cone], paths: &[Vec<Node>], somata: &[Neuron], neuron: u32) -> Option<NeuronCard> {
    let own = || {
        let pairs = cones.iter().enumerate();
        pairs.filter(|(_, cone)| cone.neuron == neuron && cone.is_alive())
    };
    let (_, furthest) = own().max_by(|(_, a), (_, b)| a.path_length_um().total_cmp(&b.path_length_um()))?;
    let length_of = |(index, cone): (usize, &Cone)| {
        let begins = paths
            .get(index)
            .and_then(|path| path.first())
            .map_or(0.0, |node| node.w);
        f64::from(cone.path_length_um() - begins)
    };
    let drawn_out_um = somata.get(neuron as usize).map_or(0.0, Neuron::migration_um);
    Some(NeuronCard {
        neuron,
        well: furthest.well as usize,
        length_um: own().map(length_of).sum::<f64>() + drawn_out_um,
        tips: own().count(),
        branch_order: own().map(|(_, cone)| cone.order).max().unwrap_or(0),
        speed_um_per_h: furthest.speed_um_per_h,
        mode: furthest.mode,
        gain: furthest.gain,
        trophic: furthest.trophic_programme.value(),
        mechano: furthest.mechano_programme.value(),
    })
}

/// The name of a mode of a growth cone.
pub fn mode_words(of: u32) -> &'static str {
    match of {
        mode::RUN => "advancing",
        mode::PAUSE => "resting",
        mode::RETRACT => "retracting",
        mode::INJURED => "injured",
        mode::DYING => "dying back",
        mode::SYNAPSE => "on a muscle fibre",
        _ => "gone",
    }
}

/// The movement of a growth cone at a speed, µm/h: one that is pulled goes on whatever its mode, one that runs is now and then drawn back,
/// and one that retracts is held where its axon branches.
pub fn movement_words(of: u32, speed_um_per_h: f32) -> &'static str {
    match of {
        mode::PAUSE | mode::RETRACT if speed_um_per_h > 0.0 => "pulled along",
        mode::RETRACT if speed_um_per_h == 0.0 => "held at a branch",
        mode::RUN if speed_um_per_h < 0.0 => "drawn back",
        _ => mode_words(of),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytemuck::Zeroable;
    use glam::{DVec3, Vec3};

    fn cone(neuron: u32, well: u32, tip: Vec3, length: f32) -> Cone {
        Cone {
            neuron,
            well,
            base_um: tip,
            base_length_um: length,
            ..Cone::zeroed()
        }
    }

    /// Two axons along x at y = 100 and y = 140, the second with a branch; and one in another well right under the first.
    fn culture() -> (Vec<Cone>, Vec<Vec<Node>>) {
        let row = |y: f32, to: f32| vec![Node::new(0.0, y, 5.0, 0.0), Node::new(to, y, 5.0, to)];
        let cones = vec![
            cone(0, 0, Vec3::new(300.0, 100.0, 5.0), 300.0),
            cone(1, 0, Vec3::new(400.0, 140.0, 5.0), 400.0),
            cone(2, 1, Vec3::new(300.0, 100.0, 5.0), 300.0),
            Cone {
                order: 1,
                ..cone(1, 0, Vec3::new(200.0, 240.0, 5.0), 300.0)
            },
        ];
        let branch = vec![Node::new(200.0, 140.0, 5.0, 200.0), Node::new(200.0, 240.0, 5.0, 300.0)];
        (
            cones,
            vec![row(100.0, 300.0), row(140.0, 400.0), row(100.0, 300.0), branch],
        )
    }

    fn at(well: usize, x: f64, y: f64) -> WellPoint {
        WellPoint {
            well,
            condition: 0,
            at_um: DVec3::new(x, y, 5.0),
        }
    }

    #[test]
    fn the_nearest_axon_of_the_well_is_found_and_none_further_away_than_asked() {
        let (cones, paths) = culture();
        let found = |place| nearest_axon(&cones, &paths, &place, 30.0).map(|hit| (hit.neuron, hit.distance_um.round()));
        assert_eq!(found(at(0, 150.0, 110.0)), Some((0, 10.0)));
        assert_eq!(found(at(0, 150.0, 130.0)), Some((1, 10.0)));
        assert_eq!(found(at(0, 205.0, 220.0)), Some((1, 5.0)), "on the branch");
        assert_eq!(found(at(1, 150.0, 110.0)), Some((2, 10.0)), "in the other well");
        assert_eq!(found(at(0, 150.0, 60.0)), None, "too far");
        assert_eq!(found(at(0, 350.0, 100.0)), None, "beyond the tip");
        assert_eq!(found(at(5, 150.0, 100.0)), None, "no such well");
    }

    #[test]
    fn what_is_pruned_is_not_found() {
        let (mut cones, paths) = culture();
        cones[0].mode = mode::PRUNED;
        assert_eq!(nearest_axon(&cones, &paths, &at(0, 150.0, 100.0), 30.0), None);
        assert_eq!(card(&cones, &paths, &[], 0), None);
    }

    #[test]
    fn a_card_counts_all_branches_and_reads_the_furthest_cone() {
        let (cones, paths) = culture();
        let mut somata = vec![Neuron::zeroed(); 3];
        somata[1].reach_um.x = 40.0;
        let card = card(&cones, &paths, &somata, 1).expect("it has an axon");
        assert_eq!((card.tips, card.branch_order, card.well), (2, 1, 0));
        assert!((card.length_um - 540.0).abs() < 1e-3, "{card:?}");
    }

    /// No card says that a cone rests and in the same line that it moves.
    #[test]
    fn what_a_cone_does_agrees_with_its_speed() {
        for (mode, speed, words) in [
            (mode::RUN, 12.0, "advancing"),
            (mode::RUN, -2.0, "drawn back"),
            (mode::PAUSE, 0.0, "resting"),
            (mode::PAUSE, 23.6, "pulled along"),
            (mode::RETRACT, -10.0, "retracting"),
            (mode::RETRACT, 0.0, "held at a branch"),
            (mode::RETRACT, 23.6, "pulled along"),
            (mode::SYNAPSE, 0.0, "on a muscle fibre"),
        ] {
            assert_eq!(movement_words(mode, speed), words, "{mode} at {speed}");
        }
    }
}
