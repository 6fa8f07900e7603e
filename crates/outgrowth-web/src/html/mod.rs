//! The page as HTML: one function a region, each from the page's state alone.

mod controls;
mod course;
mod gallery;
mod head;
mod story;
mod table;

use crate::page::Page;

/// The regions of the page: the id of the element that each fills, and what stands in it.
pub fn regions(page: &Page) -> Vec<(&'static str, String)> {
    vec![
        ("head", head::head(page)),
        ("controls", controls::controls(page)),
        ("engine", head::engine(page)),
        ("notice", head::notice(page)),
        ("spoken", head::spoken(page)),
        ("story", story::story(page)),
        ("table", table::table(page)),
        ("course", course::course(page)),
        ("gallery", gallery::gallery(page)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Address;
    use crate::wish::Wish;

    fn page(search: &str) -> Page {
        Page::open(&Address::read(search, ""), "en").expect("a page")
    }

    #[test]
    fn every_control_names_a_wish_that_is_known() {
        let page = page("?plate=gradient");
        let mut controls = 0;
        for (region, html) in regions(&page) {
            for control in html.split("data-wish=\"").skip(1) {
                let name = control.split('"').next().unwrap_or_default();
                assert!(Wish::read(name, "1").is_some(), "{region}: {name}");
                controls += 1;
            }
        }
        assert!(controls > 10, "{controls}");
    }

    #[test]
    fn what_a_scenario_says_is_text_and_never_markup() {
        let mut page = page("");
        let text = page.scenario.text.replace("\"medium and movement\"", "\"<script>alert(1)</script>\"");
        page.fulfil(Wish::Take { name: "<b>.toml".to_owned(), text });
        assert_eq!(page.notice, "");
        page.fulfil(Wish::Open("<i>".to_owned()));
        let all: String = regions(&page).into_iter().map(|(_, html)| html).collect();
        assert!(!all.contains("<script>") && !all.contains("<i>"), "{all}");
        assert!(all.contains("&lt;script&gt;") && all.contains("&lt;i&gt;"), "it is there as text");
    }

    #[test]
    fn the_page_speaks_the_language_that_is_asked_for() {
        let said = |search: &str| -> String { regions(&page(search)).into_iter().map(|(_, html)| html).collect() };
        assert!(said("").contains("Pause") && !said("").contains("暂停"));
        assert!(said("?lang=zh").contains("暂停") && !said("?lang=zh").contains(">Pause<"));
    }
}
