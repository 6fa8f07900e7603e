//! The plan of a picture: which of its axons are drawn anew, kept from the picture before and moved, or drawn apart.
//! Nothing here touches a device.

use crate::view::look::{ColourBy, Look, Theme};
use glam::Mat4;

/// Colours that change with time are drawn anew as often as this, s: by hardware and by a software driver.
const FRESH_COLOURS_S: [f64; 2] = [0.7, 3.0];

/// The exposures that a picture is developed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exposed {
    /// The kept one.
    Kept,
    /// The kept one and the moving one.
    Both,
    /// The moving one alone: the kept one was moved into it.
    Moving,
}

/// The settings that a kept picture of the axons was drawn with.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The view.
    pub view: KeptView,
    /// Width and height, in points.
    pub size: [u32; 2],
    /// The colours.
    pub colour_by: ColourBy,
    /// Width of an axon, in points.
    pub axon_width_px: f32,
    /// The neuron that stands out.
    pub highlighted: Option<u32>,
    /// Whether axons are shown.
    pub axons: bool,
    /// Whether cell bodies are shown.
    pub somata: bool,
    /// The height that is in focus, as a share of the gel's; `None` of a flat culture.
    pub focus: Option<f32>,
}

/// The view of a kept picture.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptView {
    /// From the plate to clip space.
    pub clip_from_plate: Mat4,
    /// Points for each µm.
    pub px_per_um: f32,
    /// Level of detail: every second, fourth ... point is drawn.
    pub level: u32,
    /// Whether cell bodies are small enough to be kept.
    pub holds_somata: bool,
    /// Wells that are not in it, since their gel moves; in order.
    pub apart: Vec<usize>,
}

/// The state of the kept picture, as earlier pictures have left it.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// The settings of the kept picture; `None` where there is no such picture.
    pub kept: Option<Kept>,
    /// Wall-clock time at which it was last drawn anew, s.
    pub kept_since_s: f64,
    /// The view of the picture before.
    pub seen_last: Option<Mat4>,
}

/// A picture that is asked for, and what there is to be drawn.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// From the plate to clip space.
    pub clip_from_plate: Mat4,
    /// Points for each µm at the middle of the view.
    pub px_per_um: f64,
    /// Points of the picture for each point of a usual screen.
    pub scale: f64,
    /// Width of an axon, in points of the picture.
    pub axon_width_px: f32,
    /// Width and height, in points.
    pub size: [u32; 2],
    /// Wall-clock time, s.
    pub wall_s: f64,
    /// Colours and layers.
    pub look: &'a Look,
    /// Wells in view, in order.
    pub seen: Vec<usize>,
    /// Those of them whose gel moves.
    pub moving: Vec<usize>,
    /// Whether growth stays in a plane.
    pub planar: bool,
    /// Whether a program on the processor draws.
    pub software: bool,
    /// The level of detail that this view can show.
    pub level: u32,
    /// Whether the bits between the last recorded points and the cones are long enough to be seen.
    pub near: bool,
    /// Whether the engine's own buffers are drawn, in which axons are longer than in the kept picture.
    pub live: bool,
    /// Whether there are cell bodies: before the first moment there is nothing.
    pub has_somata: bool,
    /// Lines of severed axons.
    pub severed: u32,
    /// Whether the kept picture still lacks lines.
    pub lacks: bool,
    /// Whether more changed than is worth drawing onto the kept picture.
    pub outdated: bool,
    /// Whether lines that were taken back have left too many traces in it.
    pub worn: bool,
}

/// The plan of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Wells in view, in order.
    pub seen: Vec<usize>,
    /// Points for each µm at the middle of the view.
    pub px_per_um: f64,
    /// Points of the picture for each point of a usual screen.
    pub scale: f64,
    /// The kept picture that this one is made with.
    pub kept: Kept,
    /// Whether the kept picture is drawn anew; else what is new is drawn onto it.
    pub anew: bool,
    /// Whether it is moved with a view that is on its way, and drawn anew once that is at rest.
    pub travels: bool,
    /// Whether it is moved at all, with the view or with its gels.
    pub shifts: bool,
    /// Whether axons are drawn that the kept picture does not hold: those of wells apart, the newest bits, severed ones.
    pub fresh: bool,
    /// Whether cell bodies are drawn that it does not hold.
    pub somata_apart: bool,
    /// Lines of severed axons.
    pub severed: u32,
    /// The ground it is drawn on.
    pub theme: Theme,
    /// Whether growth cones are drawn.
    pub cones: bool,
    /// The exposures that it is developed from.
    pub exposed: Exposed,
}

