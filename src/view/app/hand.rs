//! Mouse and keyboard over the plate: move and turn the view, hold a tool, give commands.

use super::{App, Fitted};
use crate::readout::probe::{self, WellPoint};
use crate::view::camera::Viewpoint;
use crate::view::framing::{well_view, whole_plate};
use crate::view::overlay::OverlayInput;
use crate::view::overlay::ink::Ink;
use crate::view::tools::Tool;
use crate::view::tools::acts::{AimedAct, cut, drop, magnet};
use crate::view::tools::find::{card, nearest_axon};
use crate::view::tools::marks::{self, Sight};
use crate::view::tools::place::{ShownWells, held_in_well, place};
use egui::{Key, Modifiers, PointerButton, Pos2, Response, Ui};
use glam::DVec2;

/// Zoom for each point of the wheel's way.
const ZOOM_PER_POINT: f64 = 0.0022;
/// The distance to an axon at which a click means it, in points.
const NEAR_PX: f64 = 7.0;

impl App {
    /// Looks at the whole plate.
    pub(super) fn fit(&mut self) {
        self.fit_to(Fitted::Plate);
    }

    /// Looks at one well.
    pub(super) fn look_at_well(&mut self, well: usize) {
        let Some(scene) = &self.scene else { return };
        if let Some(condition) = scene.arrangement().conditions.get(well) {
            // What is looked at is what is acted on.
            self.panels.condition = Some(*condition);
            self.fit_to(Fitted::Well(well));
        }
    }

    fn fit_to(&mut self, what: Fitted) {
        self.fitted = what;
        if let Some(view) = self.view_of(what) {
            self.camera.go_to(view);
        }
    }

    /// The view that what it is fitted to fills; nothing where it was moved by hand.
    pub(super) fn view_of(&mut self, what: Fitted) -> Option<Viewpoint> {
        let (scene, shape) = (self.scene.as_mut()?, self.camera.shape());
        match what {
            Fitted::Plate => {
                scene.arrange(shape);
                Some(whole_plate(scene.arrangement().size_um, shape))
            }
            Fitted::Well(well) => {
                let arrangement = scene.arrangement();
                let corner = arrangement.corners_um.get(well)?;
                Some(well_view(*corner, arrangement.well_um, shape))
            }
            Fitted::ByHand => None,
        }
    }

    /// The point of the plate under a point of the window, µm.
    fn on_plate(&self, at: Pos2, pixels_per_point: f32) -> Option<DVec2> {
        let px = (at - self.plate_rect.min) * pixels_per_point;
        let at_um = self.camera.plate_at(DVec2::new(f64::from(px.x), f64::from(px.y)))?;
        Some(at_um.truncate())
    }

