//! How a picture is put together, pass by pass.

use super::axons::Lines;
use super::layout::{Frame, Pose};
use super::light::Exposed;
use super::targets::Targets;
use super::{Drawn, Kept, KeptView, Opened, Scene, Shown, ViewRect, ground};
use crate::model::layout::NONE;
use crate::model::plate::Plate;
use crate::view::camera::Camera;
use crate::view::look::{ColourBy, Look, Theme};
use glam::{DVec2, DVec3, Vec4};
use wgpu::{CommandEncoder, RenderPass, TextureView};

/// Colours that change with time are drawn anew as often as this, s: by hardware and by a software driver.
const FRESH_COLOURS_S: [f64; 2] = [0.7, 3.0];

impl Scene {
    /// Draws the plate into a rectangle of `target`. `now` is the plate as its events have made it, from which `poses`
    /// come; `wall_s` is the time on the wall.
    pub fn draw(
        &mut self,
        encoder: &mut CommandEncoder,
        target: &TextureView,
        rect: ViewRect,
        camera: &Camera,
        look: &Look,
        (now, poses): (&Plate, &[Pose]),
        wall_s: f64,
    ) -> Drawn {
        self.carry(now);
        let Some(plate) = &self.plate else {
            return Drawn::default();
        };
        if rect.width == 0 || rect.height == 0 {
            return Drawn::default();
        }
        let size = [rect.width, rect.height];
        if self.targets.size != size {
            self.targets = Targets::new(&self.opened.handle, size, self.exposure);
            self.light.bind(&self.opened.handle, &self.targets);
            self.shift.bind(&self.opened.handle, &self.kept_frame, &self.targets);
            self.kept = None;
        }
        let brightest = self.brightest_dose(look.species);
        let frame = Frame {
            step: self.step(),
            ..frame_of(plate, camera, look, &self.shown, brightest, size, wall_s)
        };
        let planar = plate.domain.planar();
        let px_per_um = camera.px_per_um();
        let seen: Vec<usize> = self.wells_in_view(camera).collect();
        let moves = |well: &usize| poses.get(*well).is_some_and(|pose| pose.moving != 0);
        let moving: Vec<usize> = seen.iter().copied().filter(moves).collect();

        let level = self.axons.level(px_per_um);
        // A flat gel that moves takes the kept picture with it, unless its axons are seen one by one and hardware draws.
        let apart: Vec<usize> = if planar && (self.software || level > 0) {
            Vec::new()
        } else {
            moving.clone()
        };
        let near = self.axons.shows_last_bits(px_per_um);
        let view = KeptView {
            clip_from_plate: frame.clip_from_plate,
            px_per_um: frame.px_per_um,
            level,
            holds_somata: !near && apart.is_empty(),
            apart: apart.iter().fold(0, |all, well| {
                all ^ (0x9e37_79b9_7f4a_7c15_u64.rotate_left(*well as u32 % 64))
            }),
        };
        let wanted = Kept {
            view,
            size,
            colour_by: look.colour_by,
            axon_width_px: look.axon_width_px,
            highlighted: look.highlighted,
            axons: look.layers.axons,
            somata: look.layers.somata,
        };
        let travels = self.software && self.travels(&wanted);
        self.seen_last = Some(frame.clip_from_plate);
        let faded = changes_with_time(look.colour_by)
            && wall_s - self.kept_since_s > FRESH_COLOURS_S[usize::from(self.software)];
        let worn = self.lacks.is_empty() && (faded || self.axons.is_worn());
        let outdated = self.kept != Some(wanted) || self.axons.is_outdated() || worn;
        let mut drawn = Drawn {
            anew: outdated && !travels,
            travels,
            ..Drawn::default()
        };
        let kept = self.kept.filter(|_| travels).unwrap_or(wanted);
        drawn.level = kept.view.level;
        self.write_frames(&frame, &kept.view, poses);

        self.make_room_for_colours();
        let cones = self.live.as_ref().map_or(self.cones.buffer(), |live| &live.state.cones);
        self.tint.find(
            &self.opened.handle,
            encoder,
            &self.frame_group,
            cones,
            self.cone_count(),
        );
        self.timing.begin();
        self.draw_ground(encoder, look.theme, &frame, poses);
        if drawn.anew {
            let at_rest: Vec<usize> = seen.iter().copied().filter(|well| !apart.contains(well)).collect();
            drawn.axon_vertices += self.draw_kept(encoder, &kept, &at_rest);
            self.kept = Some(kept);
            self.kept_since_s = wall_s;
        } else {
            drawn.axon_vertices += self.draw_onto_kept(encoder, look.layers.axons);
        }
        drawn.unfinished = travels || !self.lacks.is_empty();

        let shifted = travels || (apart.is_empty() && !moving.is_empty());
        let somata_apart = look.layers.somata && !kept.view.holds_somata;
        // Severed axons fall to pieces from picture to picture: none of them is kept.
        let severed = if look.layers.axons && !self.shown.severed.is_empty() {
            let Opened { handle, queue, .. } = &self.opened;
            self.axons
                .upload_severed(handle, queue, &self.shown.severed, frame.step)
        } else {
            0
        };
        let fresh = look.layers.axons && (near || !apart.is_empty() || self.is_live() || severed > 0);
        if shifted || somata_apart || fresh {
            self.axons.prepare(&self.opened.handle, &self.opened.queue, &apart);
            let stamps = self.timing.pass("moving axons and somata");
            let mut pass = begin(encoder, "moving axons", &self.targets.moving, DARK, stamps);
            if shifted {
                pass.set_bind_group(0, &self.frame_group, &[]);
                self.shift.draw(&mut pass, &seen, poses);
            }
            self.bind_cells(&mut pass);
            if look.layers.axons {
                let mut lines = self.axons.lines(&apart);
                drawn.axon_vertices += self.axons.draw_settled(&mut pass, &mut lines, u32::MAX);
                self.draw_recent(&mut pass, px_per_um);
                self.axons.draw_severed(&mut pass, severed);
            }
            if somata_apart {
                self.marks.draw_somata(&mut pass, self.shown.neurons.len() as u32);
            }
        }

        let exposed = match (shifted, somata_apart || fresh) {
            (true, _) => Exposed::Moving,
            (false, true) => Exposed::Both,
            (false, false) => Exposed::Kept,
        };
        self.light
            .glow(encoder, &self.targets, look.theme, exposed, &mut self.timing);
        self.draw_film(encoder, target, rect, look.layers.cones, exposed, px_per_um);
        self.timing.end(encoder);
        drawn
    }

