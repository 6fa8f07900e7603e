//! The well: its size in voxels, its walls, and the positions and boxes that must lie in it.

use super::Surroundings;
use super::mistake::Place;
use super::quantity;
use super::reader::{Fields, Reader};
use crate::model::domain::{Domain, Region};
use crate::model::parameter::Dimension;
use crate::model::plate::DoseUnit;
use glam::DVec3;

/// More voxels along an edge than this are refused before anything is counted.
const MOST_VOXELS: f64 = 1e6;

/// A picture of walls with more pixels than this is refused before memory is taken for it.
const MOST_PIXELS: u64 = 100_000_000;

/// Reads `[well]`; `None` where its size cannot be told.
pub fn read(reader: &mut Reader<'_>, fields: &Fields<'_>, surroundings: &Surroundings<'_>) -> Option<Domain> {
    let voxel_um = reader.setting(fields, "voxel", DoseUnit::Relative);
    let size = reader.lengths(fields, "size");
    let (voxel_um, size) = (voxel_um?, size?);
    let mut voxels = [1; 3];
    let mut sound = true;
    for (axis, &edge_um) in size.iter().enumerate() {
        let count = (edge_um / voxel_um).round();
        let (place, path) = (fields.place_of("size"), fields.path_of("size"));
        let axis_name = ["x", "y", "z"][axis];
        if edge_um <= 0.0 || edge_um.is_nan() {
            reader.mistake(
                place,
                &path,
                format!("{} along {axis_name}", length(edge_um)),
                "a length above 0",
            );
            sound = false;
        } else if count > MOST_VOXELS {
            let found = format!(
                "{} along {axis_name}, which is {count:e} voxels of {}",
                length(edge_um),
                length(voxel_um)
            );
            reader.mistake(
                place,
                &path,
                found,
                format!("at most {MOST_VOXELS} voxels along an edge"),
            );
            sound = false;
        } else if count < 1.0 || (count * voxel_um - edge_um).abs() > 1e-6 * voxel_um {
            let found = format!("{} along {axis_name}", length(edge_um));
            let near = length(count.max(1.0) * voxel_um);
            let expected = format!("a whole number of voxels of {}, such as {near}", length(voxel_um));
            reader.mistake(place, &path, found, expected);
            sound = false;
        } else {
            voxels[axis] = count as u32;
        }
    }
    let all: f64 = voxels.iter().map(|&count| f64::from(count)).product();
    if all > f64::from(u32::MAX) {
        let expected = format!("at most {} voxels in a well", u32::MAX);
        reader.mistake(
            fields.place_of("size"),
            &fields.path_of("size"),
            format!("{all:e} voxels"),
            expected,
        );
        sound = false;
    }
    let planar = size.len() == 2;
    if sound && !planar && voxels[2] == 1 {
        let expected = "at least 2 voxels along z; for a planar culture leave the third length out";
        reader.mistake(
            fields.place_of("size"),
            &fields.path_of("size"),
            "a slab one voxel thick",
            expected,
        );
        sound = false;
    }
    let mut domain = Domain {
        voxels,
        voxel_um,
        walls: Vec::new(),
    };
    if sound && let Some(file) = reader.text(fields, "walls") {
        match read_walls(file, &domain, surroundings) {
            Ok(walls) => domain.walls = walls,
            Err((found, expected)) => {
                reader.mistake(fields.place_of("walls"), &fields.path_of("walls"), found, expected);
            }
        }
    }
    sound.then_some(domain)
}

/// Reads the picture of the walls: one pixel a voxel, its top row at the far end in y, dark is solid. In a slab the
/// walls go through its whole thickness.
fn read_walls(file: &str, domain: &Domain, surroundings: &Surroundings<'_>) -> Result<Vec<bool>, (String, String)> {
    let expected = || "a PNG picture that can be read".to_owned();
    let bytes = (surroundings.file)(file).map_err(|problem| (format!("\"{file}\": {problem}"), expected()))?;
    let broken = |problem: png::DecodingError| (format!("\"{file}\": {problem}"), expected());
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut picture = decoder.read_info().map_err(broken)?;
    let (width, height) = picture.info().size();
    let [x, y, z] = domain.voxels;
    if (width, height) != (x, y) {
        let found = format!("\"{file}\" with {width} x {height} pixels");
        return Err((found, format!("one pixel a voxel: {x} x {y}")));
    }
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err((
            format!("\"{file}\" with {width} x {height} pixels"),
            format!("at most {MOST_PIXELS} pixels"),
        ));
    }
    let mut pixels = vec![0; picture.output_buffer_size().unwrap_or(0)];
    let frame = picture.next_frame(&mut pixels).map_err(broken)?;
    let channels = frame.color_type.samples();
    let dark = |pixel: &[u8]| {
        let (colours, alpha) = pixel.split_at(pixel.len() - 1);
        let brightness: u32 = colours.iter().map(|&c| u32::from(c)).sum::<u32>() / colours.len() as u32;
        brightness < 128 && alpha[0] >= 128
    };
    let rows: Vec<&[u8]> = pixels.chunks_exact(frame.line_size).take(height as usize).collect();
    let plane: Vec<bool> = rows
        .iter()
        .rev()
        .flat_map(|row| row.chunks_exact(channels).take(width as usize).map(dark))
        .collect();
    Ok(plane.repeat(z as usize))
}