    /// The wells as they are drawn now.
    fn shown(&self) -> Option<ShownWells<'_>> {
        Some(ShownWells {
            plate: &self.plate,
            arrangement: self.scene.as_ref()?.arrangement(),
            poses: &self.poses,
        })
    }

    fn place_at(&self, at: Pos2, pixels_per_point: f32) -> Option<WellPoint> {
        let at_um = self.on_plate(at, pixels_per_point)?;
        place(self.shown()?, at_um, f64::from(self.panels.look.slice))
    }

    /// The other end of a drag that began at `from`.
    fn held_at(&self, from: &WellPoint, at: Pos2, pixels_per_point: f32) -> Option<WellPoint> {
        let shown = self.shown()?;
        let at_um = self.on_plate(at, pixels_per_point)?;
        let slice = f64::from(self.panels.look.slice);
        // A plate that is arranged anew in the middle of a drag may have moved the well, but not taken it away.
        (from.well < shown.arrangement.corners_um.len()).then(|| held_in_well(shown, from.well, at_um, slice))
    }

    /// Moves the camera and uses the tool as the mouse says.
    pub(super) fn handle_pointer(&mut self, ui: &Ui, response: &Response) {
        let scale = ui.ctx().pixels_per_point();
        let px = |way: egui::Vec2| DVec2::new(f64::from(way.x), f64::from(way.y)) * f64::from(scale);
        let response = response.clone().on_hover_cursor(self.panels.tool.cursor());
        let moves = response.dragged_by(PointerButton::Primary) && !self.panels.tool.drags();
        if moves || response.dragged_by(PointerButton::Middle) {
            self.camera.drag(px(response.drag_delta()));
            self.fitted = Fitted::ByHand;
        }
        if response.dragged_by(PointerButton::Secondary) {
            self.camera.orbit(px(response.drag_delta()));
            self.fitted = Fitted::ByHand;
        }
        let wheel = f64::from(ui.input(|input| input.smooth_scroll_delta().y));
        if let Some(at) = response.hover_pos().filter(|_| wheel != 0.0) {
            self.camera
                .zoom((wheel * ZOOM_PER_POINT).exp(), px(at - self.plate_rect.min));
            self.fitted = Fitted::ByHand;
        }
        self.use_tool(ui, &response, scale);
    }

    fn use_tool(&mut self, ui: &Ui, response: &Response, scale: f32) {
        let everywhere = ui.input(|input| input.modifiers.shift);
        let at = response
            .interact_pointer_pos()
            .or_else(|| ui.input(|input| input.pointer.latest_pos()));
        if self.panels.tool.drags() && response.drag_started_by(PointerButton::Primary) {
            let origin = ui.input(|input| input.pointer.press_origin()).or(at);
            self.held = origin.and_then(|at| self.place_at(at, scale));
            if self.panels.tool == Tool::Ruler {
                let begin = origin.and_then(|at| self.on_plate(at, scale));
                self.ruler = begin.map(|at_um| (at_um, at_um));
                self.measuring = true;
            }
        }
        if self.measuring {
            let end = at.and_then(|at| self.on_plate(at, scale));
            if let (Some(ruler), Some(end)) = (&mut self.ruler, end) {
                ruler.1 = end;
            }
            self.measuring = response.dragged_by(PointerButton::Primary);
        }
        if response.drag_stopped_by(PointerButton::Primary)
            && let (Some(from), Some(at)) = (self.held.take(), at)
            && let Some(to) = self.held_at(&from, at, scale)
        {
            let done = match self.panels.tool {
                Tool::Knife => cut(&from, &to, everywhere),
                Tool::Magnet => magnet(&from, &to, &self.panels.settings, everywhere),
                Tool::Pointer | Tool::Pipette | Tool::Probe | Tool::Ruler => None,
            };
            self.act(done);
        }
        if response.clicked()
            && let Some(place) = at.and_then(|at| self.place_at(at, scale))
        {
            match self.panels.tool {
                Tool::Pointer => self.choose(&place),
                Tool::Pipette => {
                    let myokines = self.plate.myokines.len();
                    self.act(drop(&place, &self.panels.settings, myokines, everywhere));
                }
                Tool::Knife | Tool::Magnet | Tool::Probe | Tool::Ruler => {}
            }
        }
    }

    /// Selects the neuron whose axon lies at a place, or fills the view with the well.
    fn choose(&mut self, at: &WellPoint) {
        let Some(scene) = &self.scene else { return };
        let within_um = NEAR_PX / self.camera.px_per_um();
        let hit = nearest_axon(scene.cones(), scene.paths(), at, within_um);
        // From far away a click means the well: an axon could not be told from its neighbours.
        let well_px = scene.arrangement().well_um.y * self.camera.px_per_um();
        let is_close = well_px > 0.6 * self.camera.size_px().min_element();
        match hit.filter(|_| is_close) {
            Some(hit) => {
                self.panels.look.highlighted = Some(hit.neuron);
                self.selected = card(scene.cones(), scene.paths(), scene.neurons(), hit.neuron);
            }
            None if is_close => self.let_go(),
            None => self.look_at_well(at.well),
        }
    }

    /// Puts down what is begun, the ruler and the selection.
    fn let_go(&mut self) {
        self.held = None;
        self.ruler = None;
        self.measuring = false;
        self.panels.look.highlighted = None;
        self.selected = None;
    }

    fn act(&mut self, done: Option<AimedAct>) {
        if let Some(AimedAct { conditions, act }) = done {
            tracing::debug!("an act: {act:?} in {conditions:?}");
            self.session.act(act, conditions);
        }
    }

    /// Shows the tool at work.
    pub(super) fn show_tool(&self, ui: &Ui, input: &OverlayInput<'_>) {
        let scale = ui.ctx().pixels_per_point();
        let (everywhere, pointer) = ui.input(|input| (input.modifiers.shift, input.pointer.hover_pos()));
        let painter = ui.painter().with_clip_rect(self.plate_rect);
        let ink = Ink::new(&painter, self.panels.look.theme);
        let sight = Sight {
            shown: ShownWells {
                plate: input.plate,
                arrangement: input.arrangement,
                poses: &self.poses,
            },
            on_screen: input.on_screen,
        };
        for pending in &self.pending {
            pending.mark(&painter, &sight, &ink);
        }
        if let Some((from_um, to_um)) = self.ruler {
            marks::ruler(&painter, &sight, &ink, from_um, to_um);
        }
        let Some(pointer) = pointer.filter(|at| self.plate_rect.contains(*at)) else {
            return;
        };
        let held = self
            .held
            .as_ref()
            .and_then(|from| Some((from, self.held_at(from, pointer, scale)?)));
        match (self.panels.tool, held) {
            (Tool::Knife, Some((from, to))) => marks::knife(&painter, &sight, &ink, from, &to, everywhere),
            (Tool::Magnet, Some((from, to))) => marks::magnet(&painter, &sight, &ink, from, &to, everywhere),
            (Tool::Pipette, _) => {
                if let Some(at) = self.place_at(pointer, scale) {
                    marks::drop(&painter, &sight, &ink, &at, &self.panels.settings, everywhere);
                }
            }
            (Tool::Probe, _) => {
                if let (Some(at), Some(scene)) = (self.place_at(pointer, scale), &self.scene) {
                    let species = self.panels.look.species;
                    let reading = probe::read(&self.plate, scene.concentrations(), scene.grids(), &at, species);
                    let within_um = 3.0 * NEAR_PX / self.camera.px_per_um();
                    let hit = nearest_axon(scene.cones(), scene.paths(), &at, within_um);
                    let bounds = self.plate_rect;
                    marks::probe(
                        &painter,
                        (&sight, &ink, bounds),
                        &self.plate,
                        &at,
                        (&reading, species, hit.as_ref()),
                    );
                }
            }
            _ => {}
        }
    }

    /// Follows the keys that concern the plate.
    pub(super) fn handle_keys(&mut self, ui: &Ui) {
        if ui.ctx().egui_wants_keyboard_input() || self.panels.question.is_some() {
            return;
        }
        // By what was held when the key went down: on a slow screen it may be up again before the frame.
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let with_command = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, key));
        if pressed(Key::Escape) {
            self.let_go();
            self.panels.tool = Tool::Pointer;
        }
        if with_command(Key::Q) || with_command(Key::W) {
            self.ask_to_quit();
        }
    }
}
