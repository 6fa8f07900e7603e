//! The well: its size in voxels, its walls, and the positions and boxes that must lie in it.

use super::Surroundings;
use super::budget::Budget;
use super::estimate::BYTES_PER_WALLED_VOXEL;
use super::explant_walls::taken_by_walls;
use super::notes::Spot;
use super::quantity;
use super::reader::Fields;
use super::tree::quoted;
use crate::model::domain::{Domain, Region};
use crate::model::parameter::Dimension;
use glam::DVec3;

/// More voxels along an edge than this are refused before anything is counted.
const MOST_VOXELS: f64 = 1e6;

/// A picture of walls with more pixels than this is refused before it is read.
const MOST_PIXELS: u64 = 100_000_000;

/// Reads `[well]`; `None` where its size cannot be told.
pub fn read(fields: &Fields<'_>, surroundings: &Surroundings<'_>, budget: &Budget) -> Option<Domain> {
    let voxel_um = fields.setting("voxel");
    let size = fields.lengths("size");
    let layer_um = fields.setting("layer");
    let (voxel_um, layer_um, size) = (voxel_um?, layer_um?, size?);
    let spot = fields.at("size");
    let mut counts = Vec::new();
    for (&edge_um, axis) in size.iter().zip(["x", "y", "z"]) {
        counts.push(voxels_along(&spot, edge_um, axis, voxel_um));
    }
    let all: f64 = counts.iter().flatten().map(|&count| f64::from(count)).product();
    if all > f64::from(u32::MAX) {
        let expected = format!("at most {} voxels in a well", u32::MAX);
        return spot.refused(format!("{all:e} voxels"), expected);
    }
    let counts: Vec<u32> = counts.into_iter().collect::<Option<_>>()?;
    let voxels = [counts[0], counts[1], counts.get(2).copied().unwrap_or(1)];
    if counts.get(2) == Some(&1) {
        let expected = "at least 2 voxels along z; for a planar culture leave the third length out";
        return spot.refused("a slab one voxel thick", expected);
    }
    let mut domain = Domain {
        voxels,
        voxel_um,
        layer_um,
        walls: Vec::new(),
    };
    if let Some(file) = fields.text("walls") {
        match read_walls(&fields.at("walls"), file, &domain, (surroundings, budget)) {
            Ok(walls) => domain.walls = walls,
            Err((found, expected)) => fields.at("walls").refuse(found, expected),
        }
    }
    Some(domain)
}

fn voxels_along(spot: &Spot<'_>, edge_um: f64, axis: &str, voxel_um: f64) -> Option<u32> {
    let count = (edge_um / voxel_um).round();
    let found = format!("{} along {axis}", length(edge_um));
    if edge_um <= 0.0 || edge_um.is_nan() {
        return spot.refused(found, "a length above 0");
    }
    if count > MOST_VOXELS {
        let found = format!("{found}, which is {count:e} voxels of {}", length(voxel_um));
        return spot.refused(found, format!("at most {MOST_VOXELS} voxels along an edge"));
    }
    let is_whole = |edge_um: f64| {
        let count = (edge_um / voxel_um).round();
        count >= 1.0 && (count * voxel_um - edge_um).abs() <= 1e-6 * voxel_um
    };
    if !is_whole(edge_um) {
        let near = quantity::format_so_that(count.max(1.0) * voxel_um, Dimension::Length.into(), is_whole);
        let voxel = quantity::format_so_that(voxel_um, Dimension::Length.into(), |read| read == voxel_um);
        let expected = format!("a whole number of voxels of {voxel}, such as {near}");
        return spot.refused(found, expected);
    }
    Some(count as u32)
}

/// Brightness of a pixel, 0 to 255, below which it is a wall.
const WALLS_BELOW: u8 = 128;

