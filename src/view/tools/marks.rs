//! Marks of tools at work: the knife's line, the drop, the magnet's way, the ruler, the probe's reading. What will be done
//! in several wells is shown in all of them.

use super::acts::Settings;
use super::find::Hit;
use super::place::{ShownWells, drawn_at, wells_of};
use crate::model::plate::Plate;
use crate::readout::probe::{ProbeReading, WellPoint};
use crate::view::overlay::OnScreen;
use crate::view::overlay::ink::Ink;
use crate::view::overlay::words::{dose, length};
use crate::view::pose::short;
use egui::{Align2, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};
use glam::{DVec2, DVec3};

/// The wells that marks are made in, and their way to the screen.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    /// The wells, as they are drawn.
    pub shown: ShownWells<'a>,
    /// From the plate to the screen.
    pub on_screen: OnScreen<'a>,
}

impl Sight<'_> {
    /// A point of a well on the screen; `None` behind the viewer.
    pub fn px(&self, well: usize, at_um: DVec3) -> Option<Pos2> {
        (self.on_screen.to_screen)(drawn_at(self.shown, well, at_um))
    }

    /// The wells in which something is done, the one under the hand last.
    fn wells(&self, at: &WellPoint, everywhere: bool) -> Vec<usize> {
        let condition = (!everywhere).then_some(at.condition);
        let others = wells_of(self.shown.arrangement, condition).filter(|&well| well != at.well);
        others.chain([at.well]).collect()
    }
}

/// The knife's line in every well that it cuts.
pub fn knife(painter: &Painter, sight: &Sight<'_>, ink: &Ink, from: &WellPoint, to: &WellPoint, everywhere: bool) {
    for well in sight.wells(from, everywhere) {
        let Some((begin, end)) = sight.px(well, from.at_um).zip(sight.px(well, to.at_um)) else {
            continue;
        };
        let strength = if well == from.well { 1.0 } else { 0.55 };
        let stroke = Stroke::new(1.4, ink.tool().gamma_multiply(strength));
        painter.extend(Shape::dashed_line(&[begin, end], stroke, 6.0, 3.0));
        painter.circle_filled(begin, 2.2, stroke.color);
        painter.circle_filled(end, 2.2, stroke.color);
    }
}

/// The drop that a click would give, in every well that it is given to.
pub fn drop(painter: &Painter, sight: &Sight<'_>, ink: &Ink, at: &WellPoint, settings: &Settings, everywhere: bool) {
    let radius = (settings.radius_um as f32 * sight.on_screen.px_per_um).max(2.0);
    for well in sight.wells(at, everywhere) {
        let Some(centre) = sight.px(well, at.at_um) else {
            continue;
        };
        let strength = if well == at.well { 1.0 } else { 0.55 };
        painter.circle_filled(centre, radius, ink.tool().gamma_multiply(0.12 * strength));
        painter.circle_stroke(centre, radius, Stroke::new(1.3, ink.tool().gamma_multiply(strength)));
    }
}

/// The way of a magnet, in every well that it is moved in.
pub fn magnet(painter: &Painter, sight: &Sight<'_>, ink: &Ink, from: &WellPoint, to: &WellPoint, everywhere: bool) {
    for well in sight.wells(from, everywhere) {
        let Some((begin, end)) = sight.px(well, from.at_um).zip(sight.px(well, to.at_um)) else {
            continue;
        };
        let colour = ink.tool().gamma_multiply(if well == from.well { 1.0 } else { 0.55 });
        painter.arrow(begin, end - begin, Stroke::new(1.6, colour));
        let body = Rect::from_center_size(begin, vec2(0.5, 1.1) * ink.size);
        painter.rect_filled(body, CornerRadius::same(2), colour);
    }
}

