//! The document: its elements, and filling them without taking the focus from anybody.

use std::collections::HashMap;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, HtmlSelectElement};

/// The document of this page; `None` outside of one.
pub fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// An element by its id.
pub fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// Marks a moment in the browser's own record of how the page came to be, for whoever measures it.
pub fn mark(moment: &str) {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        // A browser without marks measures nothing.
        let _ = performance.mark(moment);
    }
}

/// The regions of the document and what was last put into them.
#[derive(Default)]
pub struct Regions {
    filled: HashMap<&'static str, String>,
}

impl Regions {
    /// Fills regions, those alone that changed. An element that had the focus and comes again has it again; a list that is open is
    /// left alone until it is closed.
    pub fn fill(&mut self, regions: Vec<(&'static str, String)>) {
        for (id, html) in regions {
            if self.filled.get(id).is_some_and(|known| *known == html) {
                continue;
            }
            let Some(region) = element(id) else { continue };
            let focused = document().and_then(|document| document.active_element());
            let focused = focused.filter(|focused| region.contains(Some(focused)));
            if focused
                .as_ref()
                .is_some_and(|focused| focused.is_instance_of::<HtmlSelectElement>())
            {
                patch(&region, &html, focused.as_ref());
            } else {
                region.set_inner_html(&html);
                let again = focused.map(|focused| focused.id()).filter(|id| !id.is_empty());
                let again = again.and_then(|id| element(&id)?.dyn_into::<HtmlElement>().ok());
                if let Some(again) = again {
                    let _ = again.focus();
                }
            }
            self.filled.insert(id, html);
        }
    }
}

/// Puts new contents around an element that stays as it is, for a list of choices that is replaced closes.
fn patch(region: &Element, html: &str, stays: Option<&Element>) {
    let Some((document, stays)) = document().zip(stays) else {
        return;
    };
    let Ok(fresh) = document.create_element("div") else {
        return;
    };
    fresh.set_inner_html(html);
    for child in elements(region) {
        if child.contains(Some(stays)) {
            continue;
        }
        let twin = (!child.id().is_empty()).then(|| fresh.query_selector(&format!("#{}", child.id())).ok().flatten());
        if let Some(Some(twin)) = twin {
            child.set_outer_html(&twin.outer_html());
        }
    }
}

fn elements(of: &Element) -> Vec<Element> {
    let children = of.child_nodes();
    let all = (0..children.length()).filter_map(|place| children.item(place));
    all.filter_map(|node| node.dyn_into().ok()).collect()
}