    /// Whether the view is on its way, and the kept picture can be moved with it meanwhile.
    fn travels(&self, wanted: &Kept) -> bool {
        let at_rest = self.seen_last == Some(wanted.view.clip_from_plate);
        let comparable = |kept: Kept| Kept {
            view: wanted.view,
            ..kept
        };
        !at_rest
            && self.kept.is_some_and(|kept| {
                comparable(kept) == *wanted
                    && kept.view.clip_from_plate != wanted.view.clip_from_plate
                    && kept.view.apart == wanted.view.apart
            })
    }

    /// Writes the facts of the frame, and those with which the kept picture is drawn.
    fn write_frames(&mut self, frame: &Frame, kept: &KeptView, poses: &[Pose]) {
        let kept_frame = Frame {
            clip_from_plate: kept.clip_from_plate,
            px_per_um: kept.px_per_um,
            ..*frame
        };
        let at_rest: Vec<Pose> = poses
            .iter()
            .map(|pose| Pose {
                gradient: [Vec4::ZERO; 3],
                sway: 0.0,
                ..*pose
            })
            .collect();
        self.opened
            .queue
            .write_buffer(&self.frame, 0, bytemuck::bytes_of(frame));
        self.opened
            .queue
            .write_buffer(&self.kept_frame, 0, bytemuck::bytes_of(&kept_frame));
        let Opened { handle, queue, .. } = &self.opened;
        let moved = self.poses.replace(handle, queue, poses) | self.poses_at_rest.replace(handle, queue, &at_rest);
        if moved {
            self.bind_frames();
        }
    }

    fn draw_ground(&mut self, encoder: &mut CommandEncoder, theme: Theme, frame: &Frame, poses: &[Pose]) {
        let stamps = self.timing.pass("ground");
        let around = Some(around_wells(theme));
        let mut pass = begin(encoder, "ground", &self.targets.ground, around, stamps);
        if let Some((ground, group)) = &self.ground {
            let live = self.live.as_ref().and_then(|live| live.field.as_ref());
            ground.draw(&mut pass, &self.frame_group, live.unwrap_or(group), frame, poses);
        }
    }

