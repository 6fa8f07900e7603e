//! A measured movement of the gel: a CSV file with the columns `x_um, y_um, ux_um, uy_um` (in a slab `z_um, uz_um` too) on a
//! regular grid that covers the well, becomes a [`Displacement`]. A map without height is taken as the same at every height.

use super::quantity::tidy;
use super::well::size_text;
use crate::model::domain::Domain;
use crate::model::gel::displacement::Displacement;
use crate::model::gel::lattice::Lattice;
use glam::DVec3;

/// A mistake in a file: what was found, and what is accepted in its place.
pub type Wrong = (String, String);

/// Places this much of a grid's step off are still on it.
const SLACK: f64 = 1e-3;

/// Reads the text of a map called `file` for wells of `domain`.
///
/// # Errors
/// The first thing wrong with it, with its line where it has one.
pub fn read(text: &str, file: &str, domain: &Domain) -> Result<Displacement, Wrong> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let mut lines = lines
        .map(|(number, line)| (number + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let expected_header = "a first line x_um,y_um,ux_um,uy_um (in a slab also z_um, uz_um)";
    let Some((header_line, header)) = lines.next() else {
        return Err((format!("\"{file}\" without a line"), expected_header.to_owned()));
    };
    let columns = Columns::of(header, domain.planar())
        .map_err(|found| (format!("\"{file}\":{header_line}: {found}"), expected_header.to_owned()))?;
    let mut points = Vec::new();
    for (number, line) in lines {
        let point = columns
            .read(line)
            .map_err(|(found, expected)| (format!("\"{file}\":{number}: {found}"), expected))?;
        points.push((number, point));
    }
    on_grid(&points, columns.has_height(), file, domain)
}

/// Where it is and how far it has moved, µm.
type Point = (DVec3, DVec3);

/// Which column holds what.
struct Columns {
    count: usize,
    place: [Option<usize>; 3],
    moved: [Option<usize>; 3],
}

impl Columns {
    fn of(header: &str, planar: bool) -> Result<Self, String> {
        let names: Vec<&str> = header.split(',').map(|name| name.trim().trim_matches('"')).collect();
        let find = |name: &str| names.iter().position(|known| *known == name);
        let columns = Self {
            count: names.len(),
            place: ["x_um", "y_um", "z_um"].map(find),
            moved: ["ux_um", "uy_um", "uz_um"].map(find),
        };
        for (name, column) in ["x_um", "y_um", "ux_um", "uy_um"].into_iter().zip([
            columns.place[0],
            columns.place[1],
            columns.moved[0],
            columns.moved[1],
        ]) {
            if column.is_none() {
                return Err(format!("no column {name}"));
            }
        }
        if planar && columns.has_height() {
            return Err("a column z_um, though the well is planar".to_owned());
        }
        Ok(columns)
    }

    fn has_height(&self) -> bool {
        self.place[2].is_some()
    }

    fn read(&self, line: &str) -> Result<Point, Wrong> {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        if cells.len() != self.count {
            return Err((
                format!("{} numbers", cells.len()),
                format!("{}, as in the first line", self.count),
            ));
        }
        let number = |column: Option<usize>| -> Result<f64, Wrong> {
            let Some(column) = column else { return Ok(0.0) };
            match cells[column].parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(number),
                _ => {
                    let shown: String = cells[column].chars().filter(|c| !c.is_control()).take(40).collect();
                    Err((format!("\"{shown}\""), "a finite number, in um".to_owned()))
                }
            }
        };
        let three = |columns: [Option<usize>; 3]| -> Result<DVec3, Wrong> {
            Ok(DVec3::new(
                number(columns[0])?,
                number(columns[1])?,
                number(columns[2])?,
            ))
        };
        Ok((three(self.place)?, three(self.moved)?))
    }
}

/// The places along one axis: the first, the step and how many.
struct Ticks {
    first: f64,
    step: f64,
    count: usize,
}

