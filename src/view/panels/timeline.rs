//! The time line: how far the run has come, when the gel moves, the muscle is lit and the medium is changed, what was done;
//! and a head that can be put anywhere that was reached.

use super::acts::Happening;
use super::{PanelInput, Panels, Wish, style};
use crate::model::plate::Condition;
use crate::view::overlay::words::time;
use egui::accesskit::Role;
use egui::{Color32, CornerRadius, Rect, Sense, Stroke, Ui, pos2, vec2};

/// Height of the band of one condition's sessions, and of the rail.
const LANE: f32 = 4.0;
const RAIL: f32 = 12.0;

impl Panels {
    pub(super) fn timeline(&mut self, ui: &mut Ui, seen: &PanelInput<'_>, all: &[Happening], wishes: &mut Vec<Wish>) {
        let busy: Vec<(usize, &Condition)> = seen
            .plate
            .conditions
            .iter()
            .enumerate()
            .filter(|(_, condition)| !sessions(condition).is_empty())
            .take(8)
            .collect();
        let size = vec2(ui.available_width(), RAIL + 6.0 + busy.len() as f32 * (LANE + 1.5));
        let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
        let total = seen.status.total().max(1);
        let x_of = |step: f64| rect.left() + rect.width() * (step / f64::from(total)).clamp(0.0, 1.0) as f32;
        let painter = ui.painter_at(rect.expand2(vec2(6.0, 0.0)));
        let rail = Rect::from_min_size(pos2(rect.left(), rect.bottom() - RAIL), vec2(rect.width(), RAIL - 4.0));
        let visuals = ui.visuals();
        painter.rect_filled(rail, CornerRadius::same(3), visuals.widgets.inactive.bg_fill);
        let reached = Rect::from_min_max(rail.min, pos2(x_of(f64::from(seen.status.furthest)), rail.max.y));
        painter.rect_filled(reached, CornerRadius::same(3), style::accent(ui).gamma_multiply(0.45));
        self.draw_days(&painter, seen, rail, &x_of, visuals.weak_text_color());
        for (lane, (index, condition)) in busy.iter().enumerate() {
            let top = rect.top() + lane as f32 * (LANE + 1.5);
            let colour = self.colour_of(seen, *index);
            for (start_h, end_h) in spans(condition, f64::from(total) * seen.plate.step_h) {
                let (from, to) = (x_of(start_h / seen.plate.step_h), x_of(end_h / seen.plate.step_h));
                let bar = Rect::from_min_max(pos2(from, top), pos2(to.max(from + 1.5), top + LANE));
                painter.rect_filled(bar, CornerRadius::same(1), colour);
            }
        }
        for happening in all {
            let at = pos2(x_of(f64::from(happening.step)), rail.center().y);
            let colour = match happening.done {
                Some(_) => visuals.warn_fg_color,
                None => visuals.weak_text_color(),
            };
            painter.circle(at, 3.5, visuals.window_fill, Stroke::new(1.5, colour));
        }
        let head = x_of(f64::from(seen.step));
        painter.line_segment(
            [pos2(head, rect.top()), pos2(head, rail.bottom())],
            Stroke::new(1.5, visuals.strong_text_color()),
        );
        painter.circle_filled(pos2(head, rail.center().y), 6.0, visuals.strong_text_color());
        self.answer((seen, all), wishes, &response, rect, &busy);
    }

    fn answer(
        &self,
        (seen, all): (&PanelInput<'_>, &[Happening]),
        wishes: &mut Vec<Wish>,
        response: &egui::Response,
        rect: Rect,
        busy: &[(usize, &Condition)],
    ) {
        response.ctx.accesskit_node_builder(response.id, |node| {
            node.set_role(Role::Slider);
            node.set_label("time line");
        });
        let step_at = |x: f32| {
            let share = f64::from((x - rect.left()) / rect.width().max(1.0)).clamp(0.0, 1.0);
            (share * f64::from(seen.status.total())).round() as u32
        };
        if (response.dragged() || response.clicked())
            && let Some(at) = response.interact_pointer_pos()
        {
            let step = step_at(at.x).min(seen.status.furthest);
            if step != seen.step && seen.status.travelling_to != Some(step) {
                wishes.push(Wish::GoTo(step));
            }
        }
        let Some(at) = response.hover_pos() else { return };
        let step = step_at(at.x);
        let mut words = vec![time(f64::from(step) * seen.plate.step_h)];
        if step > seen.status.furthest {
            words.push("not reached yet".to_owned());
        }
        let near = (f64::from(seen.status.total()) * 5.0 / f64::from(rect.width().max(1.0))) as u32;
        let near_by = all.iter().filter(|happening| happening.step.abs_diff(step) <= near);
        words.extend(near_by.map(|happening| happening.words.clone()));
        let lane = ((at.y - rect.top()) / (LANE + 1.5)) as usize;
        if let Some((_, condition)) = busy.get(lane) {
            words.push(format!("{}: {}", condition.name, sessions(condition).join(", ")));
        }
        words.push("Drag to go back to any moment that was reached.".to_owned());
        response.clone().on_hover_text_at_pointer(words.join("\n"));
    }

    fn draw_days(
        &self,
        painter: &egui::Painter,
        seen: &PanelInput<'_>,
        rail: Rect,
        x_of: &impl Fn(f64) -> f32,
        colour: Color32,
    ) {
        let hours = f64::from(seen.status.total()) * seen.plate.step_h;
        let spacing_h = [1.0, 6.0, 24.0, 120.0, 240.0]
            .into_iter()
            .find(|spacing| hours / spacing <= 24.0)
            .unwrap_or(1000.0);
        let mut at_h = spacing_h;
        while at_h < hours {
            let x = x_of(at_h / seen.plate.step_h);
            let line = [pos2(x, rail.bottom() - 3.0), pos2(x, rail.bottom() + 2.0)];
            painter.line_segment(line, Stroke::new(1.0, colour.gamma_multiply(0.6)));
            at_h += spacing_h;
        }
    }
}

/// The recurring events of a condition, in words.
fn sessions(condition: &Condition) -> Vec<&'static str> {
    let mut found = Vec::new();
    if condition
        .actuation
        .as_ref()
        .is_some_and(|protocol| protocol.actuation.moves())
    {
        found.push("gel moves");
    }
    if condition.muscle.as_ref().is_some_and(|muscle| muscle.light.is_some()) {
        found.push("muscle is lit");
    }
    if condition.medium.is_some() {
        found.push("medium is changed");
    }
    found
}

/// From when to when something goes on in a condition, h; a change of medium takes no time.
fn spans(condition: &Condition, total_h: f64) -> Vec<(f64, f64)> {
    let mut found = Vec::new();
    let mut repeat = |start_h: f64, length_h: f64, every_h: f64| {
        let mut at_h = start_h;
        while at_h < total_h && found.len() < 400 {
            found.push((at_h, (at_h + length_h).min(total_h)));
            at_h += every_h.max(1e-3);
        }
    };
    if let Some(protocol) = &condition.actuation
        && protocol.actuation.moves()
    {
        let actuation = protocol.actuation;
        repeat(actuation.start_h, actuation.session_h, actuation.every_h);
    }
    if let Some(light) = condition.muscle.as_ref().and_then(|muscle| muscle.light) {
        repeat(light.start_h, light.session_h, light.every_h);
    }
    if let Some(medium) = &condition.medium {
        repeat(medium.start_h, 0.0, medium.every_h);
    }
    found
}