    /// Draws the kept picture anew, or begins to. Returns the vertices of its axons.
    fn draw_kept(&mut self, encoder: &mut CommandEncoder, kept: &Kept, wells: &[usize]) -> u64 {
        self.axons.keep(&self.opened.queue, kept.view.level, wells);
        self.axons.prepare(&self.opened.handle, &self.opened.queue, wells);
        let stamps = self.timing.pass("axons");
        let mut pass = begin(encoder, "kept axons", &self.targets.kept, DARK, stamps);
        pass.set_bind_group(0, &self.kept_group, &[]);
        pass.set_bind_group(1, cells(&self.live, &self.cells_group), &[]);
        // What the device has of these axons stays as it is until all is drawn; what changes meanwhile is drawn onto it.
        self.lacks = if kept.axons {
            self.axons.lines(wells)
        } else {
            Lines::default()
        };
        let vertices = self.axons.draw_settled(&mut pass, &mut self.lacks, self.lines_a_frame);
        if kept.somata && kept.view.holds_somata {
            self.marks.draw_somata(&mut pass, self.shown.neurons.len() as u32);
        }
        drop(pass);
        self.axons.forget_changes();
        vertices
    }

    /// Draws onto the kept picture what it lacks and what is new, and takes back what is gone. Returns the vertices of what
    /// it lacked.
    fn draw_onto_kept(&mut self, encoder: &mut CommandEncoder, axons: bool) -> u64 {
        let count = self.axons.upload_changes(&self.opened.handle, &self.opened.queue);
        let mut vertices = 0;
        if axons && (count > 0 || !self.lacks.is_empty()) {
            let stamps = self.timing.pass("axons");
            let mut pass = begin(encoder, "new axons", &self.targets.kept, None, stamps);
            pass.set_bind_group(0, &self.kept_group, &[]);
            pass.set_bind_group(1, cells(&self.live, &self.cells_group), &[]);
            vertices = self.axons.draw_settled(&mut pass, &mut self.lacks, self.lines_a_frame);
            self.axons.draw_changes(&mut pass, count);
        }
        self.axons.forget_drawn();
        vertices
    }

    /// Draws what the settled axons lack: what has grown since, on the device, and the bits up to the cones.
    fn draw_recent(&self, pass: &mut RenderPass<'_>, px_per_um: f64) {
        if let (Some(live), Some(plate)) = (&self.live, &self.plate) {
            let since_h = f64::from(live.state.step - self.shown.step) * plate.step_h;
            let segment_um = self.axons.segment_um();
            self.trails
                .draw(pass, &self.opened.queue, &live.state, since_h, segment_um);
        }
        self.axons.draw_last_bits(pass, self.cone_count(), px_per_um);
    }

    fn draw_film(
        &mut self,
        encoder: &mut CommandEncoder,
        target: &TextureView,
        rect: ViewRect,
        cones: bool,
        exposed: Exposed,
        px_per_um: f64,
    ) {
        let mut pass = begin(encoder, "film", target, None, self.timing.pass("film and cones"));
        let (x, y, width, height) = (rect.x as f32, rect.y as f32, rect.width as f32, rect.height as f32);
        pass.set_viewport(x, y, width, height, 0.0, 1.0);
        pass.set_scissor_rect(rect.x, rect.y, rect.width, rect.height);
        self.light
            .develop(&mut pass, &self.opened.queue, &self.frame_group, rect, exposed);
        if cones {
            self.bind_cells(&mut pass);
            self.marks.draw_cones(&mut pass, self.cone_count(), px_per_um);
        }
    }

    fn bind_cells(&self, pass: &mut RenderPass<'_>) {
        pass.set_bind_group(0, &self.frame_group, &[]);
        pass.set_bind_group(1, cells(&self.live, &self.cells_group), &[]);
    }

