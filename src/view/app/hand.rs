//! What the mouse and the keyboard do over the plate: move and turn the view, hold a tool, give commands.

use super::App;
use crate::view::camera::View;
use crate::view::overlay::OverlayInput;
use crate::view::overlay::ink::Ink;
use crate::view::tools::Tool;
use crate::view::tools::acts::{Done, Settings, cut, drop, magnet};
use crate::view::tools::marks::{self, Sight};
use crate::view::tools::place::{Place, held_in_well, place};
use egui::{Key, Modifiers, PointerButton, Pos2, Response, Ui};
use glam::DVec2;

/// How much closer a point of the wheel's way brings the plate.
const ZOOM_PER_POINT: f64 = 0.0022;
/// The keys of the first wells.
const WELL_KEYS: [Key; 9] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];

impl App {
    /// Looks at the whole plate.
    pub(super) fn fit(&mut self) {
        let shape = self.camera.shape();
        if let Some(scene) = &mut self.scene {
            scene.arrange(shape);
            self.camera
                .go_to(View::above(DVec2::ZERO, scene.arrangement().size_um, shape));
        }
    }

    /// Looks at one well.
    fn look_at_well(&mut self, well: usize) {
        let Some(scene) = &self.scene else { return };
        let arrangement = scene.arrangement();
        if let Some(corner) = arrangement.corners_um.get(well).copied() {
            let (low, high) = (corner.truncate(), (corner + arrangement.well_um).truncate());
            self.camera.go_to(View::above(low, high, self.camera.shape()));
        }
    }

    /// Where a point of the window lies on the plate, µm.
    fn on_plate(&self, at: Pos2, pixels_per_point: f32) -> Option<DVec2> {
        let px = (at - self.plate_rect.min) * pixels_per_point;
        let at_um = self.camera.plate_at(DVec2::new(f64::from(px.x), f64::from(px.y)))?;
        Some(at_um.truncate())
    }

    fn place_at(&self, at: Pos2, pixels_per_point: f32) -> Option<Place> {
        let arrangement = self.scene.as_ref()?.arrangement();
        let at_um = self.on_plate(at, pixels_per_point)?;
        place(arrangement, &self.poses, at_um, f64::from(self.look.slice))
    }

    /// The other end of a drag that began at `from`.
    fn held_at(&self, from: &Place, at: Pos2, pixels_per_point: f32) -> Option<Place> {
        let arrangement = self.scene.as_ref()?.arrangement();
        let at_um = self.on_plate(at, pixels_per_point)?;
        let slice = f64::from(self.look.slice);
        // A plate that is arranged anew in the middle of a drag may have moved the well, but not taken it away.
        (from.well < arrangement.corners_um.len())
            .then(|| held_in_well(arrangement, &self.poses, from.well, at_um, slice))
    }

    /// Does what the mouse asks for.
    pub(super) fn use_hand(&mut self, ui: &Ui, response: &Response) {
        let scale = ui.ctx().pixels_per_point();
        let px = |way: egui::Vec2| DVec2::new(f64::from(way.x), f64::from(way.y)) * f64::from(scale);
        let response = response.clone().on_hover_cursor(self.tool.cursor());
        let moves = response.dragged_by(PointerButton::Primary) && !self.tool.drags();
        if moves || response.dragged_by(PointerButton::Middle) {
            self.camera.drag(px(response.drag_delta()));
        }
        if response.dragged_by(PointerButton::Secondary) {
            self.camera.orbit(px(response.drag_delta()));
        }
        let wheel = f64::from(ui.input(|input| input.smooth_scroll_delta().y));
        if let Some(at) = response.hover_pos().filter(|_| wheel != 0.0) {
            self.camera
                .zoom((wheel * ZOOM_PER_POINT).exp(), px(at - self.plate_rect.min));
        }
        self.use_tool(ui, &response, scale);
    }