impl Ticks {
    fn of(mut places: Vec<f64>, axis: &str, file: &str) -> Result<Self, Wrong> {
        places.sort_unstable_by(f64::total_cmp);
        let (first, last) = (places[0], places[places.len() - 1]);
        let near = SLACK * (last - first) / places.len() as f64;
        places.dedup_by(|b, a| (*b - *a).abs() <= near);
        let count = places.len();
        if count < 2 {
            let found = format!("\"{file}\" with one place along {axis}");
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
            let found = format!("\"{file}\" with {axis} = {} behind {}", tidy(pair[1]), tidy(pair[0]));
            return Err((
                found,
                format!("a regular grid: steps of {} um along {axis}", tidy(usual)),
            ));
        }
        let step = (last - first) / (count - 1) as f64;
        Ok(Self { first, step, count })
    }

    fn tick(&self, place: f64) -> usize {
        ((place - self.first) / self.step).round() as usize
    }
}

fn on_grid(points: &[(usize, Point)], has_height: bool, file: &str, domain: &Domain) -> Result<Displacement, Wrong> {
    let axes = if has_height { 3 } else { 2 };
    if points.is_empty() {
        return Err((
            format!("\"{file}\" without a point"),
            "a line for each point of a grid".to_owned(),
        ));
    }
    let size_um = domain.size_um();
    let mut ticks = Vec::new();
    for axis in 0..axes {
        let name = ["x", "y", "z"][axis];
        let along = Ticks::of(points.iter().map(|(_, (place, _))| place[axis]).collect(), name, file)?;
        let (low, high) = (along.first, along.first + along.step * (along.count - 1) as f64);
        // The middle of the outer voxels is what cells read.
        if low > 0.5 * domain.voxel_um + 1e-6 || high < size_um[axis] - 0.5 * domain.voxel_um - 1e-6 {
            let found = format!("\"{file}\" with {name} from {} to {} um", tidy(low), tidy(high));
            return Err((
                found,
                format!("a map that covers the well, which is {}", size_text(domain)),
            ));
        }
        ticks.push(along);
    }
    let counts = [
        ticks[0].count,
        ticks[1].count,
        ticks.get(2).map_or(1, |along| along.count),
    ];
    let all: usize = counts.iter().product();
    let mut moved_um: Vec<Option<DVec3>> = vec![None; all];
    for &(line, (place, moved)) in points {
        let at: Vec<usize> = ticks
            .iter()
            .enumerate()
            .map(|(axis, along)| along.tick(place[axis]))
            .collect();
        let slot = (at.get(2).copied().unwrap_or(0) * counts[1] + at[1]) * counts[0] + at[0];
        if moved_um[slot].replace(moved).is_some() {
            let found = format!("\"{file}\":{line}: a place for the second time");
            return Err((found, "each place of the grid once".to_owned()));
        }
    }
    let given = moved_um.iter().flatten().count();
    let Some(mut moved_um) = moved_um.into_iter().collect::<Option<Vec<DVec3>>>() else {
        let grid = counts[..axes]
            .iter()
            .map(usize::to_string)
            .collect::<Vec<_>>()
            .join(" x ");
        return Err((
            format!("\"{file}\" with {given} points"),
            format!("a full grid: {grid} = {all}"),
        ));
    };
    let step = |axis: usize| ticks.get(axis).map_or(1.0, |along| along.step);
    let first = |axis: usize| ticks.get(axis).map_or(0.0, |along| along.first);
    let mut lattice = Lattice {
        origin_um: DVec3::new(first(0), first(1), first(2)),
        edge_um: DVec3::new(step(0), step(1), step(2)),
        elements: counts.map(|count| count - 1),
    };
    if !domain.planar() && !has_height {
        lattice.elements[2] = 1;
        lattice.edge_um.z = size_um.z;
        moved_um.extend_from_within(..);
    }
    Ok(Displacement { lattice, moved_um })
}
