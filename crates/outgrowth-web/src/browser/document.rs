//! The document: its elements, and filling them without taking the focus from anybody.

use super::held::Held;
use std::collections::HashMap;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlSelectElement, Node};

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
    /// Fills regions, those alone that changed. The focus, unsent words and unfolded parts are left, and a list of choices that has
    /// the focus stays as it is, for it may be open.
    pub fn fill(&mut self, regions: Vec<(&'static str, String)>) {
        for (id, html) in regions {
            if self.filled.get(id).is_some_and(|known| *known == html) {
                continue;
            }
            let Some(region) = element(id) else { continue };
            let focused = document().and_then(|document| document.active_element());
            let list = focused
                .filter(|focused| focused.is_instance_of::<HtmlSelectElement>() && region.contains(Some(focused)));
            let held = Held::of(&region);
            if list.and_then(|list| put_around(&list, &region, &html)).is_none() {
                region.set_inner_html(&html);
            }
            held.give_back(&region);
            self.filled.insert(id, html);
        }
    }
}

/// Puts new contents around a list of choices that stays as it is, for one that is replaced closes. `None` where it does not come again at
/// the same place.
fn put_around(stays: &Element, region: &Element, html: &str) -> Option<()> {
    let fresh = document()?.create_element("div").ok()?;
    fresh.set_inner_html(html);
    let twin = fresh.query_selector(&format!("#{}", stays.id())).ok()??;
    let (kept, new) = (way_up(stays, region)?, way_up(&twin, &fresh)?);
    if kept.len() != new.len() {
        return None;
    }
    // From the inside out: each level has new siblings.
    for (kept, new) in kept.iter().zip(&new) {
        let parent = kept.parent_node()?;
        for old in siblings(kept, Node::previous_sibling).chain(siblings(kept, Node::next_sibling)) {
            parent.remove_child(&old).ok()?;
        }
        let (before, after): (Vec<Node>, Vec<Node>) = (
            siblings(new, Node::previous_sibling).collect(),
            siblings(new, Node::next_sibling).collect(),
        );
        for node in before.iter().rev() {
            parent.insert_before(node, Some(kept)).ok()?;
        }
        for node in after {
            parent.append_child(&node).ok()?;
        }
    }
    Some(())
}

/// A node and what holds it, up to below `top`; `None` where that does not hold it.
fn way_up(from: &Element, top: &Element) -> Option<Vec<Node>> {
    let way = std::iter::successors(Some(Node::from(from.clone())), Node::parent_node);
    let way: Vec<Node> = way.take_while(|node| !node.is_same_node(Some(top))).collect();
    way.last()?.parent_node()?;
    Some(way)
}

/// The nodes beside one, on one side, the nearest first.
fn siblings(of: &Node, next: fn(&Node) -> Option<Node>) -> impl Iterator<Item = Node> {
    let all: Vec<Node> = std::iter::successors(next(of), next).collect();
    all.into_iter()
}
