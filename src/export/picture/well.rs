//! One well as a fluorescence micrograph: field and muscle below, axons and somata glowing above.

use super::crop::Crop;
use super::light::{Exposure, LinearImage, Response};
use crate::export::error::ExportError;
use crate::export::palette::{Colour, field_colour, linear, on_dark};
use crate::model::degeneration::Severed;
use crate::model::plate::{MusclePatch, Plate};
use crate::model::world::World;
use crate::readout::culture::Site;
use crate::readout::field::Field;
use crate::readout::topology::Forest;
use glam::{DVec2, Vec3};
use tiny_skia::{BlendMode, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke, Transform};

/// The ground of the gel, linear light.
const GROUND: Colour = [0.0016, 0.0022, 0.0036];
/// Share of the field's colours that shines through: the axons are the subject.
const FIELD_STRENGTH: f32 = 0.09;
/// Intensity of one axon; where several cross it adds up.
const AXON_INTENSITY: f32 = 0.2;
/// Intensity of one that was cut off.
const SEVERED_INTENSITY: f32 = 0.5 * AXON_INTENSITY;
/// Neurons that are exposed together: few enough that their axons seldom fill the range of a byte.
const TOGETHER: usize = 10;
/// Most exposures of a well.
const EXPOSURES: usize = 40;
/// A single axon is well seen; sixty that cross are about ten times as bright.
const AXON_RESPONSE: Response = Response {
    unit: AXON_INTENSITY,
    strength: 1.3,
};
/// Somata.
const SOMA_RESPONSE: Response = Response {
    unit: 0.4,
    strength: 1.8,
};
/// Muscle fibres.
const MUSCLE_RESPONSE: Response = Response {
    unit: 0.5,
    strength: 0.8,
};
/// Points of a path closer than this in the picture are left out, in picture points.
const CLOSE_PX: f32 = 0.75;
/// Colour of muscle.
const MUSCLE: Colour = [0.80, 0.28, 0.36];

/// A plate to be drawn, and how.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The plate.
    pub plate: &'a Plate,
    /// Its state.
    pub world: &'a World,
    /// Its axons.
    pub forest: &'a Forest<'a>,
    /// The part of a well that is shown.
    pub crop: Crop,
    /// The dose of the brightest field colour; 0 without field.
    pub brightest_dose: f32,
    /// Edge of the picture of a well, in points.
    pub size: u32,
}

/// The picture of a well, row by row.
///
/// # Errors
/// No memory for the picture.
pub fn draw_well(subject: &Subject<'_>, site: &Site) -> Result<Vec<[u8; 3]>, ExportError> {
    let mut light = LinearImage::new(subject.size, subject.size);
    ground(subject, site, &mut light);
    if let Some(muscle) = &subject.plate.conditions[site.condition].muscle {
        let mut fibres = exposure(subject.size)?;
        fibres.expose(|layer| draw_fibres(subject, muscle, layer));
        light.add_glowing(&fibres, linear(MUSCLE), MUSCLE_RESPONSE, &[(3.0, 0.3)]);
    }
    let (mut axons, mut cells) = (exposure(subject.size)?, exposure(subject.size)?);
    draw_neurons(subject, site, &mut axons, &mut cells);
    let hue = linear(on_dark(site.condition));
    light.add_glowing(
        &axons,
        hue.map(|channel| 0.94 * channel + 0.06),
        AXON_RESPONSE,
        &[(1.0, 0.25), (4.0, 0.22), (11.0, 0.16)],
    );
    light.add_glowing(
        &cells,
        hue.map(|channel| 0.6 * channel + 0.4),
        SOMA_RESPONSE,
        &[(2.0, 0.4), (8.0, 0.25)],
    );
    Ok(light.develop())
}

fn exposure(size: u32) -> Result<Exposure, ExportError> {
    Exposure::new(size).ok_or_else(|| ExportError::Drawing("the plate", format!("no room for {size} points")))
}

