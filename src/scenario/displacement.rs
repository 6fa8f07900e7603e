//! A measured movement of the gel: a table of places and movements ([`piv`]) on a regular grid becomes a [`Displacement`]. Lost
//! vectors are filled from their neighbours, and a grid that begins a little within the well is continued to its border. A
//! map without height is taken as the same at every height.

use super::piv::{EXPECTED_HEADER, Header, Line, Wrong};
use super::quantity::tidy;
use super::tree::quoted;
use super::well::size_text;
use crate::model::domain::Domain;
use crate::model::gel::displacement::Displacement;
use crate::model::gel::lattice::Lattice;
use glam::{DMat3, DVec3};

/// Places this much of a grid's step off are still on it.
const SLACK: f64 = 1e-3;
/// More points than this are refused.
const MOST_POINTS: usize = 5_000_000;
/// A larger share of lost vectors than this is refused.
const MOST_LOST: f64 = 0.1;
/// Lines above the names that may be about anything.
const MOST_LINES_ABOVE: usize = 50;

/// A map, and what its author should know about how it was taken.
#[derive(Debug)]
pub struct MeasuredMap {
    /// The movement.
    pub displacement: Displacement,
    /// Sentences about it.
    pub remarks: Vec<String>,
}

/// Reads the text of a map called `file` for wells of `domain`.
///
/// # Errors
/// The first thing wrong with it, with its line where it has one.
pub fn read(text: &str, file: &str, domain: &Domain) -> Result<MeasuredMap, Wrong> {
    let name = &quoted(file);
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let mut lines = lines
        .map(|(number, line)| (number + 1, line.trim_matches([' ', '\r'])))
        .filter(|(_, line)| !line.trim().is_empty());
    let header = header(&mut lines, name)?;
    if domain.planar() && header.has_height() {
        let found = format!("{name} with heights, though the well is planar");
        return Err((found, "no column z_um, or a third size of the well".to_owned()));
    }
    let mut points = Vec::new();
    for (number, line) in lines.filter(|(_, line)| !line.starts_with(['#', '%'])) {
        if points.len() == MOST_POINTS {
            return Err((format!("{name} with more points"), format!("at most {MOST_POINTS}")));
        }
        let point = header
            .line(line)
            .map_err(|(found, expected)| (format!("{name}:{number}: {found}"), expected))?;
        points.push((number, point));
    }
    let mut map = on_grid(&points, header.has_height(), name, domain)?;
    check_sides(&map.displacement, name)?;
    if !domain.planar() && !header.has_height() {
        let Displacement { lattice, moved_um } = &mut map.displacement;
        lattice.elements[2] = 1;
        lattice.edge_um.z = domain.size_um().z;
        moved_um.extend_from_within(..);
    }
    Ok(map)
}

/// Finds the line of names among the first lines.
fn header<'t>(lines: &mut impl Iterator<Item = (usize, &'t str)>, name: &str) -> Result<Header, Wrong> {
    let mut found = None;
    for (number, line) in lines.take(MOST_LINES_ABOVE) {
        let is_comment = line.starts_with(['#', '%']);
        match Header::read(line) {
            Some(Ok(header)) => return Ok(header),
            Some(Err(wrong)) => {
                found = Some(format!("{name}:{number}: {wrong}"));
                if !is_comment {
                    break;
                }
            }
            None if is_comment => {}
            None => {
                found.get_or_insert_with(|| format!("{name}:{number}: {}", quoted(line)));
            }
        }
    }
    let found = found.unwrap_or_else(|| format!("{name} without a line of names"));
    Err((found, EXPECTED_HEADER.to_owned()))
}

/// The places along one axis: the first, the step and how many.
struct Ticks {
    first: f64,
    step: f64,
    count: usize,
}

