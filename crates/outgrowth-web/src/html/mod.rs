//! The page as HTML: one function a region, each from the page's state alone.

mod controls;
mod course;
mod gallery;
mod head;
mod lesson;
mod prose;
mod story;
mod table;
mod tools;

use crate::page::Page;

/// A region of the page: the id of the element that it fills, and what stands in it.
pub type Region = (&'static str, String);

/// The regions that stay as they are while the plate runs.
pub fn still_regions(page: &Page) -> Vec<Region> {
    vec![
        ("head", head::head(page)),
        ("lesson", lesson::lesson(page)),
        ("tools", tools::tools(page)),
        ("measures", tools::measures(page)),
        ("lessons", lesson::lessons(page)),
        ("gallery", gallery::gallery(page)),
    ]
}

/// The regions that follow the plate.
pub fn live_regions(page: &Page) -> Vec<Region> {
    vec![
        ("controls", controls::controls(page)),
        ("time", controls::time(page)),
        ("actions", controls::actions(page)),
        ("engine", head::engine(page)),
        ("notice", head::notice(page)),
        ("spoken", head::spoken(page)),
        ("story", story::story(page)),
        ("table", table::table(page)),
        ("course", course::course(page)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Address;
    use crate::wish::Wish;
    use std::collections::BTreeMap;

    fn page(search: &str) -> Page {
        Page::open(&Address::read(search, ""), "en", BTreeMap::new()).expect("a page")
    }

    fn regions(page: &Page) -> Vec<Region> {
        [still_regions(page), live_regions(page)].concat()
    }

    #[test]
    fn every_control_names_a_wish_that_is_known() {
        const FORMS: [&str; 7] = ["cut", "drop", "magnet", "probe", "ruler", "predict", "answer"];
        let mut lesson = page("?lesson=finding-the-way");
        lesson.fulfil(Wish::Next);
        for page in [page("?plate=gradient"), lesson] {
            let mut controls = 0;
            for (region, html) in regions(&page) {
                for control in html.split("data-wish=\"").skip(1) {
                    let name = control.split('"').next().unwrap_or_default();
                    assert!(
                        Wish::read(name, "1").is_some() || FORMS.contains(&name),
                        "{region}: {name}"
                    );
                    controls += 1;
                }
            }
            assert!(controls > 10, "{controls}");
        }
    }

    #[test]
    fn what_a_scenario_says_is_text_and_never_markup() {
        let mut page = page("?plate=quick");
        let text = page
            .scenario
            .text
            .replace("\"medium and movement\"", "\"<script>alert(1)</script>\"");
        page.fulfil(Wish::Take {
            name: "<b>.toml".to_owned(),
            text,
        });
        assert_eq!(page.notice, "");
        page.fulfil(Wish::Open("<i>".to_owned()));
        let all: String = regions(&page).into_iter().map(|(_, html)| html).collect();
        assert!(!all.contains("<script>") && !all.contains("<i>"), "{all}");
        assert!(
            all.contains("&lt;script&gt;") && all.contains("&lt;i&gt;"),
            "it is there as text"
        );
    }

    #[test]
    fn the_page_speaks_the_language_that_is_asked_for() {
        let said = |search: &str| -> String { regions(&page(search)).into_iter().map(|(_, html)| html).collect() };
        assert!(said("").contains(">Download CSV<") && !said("").contains("下载"));
        assert!(said("?lang=zh").contains(">下载 CSV<") && !said("?lang=zh").contains(">Download CSV<"));
    }
}