    /// The wells of which something may be seen.
    fn wells_in_view<'a>(&'a self, camera: &'a Camera) -> impl Iterator<Item = usize> + 'a {
        let well_um = self.arrangement.well_um;
        let size_px = camera.size_px();
        let in_view = move |corner: DVec3| {
            // A gel that is drawn much strained reaches beyond its well.
            let (low, high) = (corner - 0.2 * well_um, corner + 1.2 * well_um);
            let corners = (0..8).map(|i| {
                let pick = |bit: usize, low: f64, high: f64| if i >> bit & 1 == 0 { low } else { high };
                DVec3::new(pick(0, low.x, high.x), pick(1, low.y, high.y), pick(2, low.z, high.z))
            });
            let mut box_px: Option<(DVec2, DVec2)> = None;
            for corner in corners {
                // Partly behind the camera: it may be seen.
                let Some(px) = camera.px(corner) else { return true };
                box_px = Some(box_px.map_or((px, px), |(low, high)| (low.min(px), high.max(px))));
            }
            box_px.is_some_and(|(low, high)| high.cmpge(DVec2::ZERO).all() && low.cmple(size_px).all())
        };
        let corners = self.arrangement.corners_um.iter().enumerate();
        corners
            .filter(move |(_, corner)| in_view(**corner))
            .map(|(well, _)| well)
    }
}

/// Whether a colour of an axon changes while the axon stays.
fn changes_with_time(colour_by: ColourBy) -> bool {
    match colour_by {
        ColourBy::Condition | ColourBy::Neuron | ColourBy::BranchOrder => false,
        ColourBy::Age | ColourBy::Gain | ColourBy::TrophicProgramme | ColourBy::MechanoProgramme => true,
    }
}

/// The cells that are drawn: the engine's own where they are on this device.
fn cells<'a>(live: &'a Option<super::Live>, uploaded: &'a wgpu::BindGroup) -> &'a wgpu::BindGroup {
    live.as_ref().map_or(uploaded, |live| &live.cells)
}

/// What light is added to.
pub(super) const DARK: Option<wgpu::Color> = Some(wgpu::Color::TRANSPARENT);

pub(super) fn begin<'e>(
    encoder: &'e mut CommandEncoder,
    label: &str,
    view: &TextureView,
    clear: Option<wgpu::Color>,
    stamps: Option<wgpu::RenderPassTimestampWrites<'_>>,
) -> RenderPass<'e> {
    let load = clear.map_or(wgpu::LoadOp::Load, wgpu::LoadOp::Clear);
    encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: Some(label),
        color_attachments: &[Some(wgpu::RenderPassColorAttachment {
            view,
            depth_slice: None,
            resolve_target: None,
            ops: wgpu::Operations {
                load,
                store: wgpu::StoreOp::Store,
            },
        })],
        timestamp_writes: stamps,
        ..Default::default()
    })
}

/// What the ground is cleared to.
fn around_wells(theme: Theme) -> wgpu::Color {
    let [r, g, b] = ground::surroundings(theme).map(f64::from);
    wgpu::Color { r, g, b, a: 1.0 }
}

fn frame_of(
    plate: &Plate,
    camera: &Camera,
    look: &Look,
    shown: &Shown,
    brightest_dose: f32,
    size: [u32; 2],
    wall_s: f64,
) -> Frame {
    let layers = look.layers;
    let bits = [
        layers.field,
        layers.gel,
        layers.muscle,
        layers.axons,
        layers.somata,
        layers.cones,
    ];
    Frame {
        clip_from_plate: camera.clip_from_plate(),
        size_px: glam::Vec2::new(size[0] as f32, size[1] as f32),
        px_per_um: camera.px_per_um() as f32,
        paper: u32::from(look.theme == Theme::Light),
        well_um: plate.domain.size_um().as_vec3(),
        voxel_um: plate.domain.voxel_um as f32,
        voxels: plate.domain.voxels.into(),
        species: look.species as u32,
        species_count: plate.myokines.len() as u32,
        brightest_dose,
        slice: look.slice,
        axon_width_px: look.axon_width_px,
        colour_by: ColourBy::ALL.iter().position(|&by| by == look.colour_by).unwrap_or(0) as u32,
        step: shown.step,
        step_h: plate.step_h as f32,
        highlighted: look.highlighted.unwrap_or(NONE),
        layers: bits
            .iter()
            .enumerate()
            .map(|(bit, &shown)| u32::from(shown) << bit)
            .sum(),
        wall_s: (wall_s % 3600.0) as f32,
        fibre_spacing_um: plate.muscle.fibre_spacing_um as f32,
        planar: u32::from(plate.domain.planar()),
    }
}
