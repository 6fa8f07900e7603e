//! Broken scenarios and, word for word, what their author is told.

use outgrowth::model::biology::Biology;
use outgrowth::scenario::{self, Override, Surroundings};

/// A scenario without mistakes; each case breaks it in one place.
const SOUND: &str = r#"name = "t"
duration = "1 d"
[well]
size = ["1 mm", "1 mm"]
[[explant]]
at = ["0.5 mm", "0.5 mm"]
[[myokine]]
name = "myokines"
[[condition]]
name = "control"
"#;

fn messages_with(text: &str, overrides: &[Override], surroundings: &Surroundings<'_>) -> String {
    match scenario::read(text, "t.toml", overrides, surroundings) {
        Ok(_) => "no mistake".to_owned(),
        Err(mistakes) => mistakes.to_string(),
    }
}

fn messages(text: &str) -> String {
    messages_with(text, &[], &Surroundings::none())
}

/// A message in which `{biology}` stands for the names of all sections of the biology, the name of a section for its keys,
/// and `{deeds}` for those of an event.
fn with_lists(message: &str) -> String {
    let deeds: Vec<&str> = scenario::DEEDS.iter().map(|key| key.name).collect();
    let message = message
        .replace("{biology}", &Biology::SECTIONS.map(|section| section.name).join(", "))
        .replace("{deeds}", &deeds.join(", "));
    Biology::SECTIONS.iter().fold(message, |message, section| {
        let keys: Vec<&str> = section.parameters.iter().map(|parameter| parameter.key).collect();
        message.replace(&format!("{{{}}}", section.name), &keys.join(", "))
    })
}

/// Replaces `sound` by `broken` in the sound scenario.
fn broken(sound: &str, broken: &str) -> String {
    assert!(SOUND.contains(sound), "{sound} is not in the sound scenario");
    SOUND.replacen(sound, broken, 1)
}

#[test]
fn the_sound_scenario_is_sound() {
    assert_eq!(messages(SOUND), "no mistake");
}

