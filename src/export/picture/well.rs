//! One well as a fluorescence micrograph, as the window shows it: field and muscle below, the channels of axons and nuclei above.

use super::crop::Crop;
use super::light::{Exposure, LinearImage, Stain};
use crate::export::error::ExportError;
use crate::export::micrograph as look;
use crate::export::palette::{Colour, field_colour, linear, on_dark};
use crate::model::degeneration::Severed;
use crate::model::plate::{MusclePatch, PlacedExplant, Plate};
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
/// Opacity of one axon as it is drawn; where several cross it adds up.
const AXON_INTENSITY: f32 = 0.2;
/// Intensity of one that was cut off.
const SEVERED_INTENSITY: f32 = look::SEVERED * AXON_INTENSITY;
/// Neurons that are exposed together: few enough that their axons seldom fill the range of a byte.
const TOGETHER: usize = 10;
/// Most exposures of a well.
const EXPOSURES: usize = 40;
/// Opacity of one soma.
const SOMA_INTENSITY: f32 = 0.4;
/// Opacity of muscle fibres that is shown half as bright as can be.
const HALF_MUSCLE: f32 = 2.0;
/// Points of a path closer than this in the picture are left out, in picture points.
const CLOSE_PX: f32 = 0.75;
/// Colour of muscle.
const MUSCLE: Colour = [0.80, 0.28, 0.36];

/// A plate to be drawn, and how.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The plate.
    pub plate: &'a Plate,
    /// The hues of its conditions, as numbers of the palette.
    pub hues: &'a [usize],
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
        let stain = Stain {
            colour: linear(MUSCLE),
            half: HALF_MUSCLE,
            overexposed: 0.0,
        };
        light.merge(&fibres.light(1.0), &stain);
    }
    let (mut axons, mut cells) = (exposure(subject.size)?, exposure(subject.size)?);
    draw_neurons(subject, site, &mut axons, &mut cells);
    let (mut axons, mut nuclei) = channels(subject, site, &axons, &cells);
    // The skirt of the point-spread function is as wide as on the screen where wells are as large.
    let skirt_px = subject.size as f32 / 100.0;
    light.spread(&mut axons, skirt_px, look::SKIRT);
    light.spread(&mut nuclei, skirt_px, look::SKIRT);
    let hue = linear(on_dark(subject.hues[site.condition]));
    let strongest = hue.into_iter().fold(0.0, f32::max);
    let stains = [
        Stain {
            colour: hue.map(|channel| channel / strongest),
            half: look::HALF_AXONS / strongest,
            overexposed: look::OVEREXPOSED,
        },
        Stain {
            colour: look::NUCLEI,
            half: look::HALF_NUCLEI,
            overexposed: 0.0,
        },
    ];
    light.merge(&axons, &stains[0]);
    light.merge(&nuclei, &stains[1]);
    Ok(light.develop())
}

/// The light of both channels: axons, fainter far from their spheroid, with the cytoplasm of somata; and nuclei. To each what is out
/// of focus in the depth of the spheroids.
fn channels(subject: &Subject<'_>, site: &Site, axons: &Exposure, cells: &Exposure) -> (Vec<f32>, Vec<f32>) {
    let mut explants = Vec::new();
    if let Some(place) = subject.plate.wells().get(site.well) {
        explants = subject.plate.explants_in(place);
    }
    let real_px = look::AXON_UM * subject.crop.px_per_um as f32;
    let width_px = width_px(subject.size);
    let unit = AXON_INTENSITY * libm::powf(width_px / real_px.min(width_px), look::SPREAD);
    let small = (look::SOMA_UM * subject.crop.px_per_um as f32 / soma_px(subject)).min(1.0);
    let seen = 0.1 + 0.9 * small * small;
    let (mut axons, somata) = (axons.light(unit), cells.light(SOMA_INTENSITY / seen));
    // A nucleus fills this share of its soma's picture.
    let filled = (look::NUCLEUS_UM / look::SOMA_UM) * (look::NUCLEUS_UM / look::SOMA_UM);
    let mut nuclei: Vec<f32> = somata.iter().map(|light| look::NUCLEUS * filled * light).collect();
    for (place, (axons, nuclei)) in axons.iter_mut().zip(&mut nuclei).enumerate() {
        let at_um = subject
            .crop
            .um(place as u32 % subject.size, place as u32 / subject.size);
        let of = |placed: &PlacedExplant| {
            (
                at_um.distance(placed.at_um.truncate()) as f32,
                placed.explant.radius_um as f32,
            )
        };
        if *axons > 0.0 {
            let nearest_um = explants.iter().map(|placed| of(placed).0).fold(f32::INFINITY, f32::min);
            *axons *= look::taper(nearest_um);
        }
        *axons += look::CYTOPLASM * somata[place];
        for placed in &explants {
            let (distance_um, radius_um) = of(placed);
            let reach_um = look::BALL_REACH * radius_um;
            if distance_um < reach_um {
                let thick = look::layers_of(&placed.explant) * look::thickness(distance_um / reach_um);
                *axons += look::BALL_AXONS * thick;
                *nuclei += look::BALL_NUCLEI * thick;
            }
        }
    }
    (axons, nuclei)
}

/// Width of an axon as it is drawn, in points.
fn width_px(size: u32) -> f32 {
    (size as f32 / 430.0).clamp(0.8, 2.0)
}

/// Radius of a soma as it is drawn, in points.
fn soma_px(subject: &Subject<'_>) -> f32 {
    (look::SOMA_UM * subject.crop.px_per_um as f32).max(1.3 * width_px(subject.size))
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
    let (width_px, soma_px) = (width_px(subject.size), soma_px(subject));
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
                SOMA_INTENSITY,
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