    fn use_tool(&mut self, ui: &Ui, response: &Response, scale: f32) {
        let everywhere = ui.input(|input| input.modifiers.shift);
        let at = response
            .interact_pointer_pos()
            .or_else(|| ui.input(|input| input.pointer.latest_pos()));
        if self.tool.drags() && response.drag_started_by(PointerButton::Primary) {
            let origin = ui.input(|input| input.pointer.press_origin());
            self.held = origin.or(at).and_then(|at| self.place_at(at, scale));
        }
        if response.drag_stopped_by(PointerButton::Primary)
            && let (Some(from), Some(at)) = (self.held.take(), at)
            && let Some(to) = self.held_at(&from, at, scale)
        {
            let done = match self.tool {
                Tool::Knife => cut(&from, &to, everywhere),
                Tool::Magnet => magnet(&from, &to, &Settings::default(), everywhere),
                Tool::Pointer | Tool::Pipette | Tool::Probe | Tool::Ruler => None,
            };
            self.act(done);
        }
        if response.clicked()
            && let Some(place) = at.and_then(|at| self.place_at(at, scale))
        {
            match self.tool {
                Tool::Pointer => self.look_at_well(place.well),
                Tool::Pipette => {
                    let settings = self.settings();
                    self.act(drop(&place, &settings, self.plate.myokines.len(), everywhere));
                }
                Tool::Knife | Tool::Magnet | Tool::Probe | Tool::Ruler => {}
            }
        }
    }

    fn settings(&self) -> Settings {
        Settings {
            species: self.look.species,
            ..Settings::default()
        }
    }

    fn act(&mut self, done: Option<Done>) {
        if let Some(Done { conditions, act }) = done {
            tracing::debug!("an act: {act:?} in {conditions:?}");
            self.session.act(act, conditions);
        }
    }

    /// Shows the tool at work.
    pub(super) fn show_tool(&self, ui: &Ui, input: &OverlayInput<'_>) {
        let scale = ui.ctx().pixels_per_point();
        let (everywhere, pointer) = ui.input(|input| (input.modifiers.shift, input.pointer.hover_pos()));
        let Some(pointer) = pointer.filter(|at| self.plate_rect.contains(*at)) else {
            return;
        };
        let painter = ui.painter().with_clip_rect(self.plate_rect);
        let ink = Ink::new(&painter, self.look.theme);
        let sight = Sight {
            arrangement: input.arrangement,
            poses: &self.poses,
            on_screen: input.on_screen,
        };
        let held = self
            .held
            .as_ref()
            .and_then(|from| Some((from, self.held_at(from, pointer, scale)?)));
        match (self.tool, held) {
            (Tool::Knife, Some((from, to))) => marks::knife(&painter, &sight, &ink, from, &to, everywhere),
            (Tool::Magnet, Some((from, to))) => marks::magnet(&painter, &sight, &ink, from, &to, everywhere),
            (Tool::Pipette, _) => {
                if let Some(at) = self.place_at(pointer, scale) {
                    marks::drop(&painter, &sight, &ink, &at, &self.settings(), everywhere);
                }
            }
            _ => {}
        }
    }

    /// Does what the keyboard asks for.
    pub(super) fn use_keys(&mut self, ui: &Ui) {
        if ui.ctx().egui_wants_keyboard_input() {
            return;
        }
        // By what was held when the key went down: on a slow screen it may be up again before the frame.
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let with_command = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, key));
        if let Some(well) = WELL_KEYS.into_iter().position(pressed) {
            self.look_at_well(well);
        }
        if let Some(tool) = Tool::ALL.into_iter().find(|tool| pressed(tool.key())) {
            self.tool = tool;
            self.held = None;
        }
        if pressed(Key::F) {
            self.fit();
        }
        if pressed(Key::Space) {
            self.play_or_pause();
        }
        if pressed(Key::ArrowRight) {
            self.session.step();
        }
        if pressed(Key::Escape) {
            self.tool = Tool::Pointer;
            self.held = None;
        }
        if with_command(Key::S) {
            self.save();
        }
        if with_command(Key::E) {
            self.export();
        }
        if with_command(Key::Q) || with_command(Key::W) {
            self.close();
        }
    }
}