/// Reads the picture of the walls: one pixel a voxel, its top row at the far end in y, dark is solid. In a slab the
/// walls go through its whole thickness.
fn read_walls(
    spot: &Spot<'_>,
    file: &str,
    domain: &Domain,
    (surroundings, budget): (&Surroundings<'_>, &Budget),
) -> Result<Vec<bool>, (String, String)> {
    let [x, y, z] = domain.voxels;
    if u64::from(x) * u64::from(y) > MOST_PIXELS {
        let found = format!("walls in a well of {x} x {y} voxels");
        return Err((found, format!("at most {MOST_PIXELS} pixels, one a voxel")));
    }
    let voxels = domain.voxel_count() as f64;
    let what = format!("a well of {} voxels with walls", domain.voxel_count());
    let remedy = "use larger voxels or a smaller well";
    budget.take(&what, BYTES_PER_WALLED_VOXEL * voxels, voxels, remedy)?;
    let name = quoted(file);
    let expected = || "a PNG picture that can be read".to_owned();
    let bytes = (surroundings.file)(file).map_err(|problem| (format!("{name}: {problem}"), expected()))?;
    let broken = |problem: png::DecodingError| (format!("{name}: {problem}"), expected());
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut picture = decoder.read_info().map_err(broken)?;
    let (width, height) = picture.info().size();
    if (width, height) != (x, y) {
        let found = format!("{name} with {width} x {height} pixels");
        return Err((found, format!("one pixel a voxel: {x} x {y}")));
    }
    let mut pixels = vec![0; picture.output_buffer_size().unwrap_or(0)];
    let frame = picture.next_frame(&mut pixels).map_err(broken)?;
    let channels = frame.color_type.samples();
    let (mut darkest, mut brightest) = (u8::MAX, 0);
    let mut dark = |pixel: &[u8]| {
        let (colours, alpha) = pixel.split_at(pixel.len() - 1);
        let brightness = (colours.iter().map(|&c| u32::from(c)).sum::<u32>() / colours.len() as u32) as u8;
        (darkest, brightest) = (darkest.min(brightness), brightest.max(brightness));
        brightness < WALLS_BELOW && alpha[0] >= 128
    };
    let rows: Vec<&[u8]> = pixels.chunks_exact(frame.line_size).take(height as usize).collect();
    let plane: Vec<bool> = rows
        .iter()
        .rev()
        .flat_map(|row| row.chunks_exact(channels).take(width as usize))
        .map(&mut dark)
        .collect();
    let read = format!("its pixels have a brightness of {darkest} to {brightest} of 255");
    let told = format!("walls are opaque and darker than {WALLS_BELOW}");
    if plane.iter().all(|&solid| solid) {
        let found = format!("{name} that is wall all over: {read}");
        return Err((
            found,
            format!("gel somewhere: {told}, so that a mask of 0 and 1 needs 255 for its 1"),
        ));
    }
    if !plane.contains(&true) {
        spot.warn(format!("{name} has no wall: {read}; {told}"));
    }
    Ok(plane.repeat(z as usize))
}

/// Reads a position that must lie in the well; in a planar well it lies in the middle of the layer.
pub fn point(fields: &Fields<'_>, key: &str, domain: Option<&Domain>) -> Option<DVec3> {
    let values = fields.lengths(key)?;
    let domain = domain?;
    let spot = fields.at(key);
    let wanted = if domain.planar() { 2 } else { 3 };
    if values.len() != wanted {
        return spot.refused(format!("{} lengths", values.len()), axes_expected(wanted, domain));
    }
    let z = values.get(2).copied().unwrap_or(domain.voxel_um / 2.0);
    let point = DVec3::new(values[0], values[1], z);
    if point.cmplt(DVec3::ZERO).any() || point.cmpgt(domain.size_um()).any() {
        let shown: Vec<String> = values.iter().map(|&value| length(value)).collect();
        let expected = format!("a place in the well, which is {}", size_text(domain));
        return spot.refused(shown.join(", "), expected);
    }
    Some(point)
}

/// Two different points at `keys`. Those of a line, which goes through the whole height of a slab, differ as seen from above.
pub fn line(fields: &Fields<'_>, domain: Option<&Domain>, keys: [&str; 2]) -> Option<(DVec3, DVec3)> {
    let [one, other] = keys.map(|key| point(fields, key, domain));
    let (one, other) = (one?, other?);
    let same = one.truncate() == other.truncate() && (keys[0] == "from" || one == other);
    if same {
        let expected = format!("another place than {}", keys[0]);
        return fields.at(keys[1]).refused("the same place", expected);
    }
    Some((one, other))
}

fn axes_expected(count: usize, domain: &Domain) -> String {
    let kind = if domain.planar() { "planar" } else { "a slab" };
    let axes = if count == 2 { "x and y" } else { "x, y and z" };
    format!("{count} lengths: {axes}, as the well is {kind}")
}

/// Reads the box at `key`; it must lie in the well the right way up. Four lengths in a slab mean its whole thickness.
pub fn region(fields: &Fields<'_>, key: &str, domain: Option<&Domain>) -> Option<Region> {
    region_of(&fields.at(key), &fields.lengths(key)?, domain?)
}

/// The box of the four or six lengths that are written at a spot.
pub fn region_of(spot: &Spot<'_>, values: &[f64], domain: &Domain) -> Option<Region> {
    let size = domain.size_um();
    let (low_um, high_um) = match *values {
        [x0, y0, x1, y1] => (DVec3::new(x0, y0, 0.0), DVec3::new(x1, y1, size.z)),
        [x0, y0, z0, x1, y1, z1] if !domain.planar() => (DVec3::new(x0, y0, z0), DVec3::new(x1, y1, z1)),
        _ => return spot.refused("6 lengths", "4 lengths: x0, y0, x1, y1, as the well is planar"),
    };
    let slack = 1e-6 * domain.voxel_um;
    let mut sound = true;
    for (axis, name) in ["x", "y", "z"].into_iter().enumerate() {
        let (low, high, edge) = (low_um[axis], high_um[axis], size[axis]);
        let expected = if low >= high {
            format!("the lower {name} first, and more than no extent")
        } else if low < -slack || high > edge + slack {
            format!("a box in the well, where {name} goes from 0 to {}", edge_text(edge))
        } else {
            continue;
        };
        spot.refuse(format!("{name} from {} to {}", length(low), length(high)), expected);
        sound = false;
    }
    sound.then_some(Region { low_um, high_um })
}

/// Notes an explant that reaches out of the well, or whose centre is in a wall, and how much of its `neurons` walls take.
pub fn check_ball(spot: &Spot<'_>, at_um: DVec3, radius_um: f64, neurons: f64, domain: &Domain) {
    let size = domain.size_um();
    let axes = if domain.planar() { 2 } else { 3 };
    for (axis, name) in ["x", "y", "z"].into_iter().enumerate().take(axes) {
        let (low, high) = (at_um[axis] - radius_um, at_um[axis] + radius_um);
        if low < 0.0 || high > size[axis] {
            let found = format!("an explant with {name} from {} to {}", length(low), length(high));
            let expected = format!(
                "it within the well, where {name} goes from 0 to {}",
                edge_text(size[axis])
            );
            return spot.refuse(found, expected);
        }
    }
    if domain.in_wall(at_um) {
        return spot.refuse("a centre inside a wall", "a place in the gel");
    }
    let taken = taken_by_walls(domain, at_um, radius_um);
    let share = taken.inside + taken.beyond;
    if share > 0.0 {
        let per_cent = |share: f64| quantity::tidy((1000.0 * share).round() / 10.0);
        spot.warn(format!(
            "{} % of the explant lies in a wall and {} % beyond one: about {} of its {neurons} neurons lie closer together in the rest",
            per_cent(taken.inside),
            per_cent(taken.beyond),
            (share * neurons).round()
        ));
    }
}

/// The size of the well, for a message.
pub fn size_text(domain: &Domain) -> String {
    let size = domain.size_um();
    let axes = if domain.planar() { 2 } else { 3 };
    (0..axes)
        .map(|axis| edge_text(size[axis]))
        .collect::<Vec<_>>()
        .join(" x ")
}

/// The edge of a well, so that what is written lies within.
fn edge_text(value_um: f64) -> String {
    let within = |read: f64| (value_um * (1.0 - 1e-5)..=value_um).contains(&read);
    quantity::format_so_that(value_um, Dimension::Length.into(), within)
}

fn length(value_um: f64) -> String {
    quantity::format(value_um, Dimension::Length.into())
}
