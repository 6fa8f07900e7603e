//! A picture, pass by pass. Each pass bears the name of the file in `shaders/draw/` that it is there for.

use super::axons::PendingLines;
use super::layout::{Frame, Pose};
use super::plan::{KeptView, Plan, Request};
use super::targets::{DARK, Targets, begin};
use super::{Drawn, Opened, Scene, ViewRect, ground};
use crate::model::layout::NONE;
use crate::model::plate::Plate;
use crate::view::camera::Camera;
use crate::view::look::{Channel, ColourBy, Look, Theme};
use bytemuck::Zeroable;
use glam::{DVec2, DVec3, UVec2, Vec4};
use wgpu::{CommandEncoder, RenderPass, TextureView};

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
        self.take_movements(now);
        let size = [rect.width, rect.height];
        if self.plate.is_none() || size.contains(&0) {
            return Drawn::default();
        }
        self.fit(size);
        let severed = self.upload_severed(look);
        let plan = Plan::of(self.request(now, camera, look, poses, severed, wall_s), &self.memory);
        let frame = self.frame_of(now, camera, look, wall_s);
        self.write_frames(&frame, &plan.kept.view, poses);
        self.make_room_for_colours();
        self.timing.begin();

        self.find_colours(encoder);
        self.draw_ground(encoder, look.theme, &frame, poses);
        let mut axon_vertices = if plan.anew {
            self.draw_kept(encoder, &plan, wall_s)
        } else {
            self.draw_onto_kept(encoder, &plan)
        };
        if plan.has_moving() {
            axon_vertices += self.draw_moving(encoder, &plan, poses);
        }
        if plan.blurs() {
            self.light.glow(
                encoder,
                &self.frame_group,
                &self.targets,
                plan.exposed,
                &mut self.timing,
            );
        }
        self.draw_film(encoder, target, rect, &plan);

        self.timing.end(encoder);
        self.memory.seen_last = Some(frame.clip_from_plate);
        Drawn {
            axon_vertices,
            level: plan.kept.view.level,
            anew: plan.anew,
            travels: plan.travels,
            unfinished: plan.travels || !self.lacks.is_empty(),
        }
    }

    /// Makes textures of the size of the picture, where they have another; the kept picture is lost with them.
    fn fit(&mut self, size: [u32; 2]) {
        if self.targets.size != size {
            self.targets = Targets::new(&self.opened.handle, size, self.exposure);
            self.light.bind(&self.opened.handle, &self.targets);
            self.shift.bind(&self.opened.handle, &self.kept_frame, &self.targets);
            self.memory.kept = None;
        }
    }

    /// Puts severed axons on the device, which fall to pieces from picture to picture: none of them is kept. Returns their
    /// lines.
    fn upload_severed(&mut self, look: &Look) -> u32 {
        if !look.layers.axons || self.shown.severed.is_empty() {
            return 0;
        }
        let step = self.step();
        let Opened { handle, queue, .. } = &self.opened;
        self.axons
            .upload_severed(handle, queue, &self.shown.severed, &self.shown.cones, step)
    }

    /// The facts that the plan of a picture is made from.
    fn request<'l>(
        &self,
        plate: &Plate,
        camera: &Camera,
        look: &'l Look,
        poses: &[Pose],
        severed: u32,
        wall_s: f64,
    ) -> Request<'l> {
        let px_per_um = camera.px_per_um();
        let axon_width_px = look.axon_width_px * camera.scale() as f32;
        let seen: Vec<usize> = self.wells_in_view(camera).collect();
        let moves = |well: &usize| poses.get(*well).is_some_and(|pose| pose.moving != 0);
        Request {
            clip_from_plate: camera.clip_from_plate(),
            px_per_um,
            scale: camera.scale(),
            axon_width_px,
            size: self.targets.size,
            wall_s,
            look,
            moving: seen.iter().copied().filter(moves).collect(),
            seen,
            planar: plate.domain.planar(),
            software: self.software,
            level: self.axons.level(px_per_um),
            near: self.axons.shows_last_bits(px_per_um),
            live: self.is_live(),
            has_somata: !self.shown.neurons.is_empty(),
            severed,
            lacks: !self.lacks.is_empty(),
            outdated: self.axons.is_outdated(),
            worn: self.axons.is_worn(),
        }
    }

    /// Finds the colours of cones and their axons.
    fn find_colours(&mut self, encoder: &mut CommandEncoder) {
        let cones = self.live.as_ref().map_or(self.cones.buffer(), |live| &live.state.cones);
        let (device, count) = (&self.opened.handle, self.cone_count());
        let stamps = self.timing.compute_pass("tint");
        self.tint.find(device, encoder, &self.frame_group, cones, count, stamps);
    }

    /// The facts of the frame for the device.
    fn frame_of(&self, plate: &Plate, camera: &Camera, look: &Look, wall_s: f64) -> Frame {
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
            size_px: UVec2::from(self.targets.size).as_vec2(),
            px_per_um: camera.px_per_um() as f32,
            paper: u32::from(look.theme == Theme::Light),
            well_um: plate.domain.size_um().as_vec3(),
            voxel_um: plate.domain.voxel_um as f32,
            voxels: plate.domain.voxels.into(),
            species: look.species as u32,
            species_count: plate.myokines.len() as u32,
            brightest_dose: self.brightest_dose(look),
            slice: look.slice,
            axon_width_px: look.axon_width_px * camera.scale() as f32,
            colour_by: ColourBy::ALL.iter().position(|&by| by == look.colour_by).unwrap_or(0) as u32,
            step: self.step(),
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
            scale: camera.scale() as f32,
            axon_gain: look.gains.of(Channel::Axons),
            nuclei_gain: look.gains.of(Channel::Nuclei),
            myokine_gain: look.gains.of(Channel::Myokine),
            ..Frame::zeroed()
        }
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
        let around = Some(around_wells(theme));
        let mut pass = begin(encoder, &mut self.timing, "ground", &self.targets.ground, around);
        if let Some((ground, group)) = &self.ground {
            let live = self.live.as_ref().and_then(|live| live.field.as_ref());
            ground.draw(&mut pass, &self.frame_group, live.unwrap_or(group), frame, poses);
        }
    }

    /// Draws the kept picture anew, or begins to. Returns the vertices of its axons.
    fn draw_kept(&mut self, encoder: &mut CommandEncoder, plan: &Plan, wall_s: f64) -> u64 {
        let (kept, wells) = (&plan.kept, plan.at_rest());
        self.axons.keep(&self.opened.queue, kept.view.level, &wells);
        self.axons.prepare(&self.opened.handle, &self.opened.queue, &wells);
        let mut pass = begin(encoder, &mut self.timing, "axons", &self.targets.kept, DARK);
        pass.set_bind_group(0, &self.kept_group, &[]);
        pass.set_bind_group(1, cells(&self.live, &self.cells_group), &[]);
        // What the device has of these axons stays as it is until all is drawn; what changes meanwhile is drawn onto it.
        self.lacks = if kept.axons {
            self.axons.lines(&wells)
        } else {
            PendingLines::default()
        };
        let vertices = self.axons.draw_settled(&mut pass, &mut self.lacks, self.lines_a_frame);
        if kept.somata && kept.view.holds_somata {
            self.draw_cell_bodies(&mut pass);
        }
        drop(pass);
        self.axons.forget_changes();
        self.memory.kept = Some(kept.clone());
        self.memory.kept_since_s = wall_s;
        vertices
    }

    /// Draws onto the kept picture what it lacks and what is new, and takes back what is gone. Returns the vertices of what
    /// it lacked.
    fn draw_onto_kept(&mut self, encoder: &mut CommandEncoder, plan: &Plan) -> u64 {
        let count = self.axons.upload_changes(&self.opened.handle, &self.opened.queue);
        let mut vertices = 0;
        if plan.kept.axons && (count > 0 || !self.lacks.is_empty()) {
            let mut pass = begin(encoder, &mut self.timing, "new_axons", &self.targets.kept, None);
            pass.set_bind_group(0, &self.kept_group, &[]);
            pass.set_bind_group(1, cells(&self.live, &self.cells_group), &[]);
            vertices = self.axons.draw_settled(&mut pass, &mut self.lacks, self.lines_a_frame);
            self.axons.draw_changes(&mut pass, count);
        }
        self.axons.forget_drawn();
        vertices
    }

    /// Draws what the kept picture does not hold, and moves it where it is shifted. Returns the vertices of settled axons.
    fn draw_moving(&mut self, encoder: &mut CommandEncoder, plan: &Plan, poses: &[Pose]) -> u64 {
        self.axons
            .prepare(&self.opened.handle, &self.opened.queue, plan.apart());
        let label = if plan.shifts { "shift" } else { "tips" };
        let mut pass = begin(encoder, &mut self.timing, label, &self.targets.moving, DARK);
        if plan.shifts {
            pass.set_bind_group(0, &self.frame_group, &[]);
            self.shift.draw(&mut pass, &plan.seen, poses);
        }
        self.bind_cells(&mut pass);
        let mut vertices = 0;
        if plan.kept.axons {
            let mut lines = self.axons.lines(plan.apart());
            vertices = self.axons.draw_settled(&mut pass, &mut lines, u32::MAX);
            self.draw_recent(&mut pass, plan.px_per_um);
            self.axons.draw_severed(&mut pass, plan.severed);
        }
        if plan.somata_apart {
            self.draw_cell_bodies(&mut pass);
        }
        vertices
    }

    /// Draws spheroids and the somata in them, once there are any.
    fn draw_cell_bodies(&self, pass: &mut RenderPass<'_>) {
        let neurons = self.shown.neurons.len() as u32;
        if neurons > 0 {
            self.spheroids.draw(pass);
            self.marks.draw_somata(pass, neurons);
        }
    }

    /// Draws the stretches that the settled axons lack: those grown since, on the device, and the bits up to the cones.
    fn draw_recent(&self, pass: &mut RenderPass<'_>, px_per_um: f64) {
        if let (Some(live), Some(plate)) = (&self.live, &self.plate) {
            let since_h = f64::from(live.state.step - self.shown.step) * plate.step_h;
            let segment_um = self.axons.segment_um();
            self.trails
                .draw(pass, &self.opened.queue, &live.state, since_h, segment_um);
        }
        self.axons.draw_last_bits(pass, self.cone_count(), px_per_um);
        self.axons
            .draw_drawn_out(pass, self.shown.neurons.len() as u32, px_per_um);
    }

    /// Develops the picture, and draws the growth cones over it.
    fn draw_film(&mut self, encoder: &mut CommandEncoder, target: &TextureView, rect: ViewRect, plan: &Plan) {
        let mut pass = begin(encoder, &mut self.timing, "film", target, None);
        let (x, y, width, height) = (rect.x as f32, rect.y as f32, rect.width as f32, rect.height as f32);
        pass.set_viewport(x, y, width, height, 0.0, 1.0);
        pass.set_scissor_rect(rect.x, rect.y, rect.width, rect.height);
        let film = (plan.theme, plan.exposed);
        self.light
            .develop(&mut pass, &self.opened.queue, &self.frame_group, rect, film);
        if plan.cones {
            self.bind_cells(&mut pass);
            self.marks
                .draw_cones(&mut pass, self.cone_count(), plan.px_per_um, plan.scale);
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

/// The cells that are drawn: the engine's own where they are on this device.
fn cells<'a>(live: &'a Option<super::EngineBuffers>, uploaded: &'a wgpu::BindGroup) -> &'a wgpu::BindGroup {
    live.as_ref().map_or(uploaded, |live| &live.cells)
}

/// The colour that the ground is cleared to.
fn around_wells(theme: Theme) -> wgpu::Color {
    let [r, g, b] = ground::surroundings(theme).map(f64::from);
    wgpu::Color { r, g, b, a: 1.0 }
}