/// The gel with the field of the first myokine in it; outside the well it is dark.
fn ground(subject: &Subject<'_>, site: &Site, light: &mut LinearImage) {
    let domain = &subject.plate.domain;
    let (well_um, crop) = (domain.size_um(), subject.crop);
    let [columns, rows, _] = domain.voxels.map(|n| n as usize);
    let along = |um: &dyn Fn(u32) -> f64, well_um: f64, voxels: usize| -> Vec<Option<Between>> {
        let inside = |um: f64| (um >= 0.0 && um < well_um).then(|| Between::of(um / domain.voxel_um, voxels));
        (0..subject.size).map(|point| inside(um(point))).collect()
    };
    let x_places = along(&|x| crop.um(x, 0).x, well_um.x, columns);
    let y_places = along(&|y| crop.um(0, y).y, well_um.y, rows);
    let field = Field::of(subject.plate, subject.world, site.well, site.grid, 0);
    // Without a grid all points have the same dose, and its light is worked out once.
    let mut last = None;
    for (y, up) in (0..).zip(&y_places) {
        for (x, right) in (0..).zip(&x_places) {
            let (Some(right), Some(up)) = (right, up) else {
                continue;
            };
            let dose = field.map_or(0.0, |field| sample(subject.plate, &field, right, up));
            let share = if subject.brightest_dose > 0.0 {
                dose / subject.brightest_dose
            } else {
                0.0
            };
            let glow = match last {
                Some((lit, glow)) if lit == share => glow,
                _ => linear(field_colour(share)),
            };
            last = Some((share, glow));
            light.add(x, y, std::array::from_fn(|c| GROUND[c] + FIELD_STRENGTH * glow[c]));
        }
    }
}

/// A place between the middles of two voxels along an axis.
#[derive(Clone, Copy, Debug)]
struct Between {
    below: usize,
    above: usize,
    /// The part of the way from the one below to the one above.
    share: f32,
}

impl Between {
    /// That of a place in voxels from the beginning of `voxels`; beyond the outer middles it is there.
    fn of(place: f64, voxels: usize) -> Self {
        let at = (place - 0.5).max(0.0);
        let below = (at as usize).min(voxels - 1);
        Self {
            below,
            above: (below + 1).min(voxels - 1),
            share: (at - below as f64).min(1.0) as f32,
        }
    }

    fn mix(self, below: f32, above: f32) -> f32 {
        below * (1.0 - self.share) + above * self.share
    }
}

/// The concentration at a point of the plane half way up the gel, interpolated between voxels.
fn sample(plate: &Plate, field: &Field<'_>, right: &Between, up: &Between) -> f32 {
    if !field.has_grid() {
        return field.values[0];
    }
    let [columns, rows, layers] = plate.domain.voxels.map(|n| n as usize);
    let level = &field.values[layers / 2 * columns * rows..];
    let along = |row: usize| right.mix(level[row * columns + right.below], level[row * columns + right.above]);
    up.mix(along(up.below), along(up.above))
}

/// Fibres side by side, slightly wavy as they are in culture.
fn draw_fibres(subject: &Subject<'_>, muscle: &MusclePatch, layer: &mut Pixmap) {
    let (low, high) = (muscle.region.low_um.truncate(), muscle.region.high_um.truncate());
    let upright = muscle.upright;
    let (across, along) = if upright {
        ((low.x, high.x), (low.y, high.y))
    } else {
        ((low.y, high.y), (low.x, high.x))
    };
    let spacing_um = subject.plate.muscle.fibre_spacing_um;
    let mut middle = across.0 + 0.5 * spacing_um;
    let mut number = 0.0_f64;
    while middle < across.1 {
        let wave = |place: f64| middle + 0.12 * spacing_um * libm::sin(place / 310.0 + 2.4 * number);
        let steps = ((along.1 - along.0) / 40.0).ceil().max(1.0) as usize;
        let mut path = PathBuilder::new();
        for step in 0..=steps {
            let place = along.0 + (along.1 - along.0) * step as f64 / steps as f64;
            let at = if upright {
                DVec2::new(wave(place), place)
            } else {
                DVec2::new(place, wave(place))
            };
            let (x, y) = subject.crop.px(at.as_vec2().extend(0.0));
            if step == 0 {
                path.move_to(x, y)
            } else {
                path.line_to(x, y)
            }
        }
        let width = (spacing_um * subject.crop.px_per_um) as f32;
        if let Some(path) = path.finish() {
            for (share, intensity) in [(0.78, 0.16), (0.5, 0.14), (0.22, 0.16)] {
                draw_line(layer, &path, (share * width).max(0.6), intensity);
            }
        }
        middle += spacing_um;
        number += 1.0;
    }
}