impl Plan {
    /// The plan of a picture after those that `memory` tells of.
    pub fn of(request: Request<'_>, memory: &Memory) -> Self {
        let layers = request.look.layers;
        // A flat gel that moves takes the kept picture with it, unless its axons are seen one by one and hardware draws.
        let takes_kept_along = request.planar && (request.software || request.level > 0);
        let any_moves = !request.moving.is_empty();
        let apart = if takes_kept_along { Vec::new() } else { request.moving };
        let wanted = Kept {
            view: KeptView {
                clip_from_plate: request.clip_from_plate,
                px_per_um: request.px_per_um as f32,
                level: request.level,
                holds_somata: request.has_somata && !request.near && apart.is_empty(),
                apart,
            },
            size: request.size,
            colour_by: request.look.colour_by,
            axon_width_px: request.axon_width_px,
            highlighted: request.look.highlighted,
            axons: layers.axons,
            somata: layers.somata,
            focus: (!request.planar).then_some(request.look.slice),
        };
        let faded = changes_with_time(request.look.colour_by)
            && request.wall_s - memory.kept_since_s > FRESH_COLOURS_S[usize::from(request.software)];
        let worn = !request.lacks && (faded || request.worn);
        let outdated = memory.kept.as_ref() != Some(&wanted) || request.outdated || worn;
        let travelling = memory.kept.as_ref().filter(|_| request.software).filter(|kept| {
            let at_rest = memory.seen_last == Some(wanted.view.clip_from_plate);
            !at_rest && shows_another_view(kept, &wanted)
        });
        let travels = travelling.is_some();
        let kept = travelling.cloned().unwrap_or(wanted);

        let shifts = travels || (takes_kept_along && any_moves);
        let somata_apart = layers.somata && request.has_somata && !kept.view.holds_somata;
        let is_apart = !kept.view.apart.is_empty();
        let fresh = layers.axons && (request.near || is_apart || request.live || request.severed > 0);
        Plan {
            seen: request.seen,
            px_per_um: request.px_per_um,
            scale: request.scale,
            anew: outdated && !travels,
            travels,
            shifts,
            fresh,
            somata_apart,
            severed: request.severed,
            theme: request.look.theme,
            cones: layers.cones,
            exposed: match (shifts, somata_apart || fresh) {
                (true, _) => Exposed::Moving,
                (false, true) => Exposed::Both,
                (false, false) => Exposed::Kept,
            },
            kept,
        }
    }

    /// Wells that are drawn apart from the kept picture.
    pub fn apart(&self) -> &[usize] {
        &self.kept.view.apart
    }

    /// Wells in view that are in the kept picture.
    pub fn at_rest(&self) -> Vec<usize> {
        let kept = self.seen.iter().filter(|well| !self.apart().contains(well));
        kept.copied().collect()
    }

    /// Whether light is out of focus; ink on paper is not.
    pub fn blurs(&self) -> bool {
        self.theme == Theme::Dark
    }

    /// Whether anything is drawn beside the kept picture.
    pub fn has_moving(&self) -> bool {
        self.shifts || self.somata_apart || self.fresh
    }
}

/// Whether a kept picture is the wanted one but for where it is seen from, so that it can be moved there.
fn shows_another_view(kept: &Kept, wanted: &Kept) -> bool {
    let seen_from_there = Kept {
        view: wanted.view.clone(),
        ..kept.clone()
    };
    seen_from_there == *wanted
        && kept.view.clip_from_plate != wanted.view.clip_from_plate
        && kept.view.apart == wanted.view.apart
}