#[test]
fn every_mistake_has_its_message() {
    let cases = [
        (
            r#"duration = "1 d""#,
            r#"duraton = "1 d""#,
            r#"t.toml:2: duraton: found an unknown key; expected a key of the top of the file: name, seed, well, explant, myokine, condition, event, record, shows, genotype, hypothesis, matrix, {biology}, muscle, variation, duration, step, record_every (did you mean "duration"?)"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[gel]
stiffness = 3"#,
            r#"t.toml:11: gel: found an unknown key; expected a key of the top of the file: name, seed, well, explant, myokine, condition, event, record, shows, genotype, hypothesis, matrix, {biology}, muscle, variation, duration, step, record_every"#,
        ),
        (
            r#"name = "t""#,
            r#""#,
            r#"t.toml: name: found nothing; expected a text: what the run is called"#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = 1"#,
            r#"t.toml:2: duration: found 1 without a unit; expected a time such as "30 min" or "1 d 12 h""#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = "1 um""#,
            r#"t.toml:2: duration: found "1 um", which is a length; expected a time such as "30 min" or "1 d 12 h", in ms, s, min, h, d, week"#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = "-1 d""#,
            r#"t.toml:2: duration: found "-1 d"; expected 1 ms to 3650 d"#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = "1 dd""#,
            r#"t.toml:2: duration: found "1 dd" with the unknown unit "dd"; expected a time such as "30 min" or "1 d 12 h", in ms, s, min, h, d, week (did you mean "d"?)"#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = "d,12h""#,
            r#"t.toml:2: duration: found "d,12h"; expected a time such as "30 min" or "1 d 12 h""#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = "1 d, 12 h""#,
            r#"t.toml:2: duration: found "1 d, 12 h" with the unknown unit "d, 12 h"; expected a time such as "30 min" or "1 d 12 h", in ms, s, min, h, d, week"#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = "1 d 12  um""#,
            r#"t.toml:2: duration: found "12  um", which is a length; expected a time such as "30 min" or "1 d 12 h", in ms, s, min, h, d, week"#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = "1,5 d""#,
            r#"t.toml:2: duration: found "1,5 d" with a comma in its number; expected a decimal point: "1.5 d""#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = "1,000 d""#,
            r#"t.toml:2: duration: found "1,000 d" with a comma in its number; expected "1000 d", or "1.000 d" with a decimal point"#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = nan"#,
            r#"t.toml:2: duration: found NaN, which is not a finite number; expected a time such as "30 min" or "1 d 12 h""#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = "inf h""#,
            r#"t.toml:2: duration: found "inf h", which is not a finite number; expected a time such as "30 min" or "1 d 12 h""#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = "1e400 h""#,
            r#"t.toml:2: duration: found "1e400 h", which is not a finite number; expected a time such as "30 min" or "1 d 12 h""#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = "long""#,
            r#"t.toml:2: duration: found "long"; expected a time such as "30 min" or "1 d 12 h""#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = 2024-11-12"#,
            r#"t.toml:2: duration: found the date 2024-11-12; expected a time such as "30 min" or "1 d 12 h""#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = "90.5 s""#,
            r#"t.toml:2: duration: found 90.5 s; expected a whole number of steps of 1 min, such as 2 min"#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = "1 d"
record_every = "1.5 min""#,
            r#"t.toml:3: record_every: found 90 s; expected a whole number of steps of 1 min, such as 2 min"#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = "1 d"
step = "2 d""#,
            r#"t.toml:3: step: found "2 d"; expected 0.1 ms to 1 d"#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = "3650 d"
step = "1 ms""#,
            r#"t.toml:2: duration: found 3650 d, which is 3.1536e11 steps of 1 ms; expected at most 4e9 steps"#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = "1 d"
seed = -1"#,
            r#"t.toml:3: seed: found -1; expected a whole number from 0 to 18446744073709551615"#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = 1 d"#,
            r#"t.toml:2: TOML: found "1 d" (string values must be quoted); expected literal string"#,
        ),
        (
            r#"duration = "1 d""#,
            r#"duration = "1 d"
duration = "1 d""#,
            r#"t.toml:3: TOML: found "duration" (duplicate key); expected valid TOML"#,
        ),
        (
            r#"["1 mm", "1 mm"]"#,
            r#"["1 mm"]"#,
            r#"t.toml:4: well.size: found a list of 1; expected 2 or 3 lengths: width and height; a third makes a slab"#,
        ),
        (
            r#"["1 mm", "1 mm"]"#,
            r#""1 mm""#,
            r#"t.toml:4: well.size: found "1 mm"; expected 2 or 3 lengths: width and height; a third makes a slab"#,
        ),
        (
            r#"["1 mm", "1 mm"]"#,
            r#"["1 mm", "0.99 mm"]"#,
            r#"t.toml:4: well.size: found 990 um along y; expected a whole number of voxels of 20 um, such as 1 mm"#,
        ),
        (
            r#"["1 mm", "1 mm"]"#,
            r#"["1 mm", "0 mm"]"#,
            r#"t.toml:4: well.size: found 0 um along y; expected a length above 0"#,
        ),
        (
            r#"["1 mm", "1 mm"]"#,
            r#"["1 m", "1 m"]
voxel = "1 um""#,
            r#"t.toml:4: well.size: found 1e12 voxels; expected at most 4294967295 voxels in a well"#,
        ),
        (
            r#"["1 mm", "1 mm"]"#,
            r#"["1 mm", "1 mm"]
walls = "none.png""#,
            r#"t.toml:5: well.walls: found "none.png": no files can be read here; expected a PNG picture that can be read"#,
        ),
        (
            r#"["1 mm", "1 mm"]"#,
            r#"["1 mm", "1 mm", "0.4 mm"]"#,
            r#"t.toml:6: explant.0.at: found 2 lengths; expected 3 lengths: x, y and z, as the well is a slab"#,
        ),
        (
            r#"["1 mm", "1 mm"]"#,
            r#"["1 mm", "1 mm", "20 um"]"#,
            r#"t.toml:4: well.size: found a slab one voxel thick; expected at least 2 voxels along z; for a planar culture leave the third length out"#,
        ),
        (
            r#"["0.5 mm", "0.5 mm"]"#,
            r#"["0.1 mm", "0.5 mm"]"#,
            r#"t.toml:6: explant.0.at: found an explant with x from -50 um to 250 um; expected it within the well, where x goes from 0 to 1 mm"#,
        ),
        (
            r#"["0.5 mm", "0.5 mm"]"#,
            r#"["0.5 mm", "5 mm"]"#,
            r#"t.toml:6: explant.0.at: found 500 um, 5 mm; expected a place in the well, which is 1 mm x 1 mm"#,
        ),
        (
            r#"["0.5 mm", "0.5 mm"]"#,
            r#"["0.5 mm", "0.5 mm"]
neurons = 0"#,
            r#"t.toml:7: explant.0.neurons: found 0; expected 1 to 1e8"#,
        ),
        (
            r#"name = "myokines""#,
            r#"name = "myokines"
[[myokine]]
name = "myokines""#,
            r#"t.toml:10: myokine.myokines.name: found a second myokine called "myokines"; expected a name of its own"#,
        ),
        (
            r#"name = "myokines""#,
            r#"name = "BDNF"
half_dose = 0.4"#,
            r#"t.toml:9: myokine.BDNF.half_dose: found 0.4 without a unit; expected a dose such as "0.4 nM""#,
        ),
        (
            r#"name = "myokines""#,
            r#"name = "myokines"
half_dose = "0.4 nM""#,
            r#"t.toml:9: myokine.myokines.half_dose: found "0.4 nM", which is a concentration; expected a dose relative to exercised medium, a plain number such as 0.5"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
wells = 0"#,
            r#"t.toml:11: condition.control.wells: found 0; expected 1 to 100000"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
wells = 1.5"#,
            r#"t.toml:11: condition.control.wells: found 1.5, which is not whole; expected a whole number such as 200"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[[condition]]
name = "control""#,
            r#"t.toml:12: condition.control.name: found a second condition called "control"; expected a name of its own"#,
        ),
        (
            r#"[[condition]]
name = "control""#,
            r#""#,
            r#"t.toml: condition: found nothing; expected at least one [[condition]]: treatments and their replicate wells"#,
        ),
        (
            r#"[[condition]]"#,
            r#"[condition]"#,
            r#"t.toml:9: condition: found a table; expected a list of tables, written [[condition]]"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
medium = { from = "exercised muscl" }"#,
            r#"t.toml:11: condition.control.medium.from: found "exercised muscl"; expected one of fresh, resting muscle, exercised muscle (did you mean "exercised muscle"?)"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
medium = { from = "fresh", light = {} }"#,
            r#"t.toml:11: condition.control.medium.light: found a table; expected no light, as only medium from exercised muscle has a lit donor"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
medium = { every = "3 h" }"#,
            r#"t.toml:11: condition.control.medium.from: found nothing; expected where the medium comes from: fresh, resting muscle, exercised muscle; or doses"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
medium = { from = "fresh", doses = { myokines = 1 } }"#,
            r#"t.toml:11: condition.control.medium.doses: found both from and doses; expected one of the two"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
medium = { doses = { GDNF = "1 nM" } }"#,
            r#"t.toml:11: condition.control.medium.doses.GDNF: found no myokine called "GDNF"; expected one of myokines"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
medium = { doses = { myokines = -1 } }"#,
            r#"t.toml:11: condition.control.medium.doses.myokines: found -1; expected 0 to 1e9"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
actuation = { session = "25 h" }"#,
            r#"t.toml:11: condition.control.actuation.session: found 25 h; expected a session no longer than every, which is 1 d"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
actuation = { amplitude = "120 %" }"#,
            r#"t.toml:11: condition.control.actuation.amplitude: found "120 %"; expected 0 to 50 %"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
actuation = { start = "25 h" }"#,
            r#"t.toml:11: condition.control.actuation.start: found 25 h; expected a time before the end of the run at 1 d"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
actuation = { session = "1 s" }"#,
            r#"t.toml:11: condition.control.actuation.session: found 1 s; expected at least one step, which is 1 min"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
actuation = { resolved = true }"#,
            r#"t.toml:11: condition.control.actuation.resolved: found cycles of 1 s in steps of 1 min; expected a step of at most 50 ms, 1/20 of a cycle"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
actuation = { resolved = true, frequency = "0 Hz" }"#,
            r#"t.toml:11: condition.control.actuation.frequency: found 0 Hz; expected a frequency above 0, to step through its cycles"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
actuation = { resolved = "maybe" }"#,
            r#"t.toml:11: condition.control.actuation.resolved: found "maybe"; expected true or false"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
muscle = { region = ["0.5 mm", "0 mm", "0.2 mm", "1 mm"] }"#,
            r#"t.toml:11: condition.control.muscle.region: found x from 500 um to 200 um; expected the lower x first, and more than no extent"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
muscle = { region = ["0.5 mm", "0 mm", "2 mm", "1 mm"] }"#,
            r#"t.toml:11: condition.control.muscle.region: found x from 500 um to 2 mm; expected a box in the well, where x goes from 0 to 1 mm"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
muscle = { region = ["0 mm", "0 mm", "0 mm", "1 mm", "1 mm", "1 mm"] }"#,
            r#"t.toml:11: condition.control.muscle.region: found 6 lengths; expected 4 lengths: x0, y0, x1, y1, as the well is planar"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
source = [{ region = ["0 mm", "0 mm", "0.2 mm", "1 mm"], myokine = "myokine", rate = "1 /h" }]"#,
            r#"t.toml:11: condition.control.source.0.myokine: found no myokine called "myokine"; expected one of myokines (did you mean "myokines"?)"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
source = [{ region = ["0 mm", "0 mm", "0.2 mm", "1 mm"] }]"#,
            r#"t.toml:11: condition.control.source.0.rate: found nothing; expected a dose per time such as "0.1 /h""#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
growth_cone = { paused = 0.6, retracting = "40 %" }"#,
            r#"t.toml:11: condition.control.growth_cone: found paused 60 % and retracting 40 %; expected less than 100 % together, so that some time is left to run"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
growth_cone = { combination = "aditive" }"#,
            r#"t.toml:11: condition.control.growth_cone.combination: found "aditive"; expected one of additive, multiplicative, saturating (did you mean "additive"?)"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[[event]]
at = "2 d"
medium = { from = "fresh" }"#,
            r#"t.toml:12: event.0.at: found 2 d; expected a time before the end of the run at 1 d"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[[event]]
at = "90 s"
medium = { from = "fresh" }"#,
            r#"t.toml:12: event.0.at: found 90 s; expected a whole number of steps of 1 min, such as 2 min"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[[event]]
at = "2 h"
condition = "contrl"
medium = { from = "fresh" }"#,
            r#"t.toml:13: event.0.condition: found no condition called "contrl"; expected one of control (did you mean "control"?)"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[[event]]
at = "2 h"
axotomy = { from = ["0.1 mm", "0 mm"], to = ["0.1 mm", "0 mm"] }"#,
            r#"t.toml:13: event.0.axotomy.to: found the same place; expected another place than from"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[[event]]
at = "2 h"
axotomy = {}"#,
            r#"t.toml:13: event.0.axotomy: found nothing to cut; expected a line (from and to), a plane (at and towards) or a box (region)"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[[event]]
at = "2 h"
axotomy = { from = ["0.1 mm", "0 mm"], to = ["0.2 mm", "0 mm"], region = ["0 mm", "0 mm", "0.1 mm", "0.1 mm"] }"#,
            r#"t.toml:13: event.0.axotomy: found from and to and region; expected a line (from and to), a plane (at and towards) or a box (region)"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[[event]]
at = "2 h"
axotomy = { at = ["0.1 mm", "0.2 mm"] }"#,
            r#"t.toml:13: event.0.axotomy.towards: found nothing; expected a place, as at is given"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[[event]]
at = "2 h"
axotomy = { at = ["0.1 mm", "0.2 mm"], towards = ["0.1 mm", "0.2 mm"] }"#,
            r#"t.toml:13: event.0.axotomy.towards: found the same place; expected another place than at"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
genotype = "SOD1""#,
            r#"t.toml:11: condition.control.genotype: found "SOD1"; expected one of TDP-43/STMN2, FUS, SOD1-A4V"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
hypothesis = "lin""#,
            r#"t.toml:11: condition.control.hypothesis: found "lin"; expected one of bu-2024, lin-2020, sh-sy5y-2013, plain-surface, patterned-surface"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[[event]]
at = "2 h"
light = { frequency = "2 Hz" }"#,
            r#"t.toml:13: event.0.light: found light on "control", which has no muscle; expected conditions with muscle beside the neurons"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[[event]]
at = "2 h"
actuation = "on""#,
            r#"t.toml:13: event.0.actuation: found "on"; expected a table [actuation] or "off": the gel is moved like this from then on, the first session at once unless start says otherwise"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[[event]]
at = "2 h"
magnet = { from = ["0.1 mm", "0 mm"] }"#,
            r#"t.toml:13: event.0.magnet.to: found nothing; expected 2 or 3 lengths: x and y (and z in a slab)"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
reservoir = [{ region = ["0 um", "0 um", "5 um", "500 um"], dose = 1 }]"#,
            r#"t.toml:9: condition.control.reservoir.region: found a box between the voxels; expected a box that holds the centre of a voxel: a larger one, or smaller voxels"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
medium = { from = "exercised muscle", every = "6 h" }
[[event]]
at = "12 h"
medium = { from = "fresh" }"#,
            r#"t.toml:12: event.at: found 12 h, when control gets its regular medium, which would replace it; expected another time, such as a step later"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
tow = { force = "2 um/h", toward = "0 deg", session = "6 h", every = "4 h" }"#,
            r#"t.toml:11: condition.control.tow.toward: found an unknown key; expected a key of tow: force, towards, session, every, start (did you mean "towards"?)
t.toml:11: condition.control.tow.force: found "2 um/h", which is a speed; expected a force such as "20 uN", in nN, pN, uN, mN
t.toml:11: condition.control.tow.session: found 6 h; expected a session no longer than every, which is 4 h"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
stretch = { slope = "150 um/h", viscosity = "3 Pa" }
[[event]]
at = "2 h"
tow = "none""#,
            r#"t.toml:11: condition.control.stretch.slope: found "150 um/h", which is a speed; expected a speed per force such as "150 um/h/nN", with length in um, nm, mm, cm, m; time in ms, s, min, h, d, week; force in nN, pN, uN, mN
t.toml:11: condition.control.stretch.viscosity: found "3 Pa", which is a stiffness; expected a viscosity such as "3e6 Pa*s", with time in ms, s, min, h, d, week; stiffness in Pa, kPa
t.toml:14: event.0.tow: found "none"; expected a table [tow] or "off": every growth cone is pulled like this from then on, the first session at once unless start says otherwise"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[[event]]
at = "2 h""#,
            r#"t.toml:11: event.0: found an event that does nothing; expected one of {deeds}"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[[event]]
at = "2 h"
medium = { from = "fresh" }
set = {}"#,
            r#"t.toml:11: event.0: found medium and set; expected one of {deeds}"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[[event]]
at = "2 h"
drop = { at = ["1 mm", "1 mm", "1 mm"], dose = "1 nM" }"#,
            r#"t.toml:13: event.0.drop.at: found 3 lengths; expected 2 lengths: x and y, as the well is planar
t.toml:13: event.0.drop.radius: found nothing; expected a length such as "150 um"
t.toml:13: event.0.drop.dose: found "1 nM", which is a concentration; expected a dose relative to exercised medium, a plain number such as 0.5"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[[event]]
at = "2 h"
set = { "growth_cone.sped" = "6 um/h" }"#,
            r#"t.toml:13: event.0.set: found "growth_cone.sped"; expected a key of {biology}, such as growth_cone.speed (did you mean "growth_cone.speed"?)"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[[event]]
at = "2 h"
set = { growth_cone = { speed = "6 um" } }"#,
            r#"t.toml:13: event.0.set."growth_cone.speed": found "6 um", which is a length; expected a speed such as "4 um/h", with length in um, nm, mm, cm, m; time in ms, s, min, h, d, week"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[record]
morphologies = "some""#,
            r#"t.toml:12: record.morphologies: found "some"; expected "all", "none" or a whole number such as 20"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[record]
leave = ["axons", "repotr"]"#,
            r#"t.toml:12: record.leave: found "repotr"; expected one of readouts, axons, pictures, report, all (did you mean "report"?)"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[record]
leave = []"#,
            "t.toml:12: record.leave: found an empty list; expected one or more of readouts, axons, pictures, report, all",
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[record]
distances = ["100 um", "0 um"]
crossings = [{ name = "gap", from = ["0.5 mm", "0 mm"], to = ["2 mm", "0 mm"] }, { name = "gap", from = ["0 mm", "0 mm"], to = ["0 mm", "0 mm"] }, { from = ["0 mm", "0 mm"] }]"#,
            r#"t.toml:12: record.distances: found 0 um; expected distances above 0
t.toml:13: record.crossings.2.name: found nothing; expected a text: what it is called
t.toml:13: record.crossings.2.to: found nothing; expected 2 or 3 lengths: x and y (and z in a slab)
t.toml:13: record.crossings.gap.to: found 2 mm, 0 um; expected a place in the well, which is 1 mm x 1 mm
t.toml:13: record.crossings.gap.name: found a second crossing called "gap"; expected a name of its own
t.toml:13: record.crossings.gap.to: found the same place; expected another place than from"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[record]
distances = ["100 um", "0.1 mm"]"#,
            r#"t.toml:12: record.distances: found 100 um twice; expected each distance once"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[record]
distances = []"#,
            r#"t.toml:12: record.distances: found a list of 0; expected 1 to 8 lengths: distances from the explant's edge"#,
        ),
        (
            r#"name = "control""#,
            r#"name = "control"
[branching]
rate = "8 /h""#,
            r#"t.toml: branching.rate: found 4.84809e85 growth cones expected at the end; expected at most 4.29497e9: use fewer wells, neurons or voxels, less branching or a shorter run"#,
        ),
        (
            r#"[[explant]]
at = ["0.5 mm", "0.5 mm"]
[[myokine]]
name = "myokines"
"#,
            r#""#,
            r#"t.toml: explant: found nothing; expected an [[explant]] with neurons, or at least a [[myokine]] to follow"#,
        ),
    ];
    for (sound, wrong, expected) in cases {
        assert_eq!(messages(&broken(sound, wrong)), with_lists(expected), "{wrong}");
    }
}

