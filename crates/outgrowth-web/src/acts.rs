//! Acts from the numbers of a form, as a tool in the hand would do them.

use crate::fields::{Fields, number, place, text};
use outgrowth::model::plate::{Cut, Plate};
use outgrowth::session::Act;

/// An act and the conditions that it is done to; none for all.
pub type Aimed = (Act, Vec<usize>);

/// The act of a form. Places are µm from the well's corner, in the middle of the gel's height.
///
/// # Errors
/// Which field holds no number that can be taken.
pub fn read(tool: &str, fields: &Fields, plate: &Plate) -> Result<Aimed, String> {
    let size = plate.domain.size_um();
    let number = |name: &str, least, most| number(fields, name, least, most);
    let at =
        |x: &str, y: &str| Ok::<_, String>([number(x, 0.0, size.x)?, number(y, 0.0, size.y)?, 0.5 * size.z].into());
    let act = match tool {
        "cut" => Act::Axotomy(Cut::Line {
            from_um: at("from_x", "from_y")?,
            to_um: at("to_x", "to_y")?,
        }),
        "drop" => Act::Drop {
            at_um: at("x", "y")?,
            radius_um: number("radius", 1.0, size.max_element())?,
            species: 0,
            dose: number("dose", 1e-6, 1e6)?,
        },
        "magnet" => Act::Magnet {
            from_um: at("from_x", "from_y")?,
            to_um: at("to_x", "to_y")?,
            frequency_hz: number("frequency", 0.01, 20.0)?,
            session_h: number("minutes", 1.0, 1440.0)? / 60.0,
        },
        other => return Err(format!("there is no tool \"{other}\"")),
    };
    let conditions = match text(fields, "condition").filter(|text| !text.is_empty()) {
        Some(_) => vec![place(fields, "condition", plate.conditions.len())?],
        None => Vec::new(),
    };
    Ok((act, conditions))
}

#[cfg(test)]
mod tests {
    use super::*;
    use outgrowth::scenario::{self, Surroundings};

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    }

    fn plate() -> Plate {
        let text = scenario::builtin("quick").expect("built in").text;
        let scenario = scenario::read(text, "x", &[], &Surroundings::built_in());
        scenario.expect("sound").plate
    }

    #[test]
    fn a_form_becomes_an_act_or_says_which_number_is_wrong() {
        let plate = plate();
        let mut sound = [
            ("from_x", "700"),
            ("from_y", "0"),
            ("to_x", " 700 "),
            ("to_y", "1200"),
            ("condition", "1"),
        ];
        let (act, conditions) = read("cut", &fields(&sound), &plate).expect("an act");
        assert_eq!(conditions, [1]);
        assert!(matches!(act, Act::Axotomy(Cut::Line { from_um, to_um }) if from_um.x == 700.0 && to_um.y == 1200.0));
        sound[3].1 = "1201";
        let wrong = read("cut", &fields(&sound), &plate).expect_err("beyond the well");
        assert_eq!(wrong, "to_y: found \"1201\"; expected a number from 0 to 1200");
        sound[3].1 = "NaN";
        assert!(read("cut", &fields(&sound), &plate).is_err());
        sound[3].1 = "1200";
        sound[4].1 = "2";
        let none = read("cut", &fields(&sound), &plate).expect_err("no such");
        assert!(none.starts_with("condition: found \"2\""), "{none}");
    }

    #[test]
    fn a_magnet_is_moved_as_often_and_as_long_as_the_form_says() {
        let way = [
            ("from_x", "100"),
            ("from_y", "600"),
            ("to_x", "1100"),
            ("to_y", "600"),
            ("frequency", "2"),
            ("minutes", "30"),
        ];
        let (act, conditions) = read("magnet", &fields(&way), &plate()).expect("an act");
        assert!(conditions.is_empty());
        assert!(
            matches!(act, Act::Magnet { from_um, to_um, frequency_hz: 2.0, session_h: 0.5 } if from_um.x == 100.0 && to_um.x == 1100.0),
            "{act:?}"
        );
    }
}