/// Whether a colour of an axon changes while the axon stays.
fn changes_with_time(colour_by: ColourBy) -> bool {
    match colour_by {
        ColourBy::Condition | ColourBy::Neuron | ColourBy::BranchOrder => false,
        ColourBy::Age | ColourBy::Gain | ColourBy::TrophicProgramme | ColourBy::MechanoProgramme => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::Vec3;

    /// A view from nearby on graphics hardware, with nothing kept but what `moving` allows.
    fn request<'a>(look: &'a Look, moving: &[usize]) -> Request<'a> {
        Request {
            clip_from_plate: Mat4::IDENTITY,
            px_per_um: 0.5,
            scale: 1.0,
            axon_width_px: 1.3,
            size: [900, 600],
            wall_s: 0.0,
            look,
            seen: (0..70).collect(),
            moving: moving.to_vec(),
            planar: true,
            software: false,
            level: 0,
            near: true,
            live: false,
            has_somata: true,
            severed: 0,
            lacks: false,
            outdated: false,
            worn: false,
        }
    }

    /// The memory that a picture leaves behind.
    fn after(request: Request<'_>) -> Memory {
        let seen_last = Some(request.clip_from_plate);
        Memory {
            kept: Some(Plan::of(request, &Memory::default()).kept),
            kept_since_s: 0.0,
            seen_last,
        }
    }

    #[test]
    fn the_kept_picture_is_drawn_anew_when_other_wells_move() {
        let look = Look::default();
        let memory = after(request(&look, &[]));
        assert!(!Plan::of(request(&look, &[]), &memory).anew);
        for moving in [&[3][..], &[67], &[3, 67]] {
            let plan = Plan::of(request(&look, moving), &memory);
            assert!(plan.anew, "the axons of {moving:?} are still in the kept picture");
            assert_eq!(plan.apart(), moving);
            assert_eq!(plan.at_rest().len(), 70 - moving.len());
            assert!(!Plan::of(request(&look, moving), &after(request(&look, moving))).anew);
        }
        let memory = after(request(&look, &[3]));
        assert!(Plan::of(request(&look, &[67]), &memory).anew);
    }

    #[test]
    fn a_flat_gel_seen_from_afar_takes_the_kept_picture_along() {
        let look = Look::default();
        let far = |moving: &[usize]| Request {
            level: 2,
            near: false,
            ..request(&look, moving)
        };
        let plan = Plan::of(far(&[4]), &after(far(&[])));
        assert!(!plan.anew && plan.shifts && plan.apart().is_empty());
        assert_eq!(plan.exposed, Exposed::Moving);
        let still = Plan::of(far(&[]), &after(far(&[])));
        assert_eq!((still.has_moving(), still.exposed), (false, Exposed::Kept));
        let slab = Request {
            planar: false,
            ..far(&[4])
        };
        let plan = Plan::of(slab.clone(), &after(slab));
        assert_eq!(
            (plan.shifts, plan.apart(), plan.exposed),
            (false, &[4][..], Exposed::Both)
        );
    }

    #[test]
    fn a_software_driver_moves_the_kept_picture_with_the_view_and_draws_it_anew_at_rest() {
        let look = Look::default();
        let seen_from = |x: f32, software| Request {
            clip_from_plate: Mat4::from_translation(Vec3::X * x),
            software,
            ..request(&look, &[])
        };
        let mut memory = after(seen_from(0.0, true));
        let on_the_way = Plan::of(seen_from(0.1, true), &memory);
        assert!(on_the_way.travels && on_the_way.shifts && !on_the_way.anew);
        assert_eq!(on_the_way.kept.view.clip_from_plate, Mat4::IDENTITY);
        memory.seen_last = Some(seen_from(0.1, true).clip_from_plate);
        let arrived = Plan::of(seen_from(0.1, true), &memory);
        assert!(arrived.anew && !arrived.travels);
        assert!(Plan::of(seen_from(0.1, false), &after(seen_from(0.0, false))).anew);
    }

    /// A picture that was begun before the first moment has no cell bodies: it is drawn anew once there are some.
    #[test]
    fn cell_bodies_are_drawn_once_there_are_some() {
        let look = Look::default();
        let from_afar = |has_somata| Request {
            has_somata,
            near: false,
            ..request(&look, &[])
        };
        let plan = Plan::of(from_afar(true), &after(from_afar(false)));
        assert!(plan.anew && plan.kept.view.holds_somata);
        assert!(!Plan::of(from_afar(true), &after(from_afar(true))).anew);
    }

    #[test]
    fn colours_that_change_with_time_wait_until_the_picture_is_whole() {
        let look = Look {
            colour_by: ColourBy::Age,
            ..Look::default()
        };
        let later = |lacks| Request {
            wall_s: 1.0,
            lacks,
            ..request(&look, &[])
        };
        let memory = after(request(&look, &[]));
        assert!(!Plan::of(request(&look, &[]), &memory).anew);
        assert!(Plan::of(later(false), &memory).anew);
        assert!(!Plan::of(later(true), &memory).anew);
    }
}