/// Reads a position that must lie in the well; in a planar well it lies in the middle of the layer.
pub fn point(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str, domain: Option<&Domain>) -> Option<DVec3> {
    let values = reader.lengths(fields, key)?;
    let domain = domain?;
    let (place, path) = (fields.place_of(key), fields.path_of(key));
    let wanted = if domain.planar() { 2 } else { 3 };
    if values.len() != wanted {
        reader.mistake(
            place,
            &path,
            format!("{} lengths", values.len()),
            axes_expected(wanted, domain),
        );
        return None;
    }
    let z = values.get(2).copied().unwrap_or(domain.voxel_um / 2.0);
    let point = DVec3::new(values[0], values[1], z);
    let size = domain.size_um();
    if point.cmplt(DVec3::ZERO).any() || point.cmpgt(size).any() {
        let shown: Vec<String> = values.iter().map(|&value| length(value)).collect();
        reader.mistake(
            place,
            &path,
            shown.join(", "),
            format!("a place in the well, which is {}", size_text(domain)),
        );
        return None;
    }
    Some(point)
}

fn axes_expected(count: usize, domain: &Domain) -> String {
    let kind = if domain.planar() { "planar" } else { "a slab" };
    let axes = if count == 2 { "x and y" } else { "x, y and z" };
    format!("{count} lengths: {axes}, as the well is {kind}")
}

/// Reads the box at `region`; it must lie in the well the right way up. Four lengths in a slab mean its whole
/// thickness.
pub fn region(reader: &mut Reader<'_>, fields: &Fields<'_>, domain: Option<&Domain>) -> Option<Region> {
    region_at(reader, fields, "region", domain)
}

/// Reads the box at `key`, as [`region`] does.
pub fn region_at(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str, domain: Option<&Domain>) -> Option<Region> {
    let values = reader.lengths(fields, key)?;
    let path = fields.path_of(key);
    region_of(reader, &values, (fields.place_of(key), &path), domain?)
}

/// The box of four or six lengths that were written at a place.
pub fn region_of(
    reader: &mut Reader<'_>,
    values: &[f64],
    (place, path): (Place, &str),
    domain: &Domain,
) -> Option<Region> {
    let size = domain.size_um();
    let (low_um, high_um) = match *values {
        [x0, y0, x1, y1] => (DVec3::new(x0, y0, 0.0), DVec3::new(x1, y1, size.z)),
        [x0, y0, z0, x1, y1, z1] if !domain.planar() => (DVec3::new(x0, y0, z0), DVec3::new(x1, y1, z1)),
        _ => {
            reader.mistake(
                place,
                path,
                "6 lengths",
                "4 lengths: x0, y0, x1, y1, as the well is planar",
            );
            return None;
        }
    };
    let slack = 1e-6 * domain.voxel_um;
    let mut sound = true;
    for (axis, name) in ["x", "y", "z"].into_iter().enumerate() {
        let (low, high, edge) = (low_um[axis], high_um[axis], size[axis]);
        let shown = format!("{name} from {} to {}", length(low), length(high));
        if low >= high {
            reader.mistake(
                place,
                path,
                shown,
                format!("the lower {name} first, and more than no extent"),
            );
            sound = false;
        } else if low < -slack || high > edge + slack {
            reader.mistake(
                place,
                path,
                shown,
                format!("a box in the well, where {name} goes from 0 to {}", length(edge)),
            );
            sound = false;
        }
    }
    sound.then_some(Region { low_um, high_um })
}

/// Notes a ball that reaches out of the well, or whose centre is in a wall.
pub fn must_hold_ball(
    reader: &mut Reader<'_>,
    place: Place,
    path: &str,
    at_um: DVec3,
    radius_um: f64,
    domain: &Domain,
) {
    let size = domain.size_um();
    let axes = if domain.planar() { 2 } else { 3 };
    for (axis, name) in ["x", "y", "z"].into_iter().enumerate().take(axes) {
        let (low, high) = (at_um[axis] - radius_um, at_um[axis] + radius_um);
        if low < 0.0 || high > size[axis] {
            let found = format!("an explant with {name} from {} to {}", length(low), length(high));
            let expected = format!("it within the well, where {name} goes from 0 to {}", length(size[axis]));
            reader.mistake(place, path, found, expected);
            return;
        }
    }
    if domain.in_wall(at_um) {
        reader.mistake(place, path, "a centre inside a wall", "a place in the gel");
    }
}

/// The size of the well, for a message.
pub fn size_text(domain: &Domain) -> String {
    let size = domain.size_um();
    let axes = if domain.planar() { 2 } else { 3 };
    (0..axes).map(|axis| length(size[axis])).collect::<Vec<_>>().join(" x ")
}

fn length(value_um: f64) -> String {
    quantity::format(value_um, Dimension::Length.into())
}
