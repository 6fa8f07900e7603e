//! A cut through axons: what lies beyond it degenerates (see [`super::degeneration`]), the stump stays and rests (see
//! [`super::rules::injury`]).
//!
//! A straight line in the plane, in three dimensions a wall of the gel's whole height over it; or a whole plane; or a box
//! from which all is removed. Where an axon meets it more than once, the place nearest to the soma counts.

use super::crossing::crosses;
use super::degeneration::Severed;
use super::domain::Region;
use super::layout::{Cone, NONE, Node, mode, pending};
use super::plate::Cut;
use super::seeding::INITIAL_SEGMENT_NODES;
use super::world::World;
use glam::{DVec3, UVec2, Vec3};

/// Steps that pass after a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aftermath {
    /// Until stumps may grow again.
    pub lag: u32,
    /// Until nothing is left of what was severed.
    pub degeneration: u32,
}

/// Cuts axons, in the wells of which `key_of` knows the key of their draws. Returns the number of stumps.
pub fn cut(world: &mut World, key_of: impl Fn(usize) -> Option<UVec2>, cut: &Cut, after: Aftermath) -> usize {
    let rests_until = world.step.saturating_add(after.lag);
    let mut stumps = Vec::new();
    let step = world.step;
    let mut severed: Vec<Severed> = world
        .severed
        .iter()
        .filter(|axon| axon.gone_at > step)
        .cloned()
        .collect();
    let mut sever = |cone: &Cone, key: UVec2, path: &[Node]| {
        let tip_um = cone.tip_um();
        let length_um = cone.path_length_um();
        if after.degeneration > 0 {
            severed.push(Severed {
                cone: cone.id,
                key,
                well: cone.well,
                cut_at: step,
                gone_at: step.saturating_add(after.degeneration),
                path: path.iter().copied().chain([tip_um.extend(length_um)]).collect(),
            });
        }
    };
    // Parents stand before their branches.
    for index in 0..world.cones.len() {
        let cone = world.cones[index];
        let Some(key) = key_of(cone.well as usize).filter(|_| cone.is_alive()) else {
            continue;
        };
        if is_lost(world, &cone) {
            sever(&cone, key, &world.paths[index]);
            prune(world, index);
            continue;
        }
        if let Some(last) = last_point_before(&world.paths[index], cone.tip_um(), cut) {
            sever(&cone, key, &world.paths[index][last..]);
            leave_stump(world, index, last, rests_until);
            stumps.push(index);
        }
    }
    // Only stumps have lost branches here: other cones are let go of when they are held, as the engines do it.
    for &index in &stumps {
        world.cones[index].anchored = anchored(&world.cones, index);
    }
    world.severed = severed.into();
    stumps.len()
}

/// How many stumps a cut would leave in some wells, changing nothing.
pub fn stumps(cones: &[Cone], paths: &[Vec<Node>], in_wells: impl Fn(usize) -> bool, cut: &Cut) -> usize {
    // The points that would be left of each axon.
    let mut left: Vec<u32> = cones.iter().map(|cone| cone.nodes).collect();
    let mut count = 0;
    for (index, (cone, path)) in cones.iter().zip(paths).enumerate() {
        if !cone.is_alive() || !in_wells(cone.well as usize) {
            continue;
        }
        let lost = cone
            .parent_cone()
            .is_some_and(|parent| cone.parent_node >= left[parent]);
        if lost {
            left[index] = 0;
        } else if let Some(last) = last_point_before(path, cone.tip_um(), cut) {
            left[index] = last as u32 + 1;
            count += 1;
        }
    }
    count
}

/// Whether the point from which a branch leaves is gone, or the parent itself.
fn is_lost(world: &World, cone: &Cone) -> bool {
    cone.parent_cone().is_some_and(|parent| {
        let parent = &world.cones[parent];
        !parent.is_alive() || cone.parent_node >= parent.nodes
    })
}