impl Ticks {
    fn of(mut places: Vec<f64>, axis: &str, name: &str) -> Result<Self, Wrong> {
        places.sort_unstable_by(f64::total_cmp);
        let (first, last) = (places[0], places[places.len() - 1]);
        let near = SLACK * (last - first) / places.len() as f64;
        places.dedup_by(|b, a| (*b - *a).abs() <= near);
        let count = places.len();
        if count < 2 {
            let found = format!("{name} with one place along {axis}");
            return Err((found, "a grid of at least 2 places along each axis".to_owned()));
        }
        // The step in the middle of all steps: one place that is off does not change it.
        let mut steps: Vec<f64> = places.windows(2).map(|pair| pair[1] - pair[0]).collect();
        steps.sort_unstable_by(f64::total_cmp);
        let usual = steps[steps.len() / 2];
        if let Some(pair) = places
            .windows(2)
            .find(|pair| (pair[1] - pair[0] - usual).abs() > SLACK * usual)
        {
            let found = format!("{name} with {axis} = {} behind {}", tidy(pair[1]), tidy(pair[0]));
            return Err((
                found,
                format!("a regular grid: steps of {} um along {axis}", tidy(usual)),
            ));
        }
        let step = (last - first) / (count - 1) as f64;
        Ok(Self { first, step, count })
    }

    fn last(&self) -> f64 {
        self.first + self.step * (self.count - 1) as f64
    }

    fn tick(&self, place: f64) -> usize {
        ((place - self.first) / self.step).round() as usize
    }
}

/// The lattice of the points, with the movement of each node.
fn on_grid(points: &[(usize, Line)], has_height: bool, name: &str, domain: &Domain) -> Result<MeasuredMap, Wrong> {
    let axes = if has_height { 3 } else { 2 };
    if points.is_empty() {
        return Err((
            format!("{name} without a point"),
            "a line for each point of a grid".to_owned(),
        ));
    }
    let mut ticks = Vec::new();
    for axis in 0..axes {
        let places = points.iter().map(|(_, (place, _))| place[axis]).collect();
        ticks.push(Ticks::of(places, ["x", "y", "z"][axis], name)?);
    }
    // The grid is weighed before memory is taken for it: places on a diagonal make a grid of their square.
    let all = ticks.iter().map(|along| along.count as u128).product::<u128>();
    if all > points.len() as u128 {
        return Err(not_full(&ticks, points.len(), name));
    }
    let counts = [
        ticks[0].count,
        ticks[1].count,
        ticks.get(2).map_or(1, |along| along.count),
    ];
    let mut moved_um: Vec<Option<Option<DVec3>>> = vec![None; counts.iter().product()];
    for &(line, (place, moved)) in points {
        let at: Vec<usize> = ticks
            .iter()
            .enumerate()
            .map(|(axis, along)| along.tick(place[axis]))
            .collect();
        let slot = (at.get(2).copied().unwrap_or(0) * counts[1] + at[1]) * counts[0] + at[0];
        if moved_um[slot].replace(moved.map(DVec3::from_array)).is_some() {
            let found = format!("{name}:{line}: a place for the second time");
            return Err((found, "each place of the grid once".to_owned()));
        }
    }
    let given = moved_um.iter().flatten().count();
    let moved_um: Vec<Option<DVec3>> = moved_um
        .into_iter()
        .collect::<Option<_>>()
        .ok_or_else(|| not_full(&ticks, given, name))?;
    let step = |axis: usize| ticks.get(axis).map_or(1.0, |along| along.step);
    let first = |axis: usize| ticks.get(axis).map_or(0.0, |along| along.first);
    let lattice = Lattice {
        origin_um: DVec3::new(first(0), first(1), first(2)),
        edge_um: DVec3::new(step(0), step(1), step(2)),
        elements: counts.map(|count| count - 1),
    };
    let mut remarks = Vec::new();
    let moved_um = without_gaps(&lattice, moved_um, name, &mut remarks)?;
    let mut displacement = Displacement { lattice, moved_um };
    for (axis, along) in ticks.iter().enumerate() {
        displacement = to_the_border(displacement, axis, along, (name, domain), &mut remarks)?;
    }
    Ok(MeasuredMap { displacement, remarks })
}