fn draw_neurons(subject: &Subject<'_>, site: &Site, axons: &mut Exposure, cells: &mut Exposure) {
    let width_px = (subject.size as f32 / 430.0).clamp(0.8, 2.0);
    let soma_px = ((5.0 * subject.crop.px_per_um) as f32).max(1.3 * width_px);
    let neurons: Vec<usize> = site.neurons.clone().collect();
    for together in neurons.chunks(TOGETHER.max(neurons.len() / EXPOSURES)) {
        axons.expose(|layer| {
            together
                .iter()
                .for_each(|&index| draw_axon(subject, index, width_px, layer))
        });
    }
    axons.expose(|layer| draw_severed(subject, site, width_px, layer));
    cells.expose(|layer| {
        for &index in &neurons {
            draw_dot(
                layer,
                subject.crop.px(subject.world.neurons[index].soma_um()),
                soma_px,
                0.4,
            );
        }
    });
}

fn draw_axon(subject: &Subject<'_>, neuron: usize, width_px: f32, layer: &mut Pixmap) {
    let axon = subject.forest.axon(neuron);
    for shaft in axon.shafts() {
        if let Some(path) = simplified(subject, shaft.points_um()) {
            draw_line(layer, &path, width_px, AXON_INTENSITY);
        }
    }
    for tip in axon.branching().tips {
        draw_dot(
            layer,
            subject.crop.px(subject.world.tip_um(tip)),
            0.95 * width_px,
            2.5 * AXON_INTENSITY,
        );
    }
}

/// The remains of the axons that were cut off.
fn draw_severed(subject: &Subject<'_>, site: &Site, width_px: f32, layer: &mut Pixmap) {
    let of_well = |severed: &&Severed| severed.well as usize == site.well;
    for severed in subject.world.severed.iter().filter(of_well) {
        for (from_um, to_um) in severed.pieces_left(subject.world.step) {
            if let Some(piece) = simplified(subject, [from_um, to_um]) {
                draw_line(layer, &piece, width_px, SEVERED_INTENSITY);
            }
        }
    }
}

/// A path without points that fall together in the picture.
fn simplified(subject: &Subject<'_>, points: impl IntoIterator<Item = Vec3>) -> Option<Path> {
    let mut path = PathBuilder::new();
    let mut drawn: Option<(f32, f32)> = None;
    let mut left_out = None;
    for at_um in points {
        let (x, y) = subject.crop.px(at_um);
        match drawn {
            None => path.move_to(x, y),
            Some((from_x, from_y)) if (x - from_x).abs() + (y - from_y).abs() < CLOSE_PX => {
                left_out = Some((x, y));
                continue;
            }
            Some(_) => path.line_to(x, y),
        }
        drawn = Some((x, y));
        left_out = None;
    }
    if let Some((x, y)) = left_out {
        path.line_to(x, y);
    }
    path.finish()
}

fn draw_line(layer: &mut Pixmap, path: &Path, width: f32, intensity: f32) {
    let stroke = Stroke {
        width,
        line_cap: LineCap::Round,
        line_join: LineJoin::Round,
        ..Stroke::default()
    };
    layer.stroke_path(path, &ink(intensity), &stroke, Transform::identity(), None);
}

fn draw_dot(layer: &mut Pixmap, at: (f32, f32), radius: f32, intensity: f32) {
    if let Some(dot) = PathBuilder::from_circle(at.0, at.1, radius) {
        layer.fill_path(&dot, &ink(intensity), FillRule::Winding, Transform::identity(), None);
    }
}

/// White light that adds to what is there.
fn ink(intensity: f32) -> Paint<'static> {
    let mut paint = Paint {
        anti_alias: true,
        blend_mode: BlendMode::Plus,
        ..Paint::default()
    };
    paint.set_color(
        tiny_skia::Color::from_rgba(1.0, 1.0, 1.0, intensity.clamp(0.0, 1.0)).unwrap_or(tiny_skia::Color::WHITE),
    );
    paint
}
