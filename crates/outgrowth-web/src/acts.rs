//! Acts from the numbers of a form, as a tool in the hand would do them.

use outgrowth::model::plate::{Cut, Plate};
use outgrowth::session::Act;

/// An act and the conditions that it is done to; none for all.
pub type Aimed = (Act, Vec<usize>);

/// The fields of a form, by name.
pub type Fields = Vec<(String, String)>;

/// The act of a form. Places are µm from the well's corner, in the middle of the gel's height.
///
/// # Errors
/// Which field holds no number that can be taken.
pub fn read(tool: &str, fields: &Fields, plate: &Plate) -> Result<Aimed, String> {
    let field = |name: &str| {
        fields
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.trim())
    };
    let number = |name: &str, least: f64, most: f64| -> Result<f64, String> {
        let text = field(name).unwrap_or_default();
        let value = text.parse::<f64>().ok().filter(|value| (least..=most).contains(value));
        value.ok_or_else(|| format!("{name}: found \"{text}\"; expected a number from {least} to {most}"))
    };
    let size = plate.domain.size_um();
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
        other => return Err(format!("there is no tool \"{other}\"")),
    };
    let condition = field("condition").filter(|text| !text.is_empty());
    let conditions = condition.map(|text| {
        let place = text
            .parse::<usize>()
            .ok()
            .filter(|place| *place < plate.conditions.len());
        place.ok_or_else(|| {
            format!(
                "condition: found \"{text}\"; expected one of {}",
                plate.conditions.len()
            )
        })
    });
    Ok((act, conditions.transpose()?.into_iter().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use outgrowth::scenario::{self, Surroundings};

    #[test]
    fn a_form_becomes_an_act_or_says_which_number_is_wrong() {
        let text = scenario::builtin("quick").expect("built in").text;
        let plate = scenario::read(text, "x", &[], &Surroundings::built_in())
            .expect("sound")
            .plate;
        let fields = |pairs: &[(&str, &str)]| -> Fields {
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect()
        };
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
        assert!(
            read("cut", &fields(&sound), &plate)
                .expect_err("no such")
                .starts_with("condition: found \"2\"")
        );
    }
}