fn not_full(ticks: &[Ticks], given: usize, name: &str) -> Wrong {
    let counts: Vec<String> = ticks.iter().map(|along| along.count.to_string()).collect();
    let all: u128 = ticks.iter().map(|along| along.count as u128).product();
    (
        format!("{name} with {given} points"),
        format!("a full grid: {} = {all}", counts.join(" x ")),
    )
}

/// Fills lost vectors from the known ones beside them, the outermost first, so that a movement that is linear stays so.
fn without_gaps(
    lattice: &Lattice,
    mut moved_um: Vec<Option<DVec3>>,
    name: &str,
    remarks: &mut Vec<String>,
) -> Result<Vec<DVec3>, Wrong> {
    let all = moved_um.len();
    let mut lost: Vec<usize> = (0..all).filter(|&node| moved_um[node].is_none()).collect();
    let count = lost.len();
    if count as f64 > MOST_LOST * all as f64 {
        let found = format!("{name} with {count} of {all} vectors lost");
        let expected = format!(
            "at most {} %, which are filled from their neighbours",
            tidy(100.0 * MOST_LOST)
        );
        return Err((found, expected));
    }
    if count > 0 {
        remarks.push(format!(
            "{name}: {count} of {all} vectors are lost and filled from their neighbours"
        ));
    }
    while !lost.is_empty() {
        let found: Vec<(usize, DVec3)> = lost
            .iter()
            .filter_map(|&node| Some((node, from_neighbours(lattice, &moved_um, node)?)))
            .collect();
        for (node, moved) in found {
            moved_um[node] = Some(moved);
        }
        lost.retain(|&node| moved_um[node].is_none());
    }
    Ok(moved_um.into_iter().flatten().collect())
}

/// What the known vectors beside a node say about it: between two, else beyond two, else as the next one.
fn from_neighbours(lattice: &Lattice, moved_um: &[Option<DVec3>], node: usize) -> Option<DVec3> {
    let (counts, strides) = (lattice.nodes(), lattice.strides());
    let place = Lattice::unflatten(counts, node);
    let mut said: [Vec<DVec3>; 3] = Default::default();
    for axis in 0..lattice.axes() {
        let known = |by: isize| {
            let there = place[axis]
                .checked_add_signed(by)
                .filter(|&there| there < counts[axis])?;
            moved_um[node + there * strides[axis] - place[axis] * strides[axis]]
        };
        if let (Some(below), Some(above)) = (known(-1), known(1)) {
            said[0].push(0.5 * (below + above));
            continue;
        }
        for side in [-1, 1] {
            match (known(side), known(2 * side)) {
                (Some(next), Some(second)) => said[1].push(2.0 * next - second),
                (Some(next), None) => said[2].push(next),
                _ => {}
            }
        }
    }
    let best = said.into_iter().find(|said| !said.is_empty())?;
    Some(best.iter().sum::<DVec3>() / best.len() as f64)
}

/// Continues a map that begins or ends up to a step within the well by a row of nodes on each side, with the slope of the
/// outermost vectors: a program that compares windows has its first vector half a window inside.
fn to_the_border(
    map: Displacement,
    axis: usize,
    along: &Ticks,
    (name, domain): (&str, &Domain),
    remarks: &mut Vec<String>,
) -> Result<Displacement, Wrong> {
    let axis_name = ["x", "y", "z"][axis];
    let (low, high, edge) = (along.first, along.last(), domain.size_um()[axis]);
    let gaps = [low, edge - high];
    if gaps.iter().any(|&gap| gap > along.step * (1.0 + SLACK)) {
        let found = format!("{name} with {axis_name} from {} to {} um", tidy(low), tidy(high));
        let expected = format!(
            "a map that covers the well, which is {}, but for one step of the grid",
            size_text(domain)
        );
        return Err((found, expected));
    }
    // The middle of the outer voxels is what cells read.
    let widen = gaps.map(|gap| gap > 0.5 * domain.voxel_um + 1e-6);
    if widen == [false, false] {
        return Ok(map);
    }
    let widest = gaps[0].max(gaps[1]);
    remarks.push(format!(
        "{name} begins or ends {} um within the well along {axis_name}: it is continued with the slope of its outermost vectors",
        tidy(widest)
    ));
    Ok(widened(&map, axis, widen))
}

