//! Measures by numbers: the probe's reading at a point of a well, and the ruler's length between two.

use crate::fields::{Fields, number, place};
use crate::words::duration;
use glam::DVec2;
use outgrowth::export::figures::{figure, rounded};
use outgrowth::lesson::Language;
use outgrowth::model::plate::Plate;
use outgrowth::readout::probe::{self, ProbeReading, WellPoint};

/// A measure of a plate, taken by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// When, h of the culture.
    pub time_h: f64,
    /// The reading, and its place.
    pub of: Measured,
}

/// A reading, and its place.
#[derive(Clone, Debug, PartialEq)]
pub enum Measured {
    /// The probe's, at a point.
    Probe(WellPoint, ProbeReading),
    /// The ruler's: the way from one point of a well to another, µm.
    Ruler(DVec2, DVec2),
}

/// The field of all wells: concentrations, and where each well's grid begins in them.
pub type FieldOfWells<'a> = (&'a [f32], &'a [u32]);

/// Measures what a form asks for, in the middle of the gel's height.
///
/// # Errors
/// Which field holds no number that can be taken.
pub fn measure(
    tool: &str,
    fields: &Fields,
    (plate, time_h): (&Plate, f64),
    (concentrations, grids): FieldOfWells<'_>,
) -> Result<Measure, String> {
    let size = plate.domain.size_um();
    let at = |x: &str, y: &str| {
        let [x, y] = [number(fields, x, 0.0, size.x)?, number(fields, y, 0.0, size.y)?];
        Ok::<_, String>(DVec2::new(x, y))
    };
    let of = if tool == "ruler" {
        Measured::Ruler(at("from_x", "from_y")?, at("to_x", "to_y")?)
    } else {
        let wells = plate.wells();
        let well = place(fields, "well", wells.len())?;
        let at = WellPoint {
            well,
            condition: wells[well].condition,
            at_um: at("x", "y")?.extend(0.5 * size.z),
        };
        Measured::Probe(at, probe::read(plate, concentrations, grids, &at, 0))
    };
    Ok(Measure { time_h, of })
}

/// The name of each well: its treatment, and its number where that has several.
pub fn well_names(plate: &Plate) -> Vec<String> {
    let of_several = |condition: usize| plate.conditions[condition].wells > 1;
    let name = |(condition, replicate): (usize, usize)| {
        let name = &plate.conditions[condition].name;
        if of_several(condition) {
            format!("{name} {}", replicate + 1)
        } else {
            name.clone()
        }
    };
    let wells = plate.wells().into_iter();
    wells
        .map(|well| name((well.condition, well.replicate as usize)))
        .collect()
}

impl Measure {
    /// Its ends in a well, µm from the well's corner; a ruler lies in the first.
    pub fn ends(&self) -> (usize, DVec2, DVec2) {
        match &self.of {
            Measured::Probe(at, _) => (at.well, at.at_um.truncate(), at.at_um.truncate()),
            Measured::Ruler(from, to) => (0, *from, *to),
        }
    }

    /// It in words. `plate` is told of as it may be.
    pub fn words(&self, plate: &Plate, language: Language) -> String {
        let time = duration(self.time_h, language);
        let told = match &self.of {
            Measured::Probe(at, reading) => probe_words(at, reading, plate, language),
            Measured::Ruler(from, to) => {
                let way = *to - *from;
                let (length, angle) = (figure(way.length()), way.y.atan2(way.x).to_degrees());
                match language {
                    Language::English => format!("{length} µm, {angle:.0}° to the x axis"),
                    Language::Chinese => format!("{length} µm，与 x 轴成 {angle:.0}°"),
                }
            }
        };
        format!("{time}: {told}")
    }
}

fn probe_words(at: &WellPoint, reading: &ProbeReading, plate: &Plate, language: Language) -> String {
    let well = well_names(plate).get(at.well).cloned().unwrap_or_default();
    let place = format!("{well}, x {} µm, y {} µm", figure(at.at_um.x), figure(at.at_um.y));
    let mut parts = vec![place];
    if let (Some(dose), Some(myokine)) = (reading.dose, plate.myokines.first()) {
        parts.push(format!(
            "{} {} {}",
            myokine.name,
            rounded(dose),
            myokine.unit.in_words()
        ));
        let rise = reading.rise_per_mm;
        if rise.length() > 0.0 {
            let (rise, angle) = (rounded(rise.length()), rise.y.atan2(rise.x).to_degrees());
            parts.push(match language {
                Language::English => format!("rises by {rise} per mm towards {angle:.0}°"),
                Language::Chinese => format!("每毫米上升 {rise}，方向 {angle:.0}°"),
            });
        }
    }
    let strain = rounded(100.0 * reading.strain);
    parts.push(match (language, reading.strain == 0.0) {
        (Language::English, true) => "gel at rest".to_owned(),
        (Language::English, false) => format!("strain {strain} % at its peak"),
        (Language::Chinese, true) => "凝胶静止".to_owned(),
        (Language::Chinese, false) => format!("峰值应变 {strain} %"),
    });
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plate::read_builtin;
    use outgrowth::model::layout::NONE;
    use outgrowth::scenario;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    }

    #[test]
    fn a_probe_reads_its_well_and_a_ruler_its_way() {
        let plate = read_builtin(scenario::builtin("quick").expect("built in"))
            .expect("sound")
            .plate;
        // Two wells without grids: one dose of either myokine each.
        let doses = [0.5, 0.0, 0.25, 0.0];
        let read = |tool, pairs: &[(&str, &str)]| {
            let measured = measure(tool, &fields(pairs), (&plate, 6.0), (&doses, &[NONE, NONE]))?;
            Ok::<_, String>(measured.words(&plate, Language::English))
        };
        let second = read("probe", &[("well", "1"), ("x", "300"), ("y", "40.5")]).expect("a reading");
        assert!(
            second.starts_with("6 h: ") && second.contains("x 300 µm, y 40.5 µm") && second.contains("myokines 0.25 "),
            "{second}"
        );
        let beyond = read("probe", &[("well", "2"), ("x", "300"), ("y", "40")]).expect_err("two wells");
        assert_eq!(beyond, "well: found \"2\"; expected one of 2");
        let way = [("from_x", "100"), ("from_y", "100"), ("to_x", "400"), ("to_y", "500")];
        assert_eq!(read("ruler", &way).expect("a way"), "6 h: 500 µm, 53° to the x axis");
    }
}
