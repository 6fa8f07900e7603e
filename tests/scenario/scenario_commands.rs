//! The text commands as a shell sees them: what they print, where, and with which exit status.

use std::process::{Command, Output};

fn outgrowth(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_outgrowth"))
        .args(words)
        .output()
        .expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn check_prints_what_a_scenario_resolves_to() {
    let output = outgrowth(&["check", "exercise-2024", "--set", "growth_cone.speed=6 um/h"]);
    let printed = text(&output.stdout);
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""));
    assert!(
        printed.contains("speed                    6 um/h           set      C"),
        "{printed}"
    );
    assert!(
        printed.contains("exercise-2024: 18 wells, 7200 steps, seed 1"),
        "{printed}"
    );
}

#[test]
fn check_prints_json() {
    let output = outgrowth(&["check", "quick", "--json", "--seed", "7"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        (&json["seed"], &json["needs"]["wells"], &json["steps"]),
        (&7.into(), &2.into(), &1440.into())
    );
}

#[test]
fn check_warns_on_stderr_and_succeeds() {
    let output = outgrowth(&["check", "quick", "-q", "--set", "growth_cone.persistence_length=10 um"]);
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(0), ""));
    assert!(
        text(&output.stderr).starts_with("warning: --set growth_cone.persistence_length=10 um: \"10 um\" is unusual")
    );
}

#[test]
fn a_key_that_is_set_twice_is_told() {
    let told = |words: &[&str]| text(&outgrowth(&[&["check", "quick"], words].concat()).stderr);
    let twice = ["--set", "soma.speed=1 um/h", "--set", "soma.speed=2 um/h"];
    let warning = "warning: --set soma.speed: 2 um/h takes the place of 1 um/h\n";
    assert!(told(&twice).starts_with(warning), "{}", told(&twice));
    assert!(!told(&["--set", "soma.speed=1 um/h", "--set", "soma.speed=1 um/h"]).contains("takes the place"));
}

/// What somebody pastes who has lost a piece of a link is told to be one.
#[test]
fn a_piece_of_a_link_is_told_to_be_one() {
    let refused = |file: &str| text(&outgrowth(&["check", file]).stderr);
    for piece in ["v1.lSR5m", "#V1.lSR5m"] {
        assert!(
            refused(piece).contains("a link begins with \"#v1.\""),
            "{}",
            refused(piece)
        );
    }
    let address = refused("https://example.org/outgrowth/");
    assert!(address.contains("copy all of it"), "{address}");
    assert!(!refused("nowhere.toml").contains("link begins"));
}

#[test]
fn the_record_of_a_run_names_the_scenario_beside_it_and_a_text_of_many_mistakes_is_cut_short() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        std::fs::write(&file, text).expect("written");
        file.display().to_string()
    };
    let scenario = write("scenario/scenario.toml", "");
    let record = write("run.json", "{\n \"program\": \"outgrowth\"\n}\n");
    let told = text(&outgrowth(&["check", &record]).stderr);
    assert!(
        told.contains("found the record of a run; its scenario is ") && told.contains(&scenario),
        "{told}"
    );
    let table = write("table.csv", &"1,2,3\n".repeat(500));
    let told = text(&outgrowth(&["check", &table]).stderr);
    assert!(told.lines().count() < 60 && told.contains(" mistakes more"), "{told}");
}

#[test]
fn a_seed_that_is_none_is_told_what_seeds_are() {
    for seed in ["-1", "18446744073709551616", "many"] {
        let told = text(&outgrowth(&["check", "quick", "--seed", seed]).stderr);
        assert!(
            told.contains("expected a whole number from 0 to 18446744073709551615"),
            "{told}"
        );
    }
}

/// A sweep file where a scenario belongs is called so, and not a scenario without most of its keys.
#[test]
fn a_sweep_file_is_no_scenario() {
    let scratch = tempfile::tempdir().expect("a folder");
    let file = scratch.path().join("speeds.toml");
    std::fs::write(&file, "scenario = \"quick\"\nseeds = \"1..3\"\n").expect("written");
    let output = outgrowth(&["check", file.to_str().expect("text")]);
    let told = text(&output.stderr);
    assert_eq!((output.status.code(), told.lines().count()), (Some(2), 1), "{told}");
    assert!(told.contains("found a sweep file"), "{told}");
}

