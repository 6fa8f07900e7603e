//! The page as a plugin of CODAP, where a class collects and plots data: each finished run becomes a case, with a case a well in it.
//! Requests are in the words of its plugin API (github.com/concord-consortium/codap, wiki, "CODAP Data Interactive Plugin API").

use crate::page::Page;
use outgrowth::readout::Readouts;
use serde_json::{Map, Value, json};

/// The name of the table in CODAP.
const TABLE: &str = "outgrowth";
/// The size that the page asks for, points.
const SIZE: (u32, u32) = (900, 700);
/// The attributes of a run, ahead of its wells.
const OF_RUN: [&str; 4] = ["run", "plate", "seed", "hours"];
/// The attributes that name a well in its run.
const OF_WELL: [&str; 2] = ["treatment", "well"];

/// The requests that name the page, give CODAP an empty table, and show it.
pub fn greeting(title: &str) -> Vec<Value> {
    let attributes = |names: &[&str]| names.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>();
    vec![
        json!({
            "action": "update",
            "resource": "interactiveFrame",
            "values": {
                "name": TABLE, "title": title, "version": env!("CARGO_PKG_VERSION"),
                "dimensions": { "width": SIZE.0, "height": SIZE.1 },
                "preventBringToFront": false, "preventDataContextReorg": false,
            },
        }),
        json!({
            "action": "create",
            "resource": "dataContext",
            "values": {
                "name": TABLE, "title": title,
                "collections": [
                    { "name": "runs", "attrs": attributes(&OF_RUN), "labels": { "singleCase": "run", "pluralCase": "runs" } },
                    { "name": "wells", "parent": "runs", "attrs": attributes(&OF_WELL),
                      "labels": { "singleCase": "well", "pluralCase": "wells" } },
                ],
            },
        }),
        json!({
            "action": "create",
            "resource": "component",
            "values": { "type": "caseTable", "name": TABLE, "dataContext": TABLE },
        }),
    ]
}

/// The requests that hand over a finished run: the columns that it has, and an item for each of its wells. `number` counts runs from 1.
pub fn finished_run(page: &Page, number: u32) -> Vec<Value> {
    let readouts = page.told_readouts();
    let Some(time_h) = readouts.last_time_h() else {
        return Vec::new();
    };
    let columns: Vec<Value> = (readouts.columns.iter())
        .map(|column| {
            let unit = if column.unit == "1" { "" } else { column.unit };
            json!({ "name": column.name, "type": "numeric", "unit": unit, "description": column.meaning })
        })
        .collect();
    let of_run = [
        json!(number),
        json!(page.scenario.plate.name),
        json!(page.scenario.plate.seed),
        json!(time_h),
    ];
    let items = wells(&readouts, time_h, &of_run);
    vec![
        json!({
            "action": "create",
            "resource": format!("dataContext[{TABLE}].collection[wells].attribute"),
            "values": columns,
        }),
        json!({ "action": "create", "resource": format!("dataContext[{TABLE}].item"), "values": items }),
    ]
}

/// An item for each well at a time: the attributes of the run and of the well, and its readouts.
fn wells(readouts: &Readouts, time_h: f64, of_run: &[Value; 4]) -> Vec<Value> {
    let rows = readouts.rows.iter().filter(|row| row.time_h == time_h);
    let item = |row: &outgrowth::readout::Row| {
        let names = OF_RUN.into_iter().chain(OF_WELL).map(str::to_owned);
        let of_well = [json!(readouts.conditions[row.condition]), json!(row.well + 1)];
        let mut item: Map<String, Value> = names.zip(of_run.iter().cloned().chain(of_well)).collect();
        for (column, value) in readouts.columns.iter().zip(&row.values) {
            if let Some(value) = value {
                item.insert(column.name.clone(), json!(value));
            }
        }
        Value::Object(item)
    };
    rows.map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Address;
    use crate::engines::Engines;
    use crate::page::SPEEDS;
    use crate::wish::Wish;
    use std::collections::BTreeMap;
    use std::time::Duration;

    #[test]
    fn a_finished_run_is_an_item_a_well_with_the_readouts_of_its_end() {
        let address = Address::read("?plate=quick", "");
        let mut page = Page::open(&address, "en", BTreeMap::new()).expect("a page");
        page.begin_on(Engines::processor());
        page.fulfil(Wish::Speed(SPEEDS.len() - 1));
        while !page.is_over() {
            page.turn(Duration::from_millis(50));
        }
        let requests = finished_run(&page, 2);
        let items = requests[1]["values"].as_array().expect("items");
        assert_eq!(items.len(), 2);
        let readouts = &page.status().readouts;
        let longest = readouts.column("neurite_length_longest_um").expect("a column");
        let at_end = |condition| readouts.values_in(longest, condition, 24.0)[0];
        for (condition, item) in items.iter().enumerate() {
            assert_eq!((item["run"].as_u64(), item["plate"].as_str()), (Some(2), Some("quick")));
            assert_eq!(item["treatment"], json!(readouts.conditions[condition]));
            assert_eq!(item["neurite_length_longest_um"].as_f64(), Some(at_end(condition)));
        }
        let columns = requests[0]["values"].as_array().expect("columns");
        assert_eq!(columns.len(), readouts.columns.len());
    }
}
