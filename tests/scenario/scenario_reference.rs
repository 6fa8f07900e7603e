//! The examples of `docs/scenario.md` and `explain`: each can be pasted into a scenario, and is read. `explain` knows every key, as it
//! stands in a file and as `--set` takes it, and every readout.

use outgrowth::readout::Readout;
use outgrowth::readout::columns::columns;
use outgrowth::scenario::reference::{Entry, all_entries, places, table_to_paste};
use outgrowth::scenario::{self, BUILTIN, Surroundings, builtin_file, explain};
use toml::{Table, Value};

/// The template of `outgrowth new`, with all that it suggests.
fn template() -> Table {
    let text = include_str!("../../assets/template.toml").replace("#: ", "");
    text.parse().expect("TOML")
}

/// A table with another pasted behind it: what is there is replaced, lists go on, and a table of a list is of its last member.
fn paste(into: &mut Table, pasted: Table) {
    for (key, value) in pasted {
        match (into.get_mut(&key), value) {
            (Some(Value::Table(there)), Value::Table(more)) => paste(there, more),
            (Some(Value::Array(there)), Value::Array(more)) if more.iter().all(Value::is_table) => there.extend(more),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}

/// Files that the examples name.
fn file(name: &str) -> Result<Vec<u8>, String> {
    match name {
        "walls.png" => {
            let (mut bytes, edge) = (Vec::new(), 150);
            let mut encoder = png::Encoder::new(&mut bytes, edge, edge);
            encoder.set_color(png::ColorType::Grayscale);
            let mut writer = encoder.write_header().expect("a header");
            writer
                .write_image_data(&vec![255; (edge * edge) as usize])
                .expect("pixels");
            drop(writer);
            Ok(bytes)
        }
        "map.csv" => builtin_file("measured-map.csv"),
        _ => Err("there is none".to_owned()),
    }
}

fn read(text: &str) -> Result<(), String> {
    let surroundings = Surroundings {
        file: Box::new(file),
        memory_bytes: None,
    };
    let read = scenario::read(text, "t.toml", &[], &surroundings);
    read.map(|_| ()).map_err(|mistakes| mistakes.to_string())
}

/// Whether the template is read with this behind it.
fn read_with(pasted: &str) -> Result<(), String> {
    let mut scenario = template();
    paste(
        &mut scenario,
        pasted.parse::<Table>().map_err(|problem| problem.to_string())?,
    );
    read(&toml::to_string(&scenario).expect("TOML"))
}

#[test]
fn every_example_can_be_pasted() {
    let mut wrong = Vec::new();
    let entries: Vec<Entry> = all_entries().collect();
    for entry in &entries {
        let pasted = entry.to_paste();
        assert!(
            pasted.contains(&format!("{} = ", entry.name())),
            "{}: {pasted}",
            entry.path()
        );
        if let Err(problem) = read_with(&pasted) {
            wrong.push(format!("# {}\n{pasted}{problem}\n", entry.path()));
        }
    }
    assert!(entries.len() > 150, "{}", entries.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // What is pasted counts.
    assert!(read_with("[well]\nsize = [\"3 mm\"]\n").is_err());
    assert!(read_with("[condition.medium]\nevery = \"12 h\"\n").is_err());
}

#[test]
fn every_table_can_be_pasted() {
    let mut tables: Vec<_> = all_entries().map(|entry| entry.shape).collect();
    tables.dedup_by_key(|shape| shape.name);
    for shape in tables.into_iter().filter(|shape| !shape.name.is_empty()) {
        let pasted = table_to_paste(shape);
        assert!(!pasted.is_empty(), "{} stands nowhere", shape.name);
        assert_eq!(read_with(&pasted), Ok(()), "{pasted}");
    }
}

/// The scenario at the head of the page, in front of a reader who has not seen another.
#[test]
fn the_scenario_of_the_page_is_read() {
    let page = include_str!("../../docs/scenario.md");
    let (_, rest) = page.split_once("```toml\n").expect("an example");
    let (scenario, _) = rest.split_once("```").expect("its end");
    assert_eq!(read(scenario), Ok(()));
}

#[test]
fn every_key_is_explained() {
    for entry in all_entries() {
        let path = entry.path();
        let text = explain(Some(&path)).unwrap_or_else(|unknown| panic!("{unknown}"));
        let is_of_table = text.starts_with(&format!("{path}: "));
        let is_of_key = text.contains(&path) && text.contains(entry.meaning());
        assert!(is_of_table || is_of_key, "{path}: {text}");
        // As it stands in a file, with the members of lists by their names.
        for way in places(entry.shape.name).iter().filter(|way| !way.is_empty()) {
            let steps = way.iter().map(|step| {
                let member = if step.is_list() { ".\"of 5 %\"" } else { "" };
                format!("{}{member}", step.key.name)
            });
            let set = format!("{}.{}", steps.collect::<Vec<_>>().join("."), entry.name());
            let text = explain(Some(&set)).unwrap_or_else(|unknown| panic!("{unknown}"));
            assert!(text.starts_with(&format!("{path}\n")), "{set}: {text}");
            let example = entry.example().join("\n            ");
            assert!(text.contains(&format!("  example   {example}\n")), "{set}: {text}");
        }
    }
    let bare = |name: &str| explain(Some(name)).expect("a key");
    assert!(bare("fibrin").starts_with("matrix.fibrin\n"));
    let several = bare("region");
    assert!(
        several.starts_with("region is one of these;") && several.lines().count() > 5,
        "{several}"
    );
    assert!(explain(Some("event.cut")).is_err() && explain(Some("event.axotomy.form")).is_err());
}

#[test]
fn every_readout_is_explained() {
    for readout in Readout::documented() {
        let text = explain(Some(readout.name)).unwrap_or_else(|unknown| panic!("{unknown}"));
        for said in [&readout.meaning, readout.unit, readout.exists] {
            assert!(text.contains(said), "{}: {text}", readout.name);
        }
        assert!(
            !readout.reads.is_empty() && !readout.exists.is_empty() && !text.contains("{}"),
            "{text}"
        );
    }
    // The columns of plates as they are named there.
    let mut names = 0;
    for builtin in BUILTIN {
        let read = scenario::read(builtin.text, builtin.name, &[], &Surroundings::built_in()).expect(builtin.name);
        for column in columns(&read.plate) {
            let text = explain(Some(&column.name)).unwrap_or_else(|unknown| panic!("{unknown}"));
            assert!(
                text.contains(": a readout\n") && text.contains(column.unit),
                "{}: {text}",
                column.name
            );
            names += 1;
        }
    }
    assert!(names > 500, "{names}");
    assert!(explain(Some("tipps")).expect_err("no readout").nearest.as_deref() == Some("tips"));
    assert!(explain(Some("tips_of_iron")).is_err());
}