/// Who asks for a result is told where its scenario lies.
#[test]
fn a_result_is_told_with_its_scenario() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().to_str().expect("text");
    let told = || text(&outgrowth(&["check", folder]).stderr);
    assert!(!told().contains("its scenario"), "{}", told());
    std::fs::create_dir(scratch.path().join("scenario")).expect("made");
    let scenario = scratch.path().join("scenario").join("scenario.toml");
    std::fs::write(&scenario, "name = \"x\"\n").expect("written");
    assert!(
        told().contains(&format!("; its scenario is {}", scenario.display())),
        "{}",
        told()
    );
}

#[test]
fn wrong_input_is_told_on_stderr_with_status_2() {
    let cases: [(&[&str], &str); 4] = [
        (
            &["check", "quick", "--set", "step=2"],
            "--set step=2: found 2 without a unit; expected a time such as \"30 min\" or \"1 d 12 h\"\n",
        ),
        (&["check", "quik"], "(did you mean \"quick\"?)\n"),
        (
            &["explain", "growth_cone.sped"],
            "(did you mean \"growth_cone.speed\"?)\n",
        ),
        (&["check", "quick", "--set", "nothing"], "expected KEY=VALUE"),
    ];
    for (words, expected) in cases {
        let output = outgrowth(words);
        assert_eq!(
            (output.status.code(), text(&output.stdout).as_str()),
            (Some(2), ""),
            "{words:?}"
        );
        assert!(
            text(&output.stderr).contains(expected),
            "{words:?}: {}",
            text(&output.stderr)
        );
    }
}

#[test]
fn a_file_that_is_no_text_is_told_with_its_line() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), b"name = \"t\"\n\xff\n").expect("written");
    let path = file.path().to_string_lossy().into_owned();
    let output = outgrowth(&["check", &path]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        format!("{path}:2: found bytes that are no text; expected UTF-8\n")
    );
}

#[test]
fn explain_schema_and_completions_print() {
    assert!(text(&outgrowth(&["explain", "growth_cone.speed"]).stdout).contains("v_run = (v0 + f_ret v_ret) / f_run"));
    let schema: serde_json::Value = serde_json::from_slice(&outgrowth(&["schema"]).stdout).expect("JSON");
    assert_eq!(schema["type"], "object");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(
            text(&outgrowth(&["completions", shell]).stdout).contains("OUTGROWTH_COMPLETE"),
            "{shell}"
        );
    }
}

/// A scenario of one well whose walls are the file `walls`.
#[cfg(unix)]
fn walled(folder: &std::path::Path, walls: &str) -> String {
    let text = format!(
        "name = \"t\"\nduration = \"1 h\"\n[well]\nsize = [\"400 um\", \"400 um\"]\nwalls = \"{walls}\"\n[[myokine]]\nname = \"m\"\n\
         [[condition]]\nname = \"c\"\n"
    );
    let path = folder.join("t.toml");
    std::fs::write(&path, text).expect("written");
    path.to_string_lossy().into_owned()
}

/// A device without end and a pipe that nobody writes to are named, not read.
#[cfg(unix)]
#[test]
fn only_regular_files_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = Command::new("mkfifo")
        .arg(folder.path().join("pipe"))
        .status()
        .expect("mkfifo");
    assert!(made.success());
    for walls in ["/dev/zero", "pipe", "."] {
        let output = outgrowth(&["check", &walled(folder.path(), walls)]);
        assert_eq!(output.status.code(), Some(2), "{walls}");
        let told = text(&output.stderr);
        assert!(
            told.contains(&format!("found \"{walls}\": it is no regular file")),
            "{told}"
        );
    }
    let endless = outgrowth(&["check", "/dev/zero"]);
    assert_eq!(endless.status.code(), Some(2));
    assert!(
        text(&endless.stderr).contains("at most 16000000 are read"),
        "{}",
        text(&endless.stderr)
    );
    let long = std::fs::File::create(folder.path().join("long.png")).expect("made");
    long.set_len(300_000_000).expect("a sparse file");
    let output = outgrowth(&["check", &walled(folder.path(), "long.png")]);
    assert!(
        text(&output.stderr).contains("at most 256000000 are read"),
        "{}",
        text(&output.stderr)
    );
}