/// The number of the last point of a path ahead of the cut, or of its first where that is already beyond; `None` where
/// the cut misses it.
fn last_point_before(path: &[Node], tip_um: Vec3, cut: &Cut) -> Option<usize> {
    let points = path.iter().map(|node| node.truncate()).chain([tip_um]);
    let points: Vec<DVec3> = points.map(Vec3::as_dvec3).collect();
    points
        .windows(2)
        .position(|ends| cut.parts(ends[0], ends[1]))
        .map(|place| place.min(path.len().saturating_sub(1)))
}

impl Cut {
    /// Whether the cut parts a straight piece of axon.
    fn parts(&self, from_um: DVec3, to_um: DVec3) -> bool {
        match self {
            Cut::Line {
                from_um: hilt,
                to_um: point,
            } => crosses(
                (from_um.truncate(), to_um.truncate()),
                (hilt.truncate(), point.truncate()),
            ),
            Cut::Plane { at_um, normal } => {
                let [from, to] = [from_um, to_um].map(|end| (end - at_um).dot(*normal));
                from * to <= 0.0 && (from != 0.0 || to != 0.0)
            }
            Cut::Region(region) => enters(from_um, to_um, region),
        }
    }
}

/// Whether a straight piece has a point in a box, its faces among it: the shares of the way on which it is within the
/// box along each axis overlap.
fn enters(from_um: DVec3, to_um: DVec3, region: &Region) -> bool {
    let way = to_um - from_um;
    let (mut first, mut last) = (0.0f64, 1.0f64);
    for axis in 0..3 {
        let (low, high) = (
            region.low_um[axis] - from_um[axis],
            region.high_um[axis] - from_um[axis],
        );
        if way[axis] == 0.0 {
            if low > 0.0 || high < 0.0 {
                return false;
            }
            continue;
        }
        let (a, b) = (low / way[axis], high / way[axis]);
        first = first.max(a.min(b));
        last = last.min(a.max(b));
    }
    first <= last
}

/// Cuts an axon back to its point `last`; what is left is a stump at rest.
fn leave_stump(world: &mut World, index: usize, last: usize, rests_until: u32) {
    let path = &mut world.paths[index];
    path.truncate(last + 1);
    let cone = &mut world.state.cones[index];
    let end = path[last];
    let along = match last {
        0 => cone.heading,
        _ => (end - path[last - 1]).truncate().normalize_or(cone.heading),
    };
    cone.nodes = path.len() as u32;
    cone.base_um = end.truncate();
    cone.base_length_um = end.w;
    cone.reach_um = Vec3::ZERO;
    cone.heading = along;
    cone.speed_um_per_h = 0.0;
    if cone.mode != mode::DYING {
        cone.mode = mode::INJURED;
        cone.fibre = NONE;
        cone.rests_until = rests_until;
    }
    cone.pending = pending::NOTHING;
}

fn prune(world: &mut World, index: usize) {
    world.paths[index] = Vec::new();
    let step = world.step;
    let cone = &mut world.cones[index];
    cone.mode = mode::PRUNED;
    cone.rests_until = step;
    cone.nodes = 0;
    cone.pending = pending::NOTHING;
}

