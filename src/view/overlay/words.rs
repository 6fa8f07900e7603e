//! Times, lengths and doses in words.

use crate::model::plate::Plate;
use crate::view::pose::short;

/// The time of a culture, such as "2 d 6 h 12 min".
pub fn time(hours: f64) -> String {
    let minutes = (hours * 60.0).round().max(0.0) as u64;
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    match (days, hours) {
        (0, 0) => format!("{minutes} min"),
        (0, _) => format!("{hours} h {minutes} min"),
        _ => format!("{days} d {hours} h {minutes} min"),
    }
}

/// A length in the unit that suits it, such as "500 µm" or "1.2 mm".
pub fn length(um: f64) -> String {
    if um.abs() >= 1000.0 {
        format!("{} mm", short(um / 1000.0))
    } else {
        format!("{} µm", short(um))
    }
}

/// A dose with its unit; only the number for a myokine that the plate does not have.
pub fn dose(plate: &Plate, species: usize, dose: f64) -> String {
    match plate.myokines.get(species) {
        Some(myokine) => format!("{} {}", short(dose), myokine.unit.in_words()),
        None => short(dose),
    }
}

/// The longest round length (1, 2 or 5 times a power of ten) of at most `most` µm.
pub fn round_length(most_um: f64) -> f64 {
    let power = 10_f64.powf(most_um.max(1e-9).log10().floor());
    let times = [5.0, 2.0, 1.0]
        .into_iter()
        .find(|times| times * power <= most_um * (1.0 + 1e-9));
    times.unwrap_or(1.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_lengths_read_as_one_says_them() {
        assert_eq!(time(54.2), "2 d 6 h 12 min");
        assert_eq!(time(6.5), "6 h 30 min");
        assert_eq!(time(0.2), "12 min");
        assert_eq!(time(-1.0), "0 min");
        assert_eq!(length(512.4), "512 µm");
        assert_eq!(length(-1234.0), "-1.23 mm");
        for (most, round) in [(999.0, 500.0), (1000.0, 1000.0), (4999.0, 2000.0), (0.3, 0.2)] {
            assert!((round_length(most) - round).abs() < 1e-9 * round, "{most}");
        }
    }
}
