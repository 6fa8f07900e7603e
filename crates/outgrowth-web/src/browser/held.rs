//! The focus, unsent words and unfolded parts of a region of the document: they are a reader's, and outlive its being filled anew.

use super::document::{document, element};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, NodeList};

/// The focus, fields and unfolded parts of a region.
pub struct Held {
    focus: Option<String>,
    typed: Vec<Typed>,
    /// The words of the summaries of what is unfolded.
    unfolded: Vec<String>,
}

/// A field that was filled in.
struct Typed {
    id: String,
    value: String,
    is_checked: bool,
    /// The words around it: elsewhere the same field asks for something else.
    asks: String,
}

impl Held {
    /// Those of a region as it stands.
    pub fn of(region: &Element) -> Self {
        let focused = document().and_then(|document| document.active_element());
        let focused = focused.filter(|focused| region.contains(Some(focused)));
        let fields = all::<HtmlInputElement>(region, "fieldset input[id]");
        let typed = fields.into_iter().map(|field| Typed {
            id: field.id(),
            value: field.value(),
            is_checked: field.checked(),
            asks: asks(&field),
        });
        let unfolded = all::<Element>(region, "details[open] > summary");
        Self {
            focus: focused.map(|focused| focused.id()).filter(|id| !id.is_empty()),
            typed: typed.collect(),
            unfolded: unfolded
                .into_iter()
                .filter_map(|summary| summary.text_content())
                .collect(),
        }
    }

    /// Puts them back into what stands there now.
    pub fn give_back(self, region: &Element) {
        for summary in all::<Element>(region, "details > summary") {
            let is_open = summary
                .text_content()
                .is_some_and(|words| self.unfolded.contains(&words));
            if let Some(details) = summary.parent_element().filter(|_| is_open) {
                let _ = details.set_attribute("open", "");
            }
        }
        for typed in self.typed {
            let field = element(&typed.id).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
            let Some(field) = field.filter(|field| asks(field) == typed.asks) else {
                continue;
            };
            if field.type_() == "radio" {
                field.set_checked(typed.is_checked);
            } else if field.value().is_empty() {
                field.set_value(&typed.value);
            }
        }
        let focused = self.focus.and_then(|id| element(&id)?.dyn_into::<HtmlElement>().ok());
        if let Some(focused) = focused {
            let _ = focused.focus();
        }
    }
}

/// The words around a field.
fn asks(field: &Element) -> String {
    let around = field.closest("fieldset").ok().flatten();
    around.and_then(|around| around.text_content()).unwrap_or_default()
}

fn all<T: JsCast>(region: &Element, selector: &str) -> Vec<T> {
    let found = region.query_selector_all(selector).ok();
    let nodes = |found: &NodeList| {
        (0..found.length())
            .filter_map(|place| found.item(place))
            .collect::<Vec<_>>()
    };
    let nodes = found.as_ref().map(nodes).unwrap_or_default();
    nodes.into_iter().filter_map(|node| node.dyn_into().ok()).collect()
}
