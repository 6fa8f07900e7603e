//! The dish where no graphics device can draw it: each well is a picture that the processor paints, a few times a second.

use eframe::egui::{self, Color32, ColorImage, Pos2, Rect, TextureHandle, TextureOptions, pos2};
use glam::{DVec2, DVec3};
use outgrowth::export::picture::WellPictures;
use outgrowth::model::plate::Plate;
use outgrowth::model::world::World;
use outgrowth::view::arrangement::Arrangement;
use std::time::Duration;
use web_time::Instant;

/// Edges of a well's picture, in points.
const SIZES: (f64, f64) = (64.0, 768.0);
/// Sizes between which no picture is painted anew.
const GRAIN: u32 = 32;
/// How many times as long as it took to paint is waited before the next is painted: the engine has the rest.
const REST: u32 = 2;
/// A frame of the first pictures takes at most about so long.
const FIRST_ROUND: Duration = Duration::from_millis(100);

/// The pictures of all wells.
#[derive(Default)]
pub struct Pictures {
    wells: Vec<Option<Painted>>,
    /// The well that is painted next.
    next: usize,
    /// When the next may be painted.
    due: Option<Instant>,
}

struct Painted {
    texture: TextureHandle,
    size: u32,
    /// The step that it shows.
    step: u32,
}

impl Pictures {
    /// Paints the well whose turn it is, if it is time. Returns whether some picture is older than the state.
    pub fn paint(
        &mut self,
        context: &egui::Context,
        plate: &Plate,
        world: &World,
        arrangement: &Arrangement,
        px_per_um: f64,
        in_sight: &dyn Fn(usize) -> bool,
    ) -> bool {
        let wells = arrangement.corners_um.len();
        self.wells.resize_with(wells, || None);
        let edge_px = (arrangement.well_um.truncate().max_element() * px_per_um).clamp(SIZES.0, SIZES.1);
        let size = (edge_px as u32).next_multiple_of(GRAIN);
        let is_old = |painted: &Option<Painted>| {
            painted
                .as_ref()
                .is_none_or(|painted| painted.size != size || painted.step != world.step)
        };
        if self.due.is_some_and(|due| due > Instant::now()) && self.are_there() {
            return true;
        }
        let began = Instant::now();
        loop {
            let old = |well: &usize| in_sight(*well) && is_old(&self.wells[*well]);
            let Some(well) = (self.next..wells).chain(0..self.next.min(wells)).find(old) else {
                return false;
            };
            self.paint_well(context, plate, world, well, size);
            self.next = well + 1;
            // The first pictures come one right after the other.
            if self.are_there() || began.elapsed() > FIRST_ROUND {
                break;
            }
        }
        let took = began.elapsed().max(Duration::from_millis(1));
        self.due = Some(Instant::now() + took * REST);
        true
    }

    /// Paints a well.
    fn paint_well(&mut self, context: &egui::Context, plate: &Plate, world: &World, well: usize, size: u32) {
        if let Ok(Some(picture)) = WellPictures::of(plate, world).paint(well, size) {
            let image = ColorImage::from_rgb([size as usize; 2], picture.as_flattened());
            let texture = match self.wells[well].take() {
                Some(mut painted) => {
                    painted.texture.set(image, TextureOptions::LINEAR);
                    painted.texture
                }
                None => context.load_texture(format!("well {well}"), image, TextureOptions::LINEAR),
            };
            self.wells[well] = Some(Painted {
                texture,
                size,
                step: world.step,
            });
        }
    }

    /// Whether every well has been painted.
    pub fn are_there(&self) -> bool {
        !self.wells.is_empty() && self.wells.iter().all(Option::is_some)
    }

    /// Shows the pictures where the wells are.
    pub fn show(&self, painter: &egui::Painter, arrangement: &Arrangement, to_screen: &dyn Fn(DVec3) -> Option<Pos2>) {
        let well_um = arrangement.well_um.truncate();
        // The well lies in the middle of its square.
        let share = (well_um / well_um.max_element()).as_vec2() * 0.5;
        let part = Rect::from_min_max(pos2(0.5 - share.x, 0.5 - share.y), pos2(0.5 + share.x, 0.5 + share.y));
        for (corner, painted) in arrangement.corners_um.iter().zip(&self.wells) {
            let Some(rect) = on_screen(*corner, well_um, to_screen) else {
                continue;
            };
            match painted {
                Some(painted) => {
                    painter.image(painted.texture.id(), rect, part, Color32::WHITE);
                }
                None => {
                    painter.rect_filled(rect, 0.0, Color32::from_rgb(8, 9, 12));
                }
            }
        }
    }
}

/// The rectangle of a well on the screen, seen from straight above.
pub fn on_screen(corner: DVec3, well_um: DVec2, to_screen: &dyn Fn(DVec3) -> Option<Pos2>) -> Option<Rect> {
    let (low, high) = (to_screen(corner)?, to_screen(corner + well_um.extend(0.0))?);
    Some(Rect::from_two_pos(low, high))
}