/// The limit of the shell counts as the memory of the machine does.
#[cfg(target_os = "linux")]
#[test]
fn the_limit_of_the_shell_is_heeded() {
    let check = format!(
        "ulimit -v 1000000; '{}' check -q quick --set condition.0.wells=20000",
        env!("CARGO_BIN_EXE_outgrowth")
    );
    let output = Command::new("sh").args(["-c", &check]).output().expect("a shell");
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(
        told.contains("memory: found a plate that needs about") && told.contains(" MB that are free"),
        "{told}"
    );
}

#[test]
fn nothing_that_is_typed_steers_the_terminal() {
    let red = "\u{1b}[31mred\u{7}\u{202e}";
    for words in [
        vec![
            "check".to_owned(),
            "quick".to_owned(),
            "--set".to_owned(),
            format!("myokine.a{red}=1"),
        ],
        vec![
            "check".to_owned(),
            "quick".to_owned(),
            "--set".to_owned(),
            format!("name.a{red}.b=1"),
        ],
        vec![
            "check".to_owned(),
            "quick".to_owned(),
            "--set".to_owned(),
            red.to_owned(),
        ],
        vec!["check".to_owned(), format!("no{red}such.toml")],
        vec!["check".to_owned(), "quick".to_owned(), format!("--no{red}such")],
        vec!["explain".to_owned(), red.to_owned()],
        vec!["validate".to_owned(), red.to_owned()],
    ] {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let output = outgrowth(&words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        let told = text(&output.stderr) + &text(&output.stdout);
        assert!(told.len() > 10);
        assert!(
            told.chars().all(|c| c == '\n' || !(c.is_control() || c == '\u{202e}')),
            "{told:?}"
        );
    }
}

/// A variable of the environment once started as many threads as it said.
#[test]
fn threads_have_a_bound() {
    let output = outgrowth(&["check", "quick", "--threads", "100000"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("1..=1024"), "{}", text(&output.stderr));
    let scratch = tempfile::tempdir().expect("a folder");
    let run = Command::new(env!("CARGO_BIN_EXE_outgrowth"))
        .args(["run", "quick", "--engine", "cpu", "--out"])
        .arg(scratch.path().join("out"))
        .env("RAYON_NUM_THREADS", "2000")
        .output()
        .expect("the program starts");
    let told = text(&run.stderr);
    assert!(
        run.status.success() && told.contains(" thread") && !told.contains("2000 thread"),
        "{told}"
    );
}

#[test]
fn check_counts_what_is_recorded() {
    let needs = |every: &str| {
        let output = outgrowth(&[
            "check",
            "quick",
            "--json",
            "--set",
            &format!("record_every={every}"),
            "--set",
            "duration=1 d",
        ]);
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        json["needs"].clone()
    };
    // Two wells; every minute of a day and its start.
    let (often, seldom) = (needs("1 min"), needs("6 h"));
    assert_eq!(
        (&often["rows"], &seldom["rows"]),
        (&(2.0 * 1441.0).into(), &10.0.into())
    );
    let more = |key: &str| often[key].as_f64().expect("a number") - seldom[key].as_f64().expect("a number");
    assert!(more("disk_bytes") > 2872.0 * 150.0 && more("memory_bytes") > 2872.0 * 400.0 && more("time_s") > 0.0);
    let output = outgrowth(&["check", "quick"]);
    assert!(text(&output.stdout).contains("results "), "{}", text(&output.stdout));
}

/// A scenario of one's own begins as a template or a copy; what is there is never replaced.
#[test]
fn a_new_scenario_can_be_run_at_once() {
    let scratch = tempfile::tempdir().expect("a folder");
    let outgrowth = |words: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_outgrowth"))
            .args(words)
            .current_dir(scratch.path())
            .output()
            .expect("the program starts")
    };
    let output = outgrowth(&["new", "first try"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).starts_with("first try.toml is written."));
    let output = outgrowth(&["check", "first try.toml"]);
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""));
    assert!(
        text(&output.stdout).contains("first try: 9 wells"),
        "{}",
        text(&output.stdout)
    );
    let before = std::fs::read(scratch.path().join("first try.toml")).expect("written");
    let output = outgrowth(&["new", "first try.toml", "--from", "quick"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("first try.toml is there already; nothing was written."));
    assert_eq!(
        std::fs::read(scratch.path().join("first try.toml")).expect("kept"),
        before
    );
    let output = outgrowth(&["new", "plates/copy", "--from", "quick"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let copy = std::fs::read_to_string(scratch.path().join("plates/copy.toml")).expect("written");
    assert!(copy.contains("\nname = \"copy\"\n") && copy.contains("name = \"muscle beside them\""));
    for nameless in ["", ".", "..", "plates/", ".toml"] {
        let output = outgrowth(&["new", nameless]);
        assert_eq!(output.status.code(), Some(2), "{nameless}");
        assert!(
            text(&output.stderr).contains("expected a name of a plate"),
            "{nameless}"
        );
    }
    let output = outgrowth(&["new", "other", "--from", "quik"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("quick"), "{}", text(&output.stderr));
    assert!(!scratch.path().join("other.toml").exists());
}

/// What is refused as a name is refused as one, on one line, and no file is made.
#[test]
fn a_new_scenario_has_a_name_that_it_can_have() {
    let scratch = tempfile::tempdir().expect("a folder");
    let outgrowth = |words: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_outgrowth"))
            .args(words)
            .current_dir(scratch.path())
            .output()
            .expect("the program starts")
    };
    for (name, found) in [
        (
            "=x",
            "found the name \"=x\"; expected a name that begins otherwise than with = + - @",
        ),
        ("na\nme", "found the name \"na\\nme\"; expected a text on one line"),
        ("plates/=x.toml", "found the name \"=x\"; expected"),
    ] {
        for from in [&[][..], &["--from", "quick"]] {
            let output = outgrowth(&[&["new", name], from].concat());
            let told = text(&output.stderr);
            assert_eq!((output.status.code(), told.lines().count()), (Some(2), 1), "{told}");
            assert!(told.starts_with(found) && !told.contains(".toml"), "{told}");
        }
    }
    assert_eq!(std::fs::read_dir(scratch.path()).expect("a folder").count(), 0);
    // An ending is one in capitals too.
    assert!(text(&outgrowth(&["new", "x.TOML"]).stdout).starts_with("x.TOML is written."));
    let written = std::fs::read_to_string(scratch.path().join("x.TOML")).expect("written");
    assert!(written.contains("name = \"x\""));
    // What is advised can be typed.
    let advice = text(&outgrowth(&["new", "first try"]).stdout);
    assert!(advice.contains("outgrowth check 'first try.toml'  "), "{advice}");
    assert!(!text(&outgrowth(&["new", "plates/other"]).stdout).contains('\''));
}

/// An option stands in the help of the commands in which it does something; elsewhere it is refused, with where it belongs.
#[test]
fn options_stand_where_they_do_something() {
    let help = |command: &str| text(&outgrowth(&[command, "--help"]).stdout);
    let cases = [
        (
            "check",
            "out",
            "run, sweep, plan, replay, view, lesson, render, validate",
        ),
        (
            "explain",
            "seed",
            "run, sweep, plan, view, render, check, link, validate",
        ),
        ("sweep", "force", "run, replay, view, lesson, render, link, validate"),
        (
            "work",
            "engine",
            "run, resume, sweep, plan, replay, view, lesson, render, validate",
        ),
        ("replay", "set", "run, sweep, plan, view, render, check, link"),
    ];
    for (command, option, belongs) in cases {
        assert!(!help(command).contains(&format!("--{option} ")), "{command} --{option}");
        let file = if command == "explain" { "tips" } else { "quick" };
        let value: &[&str] = match option {
            "force" => &[],
            "engine" => &["cpu"],
            "set" => &["step=1 min"],
            _ => &["7"],
        };
        let run: &[&str] = if command == "replay" { &["--run", "1"] } else { &[] };
        let output = outgrowth(&[&[command, file, &format!("--{option}")], value, run].concat());
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{told}");
        let said = format!("--{option} has no place in {command}: ");
        assert!(
            told.contains(&said) && told.contains(&format!(". It belongs to {belongs}\n")),
            "{told}"
        );
        for command in belongs
            .split(", ")
            .filter(|command| cfg!(feature = "window") || !["view", "render"].contains(command))
        {
            assert!(help(command).contains(&format!("--{option}")), "{command} --{option}");
        }
    }
    assert!(help("validate").contains("File of the book"));
    let output = outgrowth(&["run", "quick", "--need-gpu", "--engine", "cpu"]);
    assert!(text(&output.stderr).contains("--need-gpu has no place beside an engine"));
    // Ahead of the command they are the same.
    let output = outgrowth(&["--seed", "7", "explain", "tips"]);
    assert!(text(&output.stderr).contains("--seed has no place in explain"));
    let output = outgrowth(&["--seed", "7", "check", "quick", "--json"]);
    assert!(text(&output.stdout).contains("\"seed\": 7"));
}

/// The number of `--power` may stand behind a blank.
#[test]
fn a_power_may_be_a_word_of_its_own() {
    let planned = |words: &[&str]| {
        let scratch = tempfile::tempdir().expect("a folder");
        let folder = scratch.path().join("plan");
        let folder = folder.to_str().expect("text");
        let output = outgrowth(&[&["plan", "quick", "--out", folder, "--json"], words].concat());
        let plan = std::fs::read_to_string(scratch.path().join("plan/plan.toml")).unwrap_or_default();
        (output.status.code(), plan.contains("\npower = 0.9\n"))
    };
    assert_eq!(planned(&["--power", "0.9"]), (Some(0), true));
    assert_eq!(planned(&["--power=0.9"]), (Some(0), true));
    assert_eq!(planned(&["--power"]), (Some(0), false));
}

/// The script that is printed asks the program, which knows scenarios, files, keys and words.
#[cfg(unix)]
#[test]
fn a_shell_completes_names_files_and_keys() {
    let scratch = tempfile::tempdir().expect("a folder");
    std::fs::write(scratch.path().join("quiet.toml"), "").expect("written");
    std::fs::write(scratch.path().join("quiet.csv"), "").expect("written");
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_outgrowth"));
    let folder = program.parent().and_then(std::path::Path::to_str).expect("a folder");
    // As bash does it when the tabulator is pressed behind the words.
    let completed = |words: &[&str]| {
        let script = format!(
            "PATH='{folder}':$PATH; source <(outgrowth completions bash); COMP_WORDS=({}); COMP_CWORD={}; \
             _clap_complete_outgrowth outgrowth '{}' ''; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            words.join(" "),
            words.len() - 1,
            words[words.len() - 1],
        );
        let output = Command::new("bash")
            .args(["-c", &script])
            .current_dir(scratch.path())
            .output()
            .expect("bash");
        let words: Vec<String> = text(&output.stdout).lines().map(str::to_owned).collect();
        assert!(output.status.success(), "{}", text(&output.stderr));
        words
    };
    assert_eq!(completed(&["outgrowth", "run", "qui"]), ["quick", "quiet.toml"]);
    let key = completed(&["outgrowth", "run", "quick", "--set", "growth_cone.sp"]);
    assert_eq!(
        key,
        [
            "growth_cone.speed=",
            "growth_cone.speed_memory=",
            "growth_cone.speed_spread="
        ]
    );
    let of_a_member = completed(&["outgrowth", "check", "--set", "condition.control.medium.e"]);
    assert_eq!(of_a_member, ["condition.control.medium.every="]);
    assert_eq!(completed(&["outgrowth", "explain", "neurites_"]), ["neurites_at"]);
    assert_eq!(completed(&["outgrowth", "validate", "adap"]), ["adaptation"]);
    assert!(completed(&["outgrowth", "check", "--"]).contains(&"--seed".to_owned()));
    assert!(!completed(&["outgrowth", "check", "--"]).contains(&"--out".to_owned()));
    assert!(
        completed(&["outgrowth", "sweep", "quick", "--vary", "branching.r"]).contains(&"branching.rate=".to_owned())
    );
}