#[test]
fn a_genotype_within_a_plate_of_another_is_refused() {
    let whole = broken(r#"name = "t""#, "name = \"t\"\ngenotype = \"FUS\"");
    assert_eq!(messages(&whole), "no mistake");
    assert_eq!(
        messages(&(whole + "genotype = \"SOD1-A4V\"\n")),
        "t.toml:12: condition.control.genotype: found SOD1-A4V within a plate of FUS; expected one genotype for the whole plate, \
         or one in each condition that has any"
    );
}

/// The only member of a list needs no name; one of several does.
#[test]
fn a_list_with_one_member_is_followed_without_its_name() {
    let with = |text: &str, change: &str| {
        let change: Override = change.parse().expect("an override");
        scenario::read(text, "t.toml", &[change], &Surroundings::none()).map_err(|mistakes| mistakes.to_string())
    };
    let plate = |change| with(SOUND, change).expect("a scenario").plate;
    assert_eq!(plate("myokine.max_gain=3"), plate("myokine.0.max_gain=3"));
    assert_eq!(plate("explant.neurons=7"), plate("explant.0.neurons=7"));
    assert_eq!(plate("condition.wells=2").conditions[0].wells, 2);
    assert_eq!(
        plate("condition.medium.from=fresh"),
        plate("condition.control.medium.from=fresh")
    );
    let two = SOUND.to_owned() + "[[condition]]\nname = \"other\"\n";
    let refused = "--set condition.wells=2: found \"condition\", which is a list; expected a name or number in it, such as condition.0.wells";
    assert_eq!(with(&two, "condition.wells=2").expect_err("refused"), refused);
    // What is almost a name is one that is misspelt.
    assert!(
        with(SOUND, "myokine.myokins.max_gain=3")
            .expect_err("refused")
            .contains("did you mean \"myokines\"?")
    );
    assert!(
        with(SOUND, "myokine.max_gian=3")
            .expect_err("refused")
            .contains("did you mean \"max_gain\"?")
    );
}

#[test]
fn overrides_have_their_messages() {
    let cases = [
        (
            r#"growth_cone.speed=4"#,
            r#"--set growth_cone.speed=4: found 4 without a unit; expected a speed such as "4 um/h""#,
        ),
        (
            r#"growth_cone.sped=4 um/h"#,
            r#"--set growth_cone.sped=4 um/h: found an unknown key; expected a key of growth_cone: {growth_cone} (did you mean "speed"?)"#,
        ),
        (
            "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a=2",
            "--set a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a=2: found a key of 17 parts; expected at most 16, as no key of a scenario lies deeper",
        ),
        (
            r#"condition.1.wells=2"#,
            r#"--set condition.1.wells=2: found no condition "1"; expected one of control, or the number 0"#,
        ),
        (
            r#"condition.contrl.wells=2"#,
            r#"--set condition.contrl.wells=2: found no condition "contrl"; expected one of control, or the number 0 (did you mean "control"?)"#,
        ),
        (
            r#"condition.control=2"#,
            r#"--set condition.control=2: found a whole condition; expected one of its keys, such as condition.control.KEY"#,
        ),
        (
            r#"name.x=2"#,
            r#"--set name.x=2: found "name" that holds a single value; expected a table on the way to the key"#,
        ),
        (
            r#"well.size=["1 mm"]"#,
            r#"--set well.size=["1 mm"]: found a list of 1; expected 2 or 3 lengths: width and height; a third makes a slab"#,
        ),
        (
            r#"condition.0.wells=0"#,
            r#"--set condition.0.wells=0: condition.control.wells: found 0; expected 1 to 100000"#,
        ),
        (
            r#"seed=99999999999999999999999"#,
            r#"--set seed=99999999999999999999999: found 99999999999999999999999; expected a whole number from 0 to 18446744073709551615"#,
        ),
        (
            r#"condition.control.medium.from=fesh"#,
            r#"--set condition.control.medium.from=fesh: found "fesh"; expected one of fresh, resting muscle, exercised muscle (did you mean "fresh"?)"#,
        ),
        (
            r#"gel.stiffness=3"#,
            r#"--set gel.stiffness=3: gel: found an unknown key; expected a key of the top of the file: name, seed, well, explant, myokine, condition, event, record, shows, genotype, hypothesis, matrix, {biology}, muscle, variation, duration, step, record_every"#,
        ),
    ];
    for (typed, expected) in cases {
        let change: Override = typed.parse().expect("an override");
        assert_eq!(
            messages_with(SOUND, &[change], &Surroundings::none()),
            with_lists(expected),
            "--set {typed}"
        );
    }
}

#[test]
fn all_mistakes_come_at_once_and_in_order() {
    let text = r#"name = ""
duration = "1 d"
well = 3
[growth_cone]
speed = 4
sped = "4 um/h"
[[condition]]
name = "a"
wells = 0
[[condition]]
name = "a"
medium = { from = "fresh", every = "0 h" }
"#;
    let change = Override::new("branching.rate", "fast");
    let expected = r#"t.toml:1: name: found ""; expected a text in quotes, on one line and not empty
t.toml:3: well: found 3; expected a table [well]: the space that every well has
t.toml:5: growth_cone.speed: found 4 without a unit; expected a speed such as "4 um/h"
t.toml:6: growth_cone.sped: found an unknown key; expected a key of growth_cone: {growth_cone} (did you mean "speed"?)
t.toml:9: condition.a.wells: found 0; expected 1 to 100000
t.toml:11: condition.a.name: found a second condition called "a"; expected a name of its own
t.toml:12: condition.a.medium.every: found "0 h"; expected 1 s to 3650 d
--set branching.rate=fast: found "fast"; expected a rate such as "0.02 /h""#;
    assert_eq!(
        messages_with(text, &[change], &Surroundings::none()),
        with_lists(expected)
    );
}

#[test]
fn several_mistakes_in_the_toml_come_at_once() {
    let expected = r#"t.toml:2: TOML: found "1 d" (string values must be quoted); expected literal string
t.toml:3: TOML: found unclosed table; expected `]`"#;
    assert_eq!(
        messages("name = \"t\"\nduration = 1 d\n[well\nsize = [\"1 mm\", \"1 mm\"]\n"),
        expected
    );
}

#[test]
fn a_plate_too_large_for_the_memory_is_refused() {
    let small = Surroundings {
        memory_bytes: Some(100_000),
        ..Surroundings::none()
    };
    let expected = r#"t.toml: memory: found a plate that needs about 312 kB; expected at most the 100 kB that are free: use fewer wells, neurons or voxels, less branching or a shorter run, or record less often"#;
    assert_eq!(messages_with(SOUND, &[], &small), expected);
    let ample = Surroundings {
        memory_bytes: Some(100_000_000),
        ..Surroundings::none()
    };
    assert_eq!(messages_with(SOUND, &[], &ample), "no mistake");
}

#[test]
fn a_picture_of_walls_needs_one_pixel_a_voxel() {
    let surroundings = Surroundings {
        file: Box::new(|_| Ok(picture(3, 2, &[0; 6]))),
        memory_bytes: None,
    };
    let text = broken("[\"1 mm\", \"1 mm\"]", "[\"1 mm\", \"1 mm\"]\nwalls = \"walls.png\"");
    let expected = r#"t.toml:5: well.walls: found "walls.png" with 3 x 2 pixels; expected one pixel a voxel: 50 x 50"#;
    assert_eq!(messages_with(&text, &[], &surroundings), expected);
    let no_picture = Surroundings {
        file: Box::new(|_| Ok(b"GIF89a".to_vec())),
        memory_bytes: None,
    };
    assert!(messages_with(&text, &[], &no_picture).contains("expected a PNG picture that can be read"));
}

#[test]
fn dark_pixels_are_walls_and_the_top_row_is_the_far_end() {
    let text = r#"
name = "walls"
duration = "1 h"
well = { size = ["60 um", "40 um"], voxel = "20 um", walls = "w.png" }
myokine = [{ name = "myokines" }]
condition = [{ name = "control" }]
"#;
    let rows = [0, 255, 255, 255, 255, 100];
    let surroundings = Surroundings {
        file: Box::new(move |_| Ok(picture(3, 2, &rows))),
        memory_bytes: None,
    };
    let scenario = scenario::read(text, "t.toml", &[], &surroundings).expect("no mistakes");
    assert_eq!(scenario.plate.domain.walls, [false, false, true, true, false, false]);
    assert!(scenario.warnings.is_empty());
    let beside = Override::new("explant", r#"[{ at = ["10 um", "10 um"], radius = "1 um" }]"#);
    let grown = scenario::read(text, "t.toml", &[beside], &surroundings).expect("no mistakes");
    assert!(
        grown.warnings.iter().all(|warning| !warning.key.starts_with("well")),
        "walls hold back axons too"
    );
    let inside = Override::new("explant", r#"[{ at = ["10 um", "30 um"], radius = "1 um" }]"#);
    let expected = r#"--set explant=[{ at = ["10 um", "30 um"], radius = "1 um" }]: explant.0.at: found a centre inside a wall; expected a place in the gel"#;
    assert_eq!(messages_with(text, &[inside], &surroundings), expected);
}

/// A grey PNG.
fn picture(width: u32, height: u32, pixels: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(pixels))
        .expect("a picture");
    bytes
}

#[test]
fn what_is_unusual_is_warned_of_and_not_refused() {
    let cases = [
        ("", ""),
        (
            "[growth_cone]\nspeed = \"12 um/h\"",
            "t.toml:12: growth_cone.speed: \"12 um/h\" is unusual; typical is 2 to 10 um/h (grade C: motor neurons in \
             vitro about 5 µm/h (recalled); the longest neurites of DRG in soft 3-D gel 1800 µm in 7 days, 11 µm/h (PMC3926440))",
        ),
        (
            "[[myokine]]\nname = \"bdnf\"",
            "t.toml:12: myokine.bdnf.name: \"bdnf\" is not the documented \"BDNF\": its doses are relative",
        ),
        (
            "medium = { from = \"fresh\", every = \"90.5 s\" }",
            "t.toml:11: condition.control.medium.every: 90.5 s is not a whole number of steps and is taken as 2 min",
        ),
        (
            "growth_cone = { segment = \"1 um\", speed = \"10 um/h\", retraction_speed = \"20 um/h\", speed_spread = \"20 um/h\" }",
            "t.toml: step: a step is so long that a fast cone in control advances 1.14815 um, more than growth_cone.segment of 1 um\n\
             t.toml: growth_cone: in control axons that are drawn back to their somata stop there, so that without any cue they grow to \
             about 274 um instead of the 240 um that speed says: speed_spread and the modes are large for it",
        ),
    ];
    for (addition, expected) in cases {
        let text = format!("{SOUND}{addition}\n");
        let scenario = scenario::read(&text, "t.toml", &[], &Surroundings::none()).expect("no mistakes");
        // The well is small; what is said of that has a test of its own.
        let of_the_addition = scenario.warnings.iter().filter(|warning| warning.key != "well.size");
        let warnings: Vec<String> = of_the_addition.map(ToString::to_string).collect();
        assert_eq!(warnings.join("\n"), expected, "{addition}");
    }
    let without = SOUND.replace("[[myokine]]\nname = \"myokines\"\n", "") + "medium = { from = \"resting muscle\" }\n";
    let scenario = scenario::read(&without, "t.toml", &[], &Surroundings::none()).expect("no mistakes");
    let warnings: Vec<String> = scenario.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        ["t.toml:7: condition: control has muscle or its medium, but no [[myokine]] is followed"]
    );
}

/// What is said of the size of the well.
fn told_of_the_rim(text: &str) -> Option<String> {
    let scenario = scenario::read(text, "t.toml", &[], &Surroundings::none()).expect("no mistakes");
    let mut told = scenario.warnings.iter().filter(|warning| warning.key == "well.size");
    told.next().map(ToString::to_string)
}

/// Straight paths of 450 µm from the edge of an explant of 100 µm come to 550 µm from its middle, and the rim begins at 480: all whose
/// direction is within arccos(480/550) of one of the four do.
#[test]
fn axons_that_outgrow_their_well_are_foreseen() {
    let straight = |size: &str| {
        let grown = "[growth_cone]\nspeed = \"9.375 um/h\"\npersistence_length = \"1e6 um\"\nspeed_spread = \"0 um/h\"\npaused = \"0 %\"\nretracting = \"0 %\"\n";
        let text = SOUND
            .replace("at = [", "radius = \"100 um\"\nat = [")
            .replace("1 d", "2 d")
            + grown;
        let half = |size: &str| format!("{} mm", 0.5 * size.parse::<f64>().expect("a size"));
        text.replace("1 mm", &format!("{size} mm"))
            .replace("0.5 mm", &half(size))
    };
    let share = 4.0 * (480.0f64 / 550.0).acos() / std::f64::consts::PI;
    assert_eq!(
        told_of_the_rim(&straight("1")).expect("told"),
        format!(
            "t.toml:3: well.size: axons of control grow to about 450 um, and it is 400 um from an explant to the nearest side: up to about \
             {} % of their tips are stopped there, so that radius, extent and hull say too little",
            (100.0 * share).round()
        )
    );
    assert_eq!(told_of_the_rim(&straight("1.2")), None);
    // What curls gets less far.
    assert_eq!(told_of_the_rim(&straight("1").replace("1e6 um", "50 um")), None);
}

#[test]
fn cycles_that_are_stepped_through_are_a_whole_number_of_steps() {
    let with = |frequency: &str| {
        let text = format!("{SOUND}actuation = {{ resolved = true, frequency = \"{frequency}\" }}\n");
        messages_with(&text, &[Override::new("step", "10 ms")], &Surroundings::none())
    };
    let expected = "t.toml:11: condition.control.actuation.resolved: found cycles of 333.333 ms in steps of 10 ms; \
                    expected a cycle that is a whole number of steps";
    assert_eq!(with("3 Hz"), expected);
    assert_eq!(with("4 Hz"), "no mistake");
    assert_eq!(with("5 Hz"), "no mistake");
    let expected = "t.toml:11: condition.control.actuation.resolved: found cycles of 125 ms in steps of 10 ms; \
                    expected a step of at most 6.25 ms, 1/20 of a cycle";
    assert_eq!(with("8 Hz"), expected);
}

#[test]
fn steps_over_which_diffusion_is_lost_are_refused() {
    let text = SOUND.replace("[[explant]]", "voxel = \"1 um\"\n[[explant]]");
    let source =
        "\nsource = [{ region = [\"0 um\", \"0 um\", \"9 um\", \"9 um\"], myokine = \"myokines\", rate = \"1 /h\" }]";
    let fast = Override::new("myokine.myokines.diffusivity", "20000 um^2/s");
    let with_grid = text.replace("name = \"control\"", &format!("name = \"control\"{source}"));
    assert_eq!(
        messages_with(&with_grid, std::slice::from_ref(&fast), &Surroundings::none()),
        "t.toml: step: found steps in which myokines diffuses over 1095 voxels; expected at most 316: take larger voxels or shorter steps"
    );
    assert_eq!(messages_with(&text, &[fast], &Surroundings::none()), "no mistake");
}

/// The sound scenario with one finding.
fn finding(written: &str) -> String {
    format!("{SOUND}[shows]\nquestion = \"Does it grow?\"\nanswer = \"Yes.\"\nfindings = [{{ {written} }}]\n")
}

#[test]
fn a_finding_names_what_the_plate_has() {
    let cases = [
        (
            r#"readout = "tips", of = "control", at = "12 h", is = [0, 1]"#,
            "no mistake",
        ),
        (
            r#"readout = "tip", of = "control", is = [0, 1]"#,
            r#"t.toml:14: shows.findings.0.readout: found no readout called "tip"; expected a column of its readouts: "#,
        ),
        (
            r#"readout = "tips", of = "contrl", is = [0, 1]"#,
            r#"t.toml:14: shows.findings.0.of: found no condition called "contrl"; expected one of control (did you mean "control"?)"#,
        ),
        (
            r#"readout = "tips", of = "control", since = "1 d", is = [0, 1]"#,
            "t.toml:14: shows.findings.0.since: found 1 d; expected a time after the start and before 1 d",
        ),
        (
            r#"readout = "tips", of = "control", over = "control", less = "control", is = [0, 1]"#,
            "t.toml:14: shows.findings.0.less: found both over and less; expected one of over, less, since",
        ),
        (
            r#"readout = "tips", of = "control", is = [1, 0]"#,
            "t.toml:14: shows.findings.0.is: found a list of 2; expected two numbers, the least and the greatest, such as [0.9, 1.1]",
        ),
    ];
    for (written, expected) in cases {
        let found = messages(&finding(written));
        assert!(found.starts_with(expected), "{written}: {found}");
    }
    // In a copy that ends earlier, or records at other times, a finding is left out with a word.
    for (at, told) in [
        ("90 min", "90 min, but every 1 h up to 1 d"),
        ("2 d", "2 d, but every 1 h up to 1 d"),
    ] {
        let text = finding(&format!(
            r#"readout = "tips", of = "control", at = "{at}", is = [0, 1]"#
        ));
        let scenario = scenario::read(&text, "t.toml", &[], &Surroundings::none()).expect("sound");
        assert!(
            scenario.warnings.iter().any(|warning| warning.text.contains(told)),
            "{at}: {:?}",
            scenario.warnings
        );
        assert_eq!(scenario.shows.map(|shows| shows.findings.len()), Some(0));
    }
    let none = messages(&finding("").replace("[{  }]", "[]"));
    assert_eq!(
        none,
        "t.toml:14: shows.findings: found none; expected at least one finding"
    );
}

/// A scenario with another duration is another experiment, of which nothing was said; with another seed it is not.
#[test]
fn an_override_makes_another_experiment() {
    let text = finding(r#"readout = "tips", of = "control", at = "12 h", is = [0, 1]"#);
    let shows = |change: Override| {
        let read = scenario::read(&text, "t.toml", &[change], &Surroundings::none());
        read.expect("sound").shows.is_some()
    };
    assert!(shows(Override::new("seed", "2")) && !shows(Override::new("duration", "6 h")));
}