/// Points that a cone cannot retract beyond: those up to its last living branch.
fn anchored(cones: &[Cone], index: usize) -> u32 {
    let cone = &cones[index];
    let first = if cone.parent == NONE { INITIAL_SEGMENT_NODES } else { 0 };
    first.min(cone.nodes.max(1)).max(cone.anchored_by(cones))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::world::State;
    use bytemuck::Zeroable;

    /// An axon along x from 0 to 100 µm with a branch that leaves upwards at 60 µm.
    fn world() -> World {
        let point = |x: f32, y: f32, w: f32| Node::new(x, y, 5.0, w);
        let trunk: Vec<Node> = (0..=20).map(|i| point(5.0 * i as f32, 0.0, 5.0 * i as f32)).collect();
        let branch: Vec<Node> = (0..=8)
            .map(|i| point(60.0, 5.0 * i as f32, 60.0 + 5.0 * i as f32))
            .collect();
        let cone = |path: &[Node], parent, heading| Cone {
            heading,
            base_um: path[path.len() - 1].truncate(),
            base_length_um: path[path.len() - 1].w,
            reach_um: heading * 2.0,
            speed_um_per_h: 9.0,
            nodes: path.len() as u32,
            parent,
            parent_node: if parent == NONE { 0 } else { 12 },
            anchored: if parent == NONE { 13 } else { 0 },
            youngest_branch: if parent == NONE { 1 } else { NONE },
            older_sibling: NONE,
            ..Cone::zeroed()
        };
        World {
            state: State {
                cones: vec![cone(&trunk, NONE, Vec3::X), cone(&branch, 0, Vec3::Y)],
                ..State::default()
            },
            paths: vec![trunk, branch],
        }
    }

    const AFTER: Aftermath = Aftermath {
        lag: 7,
        degeneration: 40,
    };

    fn line(from_um: DVec3, to_um: DVec3) -> Cut {
        Cut::Line { from_um, to_um }
    }

    fn cut_along(from: (f64, f64), to: (f64, f64)) -> (usize, World) {
        let mut world = world();
        let at = |(x, y): (f64, f64)| DVec3::new(x, y, 0.0);
        (
            cut(&mut world, |_| Some(UVec2::ONE), &line(at(from), at(to)), AFTER),
            world,
        )
    }

    #[test]
    fn what_a_cut_would_sever_is_what_it_severs() {
        for (from, to) in [
            ((82.0, -10.0), (82.0, 10.0)),
            ((32.0, -10.0), (32.0, 10.0)),
            ((50.0, 22.0), (70.0, 22.0)),
            ((40.0, 42.0), (100.0, -10.0)),
            ((0.0, 90.0), (50.0, 90.0)),
        ] {
            let at = |(x, y): (f64, f64)| DVec3::new(x, y, 0.0);
            let World { state, paths } = world();
            let told = |in_wells: fn(usize) -> bool| stumps(&state.cones, &paths, in_wells, &line(at(from), at(to)));
            assert_eq!(told(|_| true), cut_along(from, to).0, "{from:?} to {to:?}");
            assert_eq!(told(|_| false), 0);
        }
    }

    #[test]
    fn beyond_the_branch_only_the_trunk_is_shorter() {
        let (stumps, world) = cut_along((82.0, -10.0), (82.0, 10.0));
        assert_eq!(stumps, 1);
        let stump = world.cones[0];
        assert_eq!((stump.nodes, stump.base_um.x, stump.base_length_um), (17, 80.0, 80.0));
        assert_eq!(
            (stump.mode, stump.speed_um_per_h, stump.reach_um),
            (mode::INJURED, 0.0, Vec3::ZERO)
        );
        assert_eq!(stump.rests_until, AFTER.lag);
        assert_eq!(stump.anchored, 13, "its branch still holds it");
        let [severed] = &world.severed[..] else {
            panic!("one piece is parted: {:?}", world.severed)
        };
        assert_eq!(
            (severed.cone, severed.cut_at, severed.gone_at),
            (0, 0, AFTER.degeneration)
        );
        let ends = [severed.path[0], severed.path[severed.path.len() - 1]];
        assert_eq!(
            ends.map(|end| (end.x, end.w)),
            [(80.0, 80.0), (102.0, 102.0)],
            "from the stump to the tip"
        );
        assert_eq!(world.paths[0].len(), 17);
        assert!(world.cones[1].is_alive());
    }

    #[test]
    fn before_the_branch_all_is_gone_that_hung_on_it() {
        let (stumps, world) = cut_along((32.0, -10.0), (32.0, 10.0));
        assert_eq!(stumps, 1);
        assert_eq!(world.cones[0].nodes, 7);
        assert_eq!(world.cones[0].anchored, 2, "nothing but its first points holds it");
        assert!(!world.cones[1].is_alive());
        assert!(world.paths[1].is_empty() && world.cones[1].nodes == 0);
        let lengths: Vec<f64> = world.severed.iter().map(|severed| severed.length_left_um(0)).collect();
        assert_eq!(lengths, [72.0, 42.0], "the trunk from 30 µm on and its whole branch");
    }

    #[test]
    fn the_branch_alone_and_both_at_once() {
        let (stumps, world) = cut_along((50.0, 22.0), (70.0, 22.0));
        assert_eq!((stumps, world.cones[0].nodes, world.cones[1].nodes), (1, 21, 5));
        assert_eq!(world.cones[1].heading, Vec3::Y);
        let (stumps, world) = cut_along((40.0, 42.0), (100.0, -10.0));
        assert_eq!(
            (stumps, world.cones[0].is_alive(), world.cones[1].is_alive()),
            (2, true, true)
        );
    }

    #[test]
    fn the_last_bit_before_the_cone_is_cut_too() {
        let (stumps, world) = cut_along((101.0, -1.0), (101.0, 1.0));
        assert_eq!((stumps, world.cones[0].nodes), (1, 21));
        assert_eq!(world.cones[0].reach_um, Vec3::ZERO);
    }

    #[test]
    fn a_later_cut_keeps_what_is_left_of_earlier_ones() {
        let cut_at = |world: &mut World, x: f64, after: Aftermath| {
            let knife = line(DVec3::new(x, -10.0, 0.0), DVec3::new(x, 10.0, 0.0));
            cut(world, |_| Some(UVec2::ONE), &knife, after)
        };
        let mut world = world();
        cut_at(&mut world, 92.0, AFTER);
        world.step = AFTER.degeneration - 1;
        cut_at(&mut world, 82.0, AFTER);
        assert_eq!(world.severed.len(), 2);
        world.step = AFTER.degeneration;
        cut_at(&mut world, 72.0, AFTER);
        assert_eq!(world.severed.len(), 2, "what has degenerated is forgotten");
        let at_once = Aftermath {
            degeneration: 0,
            ..AFTER
        };
        cut_at(&mut world, 32.0, at_once);
        assert_eq!(world.severed.len(), 2, "nothing is left of it");
    }

    #[test]
    fn a_miss_and_another_well_change_nothing() {
        for (from, to) in [
            ((82.0, 1.0), (82.0, 10.0)),
            ((120.0, -5.0), (120.0, 5.0)),
            ((0.0, -3.0), (90.0, -3.0)),
        ] {
            let (stumps, after) = cut_along(from, to);
            assert_eq!((stumps, after), (0, world()));
        }
        let mut other = world();
        let none = cut(
            &mut other,
            |well| (well == 1).then_some(UVec2::ONE),
            &line(DVec3::new(82.0, -9.0, 0.0), DVec3::new(82.0, 9.0, 0.0)),
            AFTER,
        );
        assert_eq!((none, other), (0, world()));
    }

    #[test]
    fn touching_the_axon_is_a_cut_and_running_along_it_is_not() {
        let (stumps, world) = cut_along((82.0, 0.0), (82.0, 10.0));
        assert_eq!((stumps, world.cones[0].nodes), (1, 17));
        let (stumps, world) = cut_along((80.0, 0.0), (80.0, 10.0));
        assert_eq!((stumps, world.cones[0].nodes), (1, 16), "a point on the knife is lost");
        let (stumps, after) = cut_along((82.0, 0.001), (82.0, 10.0));
        assert_eq!((stumps, after), (0, self::world()), "just short of it");
        let (stumps, after) = cut_along((20.0, 0.0), (50.0, 0.0));
        assert_eq!((stumps, after), (0, self::world()), "along it");
    }

    #[test]
    fn the_wall_of_the_cut_goes_through_the_whole_height() {
        let mut deep = world();
        for (path, cone) in deep.paths.iter_mut().zip(&mut deep.state.cones) {
            for point in path.iter_mut() {
                point.z = 100.0 + 2.0 * point.x;
            }
            cone.base_um.z = 100.0 + 2.0 * cone.base_um.x;
        }
        let stumps = cut(
            &mut deep,
            |_| Some(UVec2::ONE),
            &line(DVec3::new(82.0, -9.0, 0.0), DVec3::new(82.0, 9.0, 1.0)),
            AFTER,
        );
        assert_eq!((stumps, deep.cones[0].nodes), (1, 17));
        assert_eq!(deep.cones[0].base_um, Vec3::new(80.0, 0.0, 260.0));
        assert!(
            deep.cones[0].heading.z > 0.8,
            "the stump points along its path in space"
        );
    }

    #[test]
    fn an_axon_that_the_knife_misses_is_held_as_before() {
        // Its branch is gone already; engines let go of the point only when the cone is held there.
        let mut bare = world();
        prune(&mut bare, 1);
        let before = bare.clone();
        let at = |x: f64, y: f64| DVec3::new(x, y, 0.0);
        assert_eq!(
            cut(
                &mut bare,
                |_| Some(UVec2::ONE),
                &line(at(400.0, -5.0), at(400.0, 5.0)),
                AFTER
            ),
            0
        );
        assert_eq!(bare, before);
    }

    #[test]
    fn a_plane_parts_what_crosses_it_at_any_height() {
        let plane = |at_um: DVec3, normal: DVec3| {
            let mut world = world();
            let stumps = cut(&mut world, |_| Some(UVec2::ONE), &Cut::Plane { at_um, normal }, AFTER);
            (stumps, world)
        };
        let (stumps, across) = plane(DVec3::new(82.0, 400.0, -3.0), DVec3::X);
        assert_eq!((stumps, across.cones[0].nodes, across.cones[1].nodes), (1, 17, 9));
        // Tilted about y through (82, 0, 5): x + z = 87.
        let (stumps, tilted) = plane(DVec3::new(87.0, 0.0, 0.0), DVec3::new(2.0, 0.0, 2.0));
        assert_eq!((stumps, tilted.cones[0].nodes), (1, 17));
        let (stumps, level) = plane(DVec3::new(0.0, 0.0, 5.0), DVec3::Z);
        assert_eq!((stumps, level), (0, world()), "along the axons nothing is crossed");
        let (stumps, missed) = plane(DVec3::new(0.0, 0.0, 5.5), DVec3::Z);
        assert_eq!((stumps, missed), (0, world()));
    }

    #[test]
    fn a_box_takes_what_lies_in_it_and_beyond() {
        let removed = |low: [f64; 3], high: [f64; 3]| {
            let region = Region {
                low_um: DVec3::from_array(low),
                high_um: DVec3::from_array(high),
            };
            let mut world = world();
            let stumps = cut(&mut world, |_| Some(UVec2::ONE), &Cut::Region(region), AFTER);
            (stumps, world)
        };
        let (stumps, beyond) = removed([82.0, -5.0, 0.0], [90.0, 5.0, 10.0]);
        assert_eq!((stumps, beyond.cones[0].nodes, beyond.cones[1].nodes), (1, 17, 9));
        // Within one piece of the axon, between two of its points.
        let (stumps, narrow) = removed([81.0, -1.0, 0.0], [82.0, 1.0, 10.0]);
        assert_eq!((stumps, narrow.cones[0].nodes), (1, 17));
        let (stumps, whole) = removed([-5.0, -5.0, 0.0], [10.0, 5.0, 10.0]);
        assert_eq!((stumps, whole.cones[0].nodes), (1, 1), "the soma's end stays");
        assert!(!whole.cones[1].is_alive());
        for (low, high) in [
            ([82.0, 1.0, 0.0], [90.0, 5.0, 10.0]),
            ([82.0, -5.0, 6.0], [90.0, 5.0, 10.0]),
            ([103.0, -5.0, 0.0], [110.0, 5.0, 10.0]),
        ] {
            let (stumps, after) = removed(low, high);
            assert_eq!((stumps, after), (0, world()), "{low:?} to {high:?}");
        }
    }
}