/// The ruler between two points of the plate, with its length and its angle to the x axis.
pub fn ruler(painter: &Painter, sight: &Sight<'_>, ink: &Ink, from_um: DVec2, to_um: DVec2) {
    let px = |at: DVec2| (sight.on_screen.to_screen)(at.extend(0.0));
    let Some((begin, end)) = px(from_um).zip(px(to_um)) else {
        return;
    };
    let stroke = Stroke::new(1.4, ink.tool());
    painter.line_segment([begin, end], stroke);
    let along = (end - begin).normalized();
    let across = 0.4 * ink.size * vec2(-along.y, along.x);
    for tip in [begin, end] {
        painter.line_segment([tip - across, tip + across], stroke);
    }
    let words = ruler_words(from_um, to_um);
    let middle = begin + 0.5 * (end - begin);
    let size = ink.room(painter, &words, 1.0);
    let place = Rect::from_center_size(
        pos2(middle.x, middle.y - 1.2 * ink.size),
        size + vec2(ink.size, 0.4 * ink.size),
    );
    ink.card(painter, place);
    ink.words(
        painter,
        place.center(),
        Align2::CENTER_CENTER,
        &words,
        1.0,
        ink.strong(),
    );
}

/// The words of the ruler, such as "1.2 mm, 35°".
pub fn ruler_words(from_um: DVec2, to_um: DVec2) -> String {
    let along = to_um - from_um;
    format!(
        "{}, {:.0}°",
        length(along.length()),
        along.y.atan2(along.x).to_degrees()
    )
}

/// The probe's reading, on a card beside its point; `bounds` is what the card stays in.
pub fn probe(
    painter: &Painter,
    (sight, ink, bounds): (&Sight<'_>, &Ink, Rect),
    plate: &Plate,
    at: &WellPoint,
    (reading, species, nearest): (&ProbeReading, usize, Option<&Hit>),
) {
    let Some(point) = sight.px(at.well, at.at_um) else {
        return;
    };
    let stroke = Stroke::new(1.2, ink.tool());
    for arm in [vec2(1.0, 0.0), vec2(0.0, 1.0)] {
        let (near, far) = (0.3 * ink.size * arm, 0.8 * ink.size * arm);
        painter.line_segment([point + near, point + far], stroke);
        painter.line_segment([point - near, point - far], stroke);
    }
    let rows: Vec<_> = probe_words(plate, at, reading, species, nearest)
        .into_iter()
        .enumerate()
        .map(|(row, words)| (words, if row == 0 { ink.strong() } else { ink.quiet() }))
        .collect();
    let aside = ink.size;
    // On the side where there is more room.
    let horizontal = point.x > bounds.center().x;
    let anchor = match (horizontal, point.y > bounds.center().y) {
        (false, false) => Align2::LEFT_TOP,
        (true, false) => Align2::RIGHT_TOP,
        (false, true) => Align2::LEFT_BOTTOM,
        (true, true) => Align2::RIGHT_BOTTOM,
    };
    let place = point + vec2(if horizontal { -aside } else { aside }, 0.0);
    ink.card_of_rows(painter, place, anchor, &rows);
}

/// The words of the probe, row by row.
pub fn probe_words(
    plate: &Plate,
    at: &WellPoint,
    reading: &ProbeReading,
    species: usize,
    nearest: Option<&Hit>,
) -> Vec<String> {
    let mut rows = Vec::new();
    rows.extend(reading.dose.map(|value| dose(plate, species, value)));
    let rise = reading.rise_per_mm.length();
    if rise > 0.0 && reading.dose.is_some() {
        let angle = reading.rise_per_mm.y.atan2(reading.rise_per_mm.x).to_degrees();
        rows.push(format!("rises by {} per mm towards {angle:.0}°", short(rise)));
    }
    rows.push(if reading.strain == 0.0 {
        "gel at rest".to_owned()
    } else {
        format!("strain {} % at its peak", short(100.0 * reading.strain))
    });
    rows.push(format!("x {}, y {}", length(at.at_um.x), length(at.at_um.y)));
    rows.extend(nearest.map(|hit| {
        let first = plate.neurons_in_wells().get(at.well).map_or(0, |neurons| neurons.start);
        let number = (hit.neuron as usize).saturating_sub(first) + 1;
        format!("axon of neuron {number}, {} away", length(hit.distance_um))
    }));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ruler_tells_length_and_angle() {
        let words = ruler_words(DVec2::new(100.0, 100.0), DVec2::new(1100.0, 1100.0));
        assert_eq!(words, "1.41 mm, 45°");
        assert_eq!(ruler_words(DVec2::ZERO, DVec2::new(0.0, -50.0)), "50 µm, -90°");
    }
}