/// The map with a row of nodes more below and above along an axis, as asked.
fn widened(map: &Displacement, axis: usize, widen: [bool; 2]) -> Displacement {
    let (counts, strides) = (map.lattice.nodes(), map.lattice.strides());
    let mut lattice = map.lattice.clone();
    let [below, above] = widen.map(usize::from);
    lattice.elements[axis] += below + above;
    lattice.origin_um[axis] -= below as f64 * lattice.edge_um[axis];
    let moved = |node: usize| {
        let mut place = Lattice::unflatten(lattice.nodes(), node);
        let last = counts[axis] as isize - 1;
        let wanted = place[axis] as isize - below as isize;
        place[axis] = 0;
        let line = place[0] * strides[0] + place[1] * strides[1] + place[2] * strides[2];
        let at = |index: isize| map.moved_um[line + index as usize * strides[axis]];
        match wanted {
            -1 => 2.0 * at(0) - at(1),
            beyond if beyond > last => 2.0 * at(last) - at(last - 1),
            within => at(within),
        }
    };
    let moved_um = (0..lattice.node_count()).map(moved).collect();
    Displacement { lattice, moved_um }
}

/// A gel cannot be turned inside out: where the determinant of the deformation gradient F = 1 + ∂u/∂X is not above 0, an
/// axis is counted the wrong way, or the map is folded.
fn check_sides(map: &Displacement, name: &str) -> Result<(), Wrong> {
    let Displacement { lattice, moved_um } = map;
    let axes = lattice.axes();
    // The determinant of a bilinear movement is least in a corner of the element.
    let shares = (0..1_usize << axes).map(|corner| {
        let share = |axis: usize| (corner >> axis & 1) as f64;
        DVec3::new(share(0), share(1), if axes == 3 { share(2) } else { 0.0 })
    });
    let shares: Vec<DVec3> = shares.collect();
    let mut mean = DVec3::ZERO;
    let mut least = (f64::INFINITY, 0);
    for element in 0..lattice.element_count() {
        let first = lattice.first_node(element);
        for &share in &shares {
            let mut deformed = DMat3::IDENTITY;
            for corner in 0..lattice.corners() {
                let slopes = lattice.slopes(corner, share);
                let moved = moved_um[lattice.corner_node(first, corner)];
                for axis in 0..axes {
                    *deformed.col_mut(axis) += moved * slopes[axis];
                }
            }
            if axes == 2 {
                // What a planar map says of heights is nothing.
                deformed.z_axis = DVec3::Z;
            }
            mean += DVec3::new(deformed.x_axis.x, deformed.y_axis.y, deformed.z_axis.z);
            let determinant = deformed.determinant();
            if determinant < least.0 {
                least = (determinant, element);
            }
        }
    }
    let (determinant, element) = least;
    if determinant > 0.0 {
        return Ok(());
    }
    let near = lattice.element_um(element) + 0.5 * lattice.edge_um;
    let near: Vec<String> = (0..axes).map(|axis| tidy(near[axis].round())).collect();
    let flipped: Vec<&str> = (0..axes)
        .filter(|&axis| mean[axis] < 0.0)
        .map(|axis| ["x", "y", "z"][axis])
        .collect();
    let reason = if flipped.is_empty() {
        "it folds over".to_owned()
    } else {
        format!("{} is probably flipped", flipped.join(" and "))
    };
    let found = format!(
        "{name} that turns the gel inside out: det F = {} near {} um, as {reason}",
        tidy((determinant * 1e4).round() / 1e4),
        near.join(", ")
    );
    let expected =
        "det F above 0 everywhere: places and movements that are counted in the same direction along each axis";
    Err((found, expected.to_owned()))
}
