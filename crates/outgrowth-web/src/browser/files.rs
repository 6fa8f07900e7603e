//! The traffic of the page with the browser: files, links, the focus.

use super::document::{document, element};
use super::site::Shared;
use crate::wish::Wish;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, Url,
};

/// Largest scenario file that is read, bytes: more is no scenario.
const LARGEST: f64 = 4e6;

/// Gives somebody a file.
///
/// # Errors
/// The browser refuses.
pub fn download(name: &str, text: &str, media_type: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let kind = BlobPropertyBag::new();
    kind.set_type(&format!("{media_type};charset=utf-8"));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let document = document().ok_or("there is no document")?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}

/// Puts a link into the address, and into what can be pasted where the browser allows it.
pub fn share(link: &str) {
    let Some(window) = web_sys::window() else { return };
    let _ = window
        .history()
        .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(link)));
    let address = window.location().href().unwrap_or_default();
    // The clipboard is there in secure contexts alone.
    if window.is_secure_context() {
        let copied = JsFuture::from(window.navigator().clipboard().write_text(&address));
        spawn_local(async move {
            let _ = copied.await;
        });
    }
}

/// Gives the focus to an element.
pub fn focus(id: &str) {
    if let Some(element) = element(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Scrolls to an element where it is out of sight.
pub fn bring_into_sight(id: &str) {
    if let Some(element) = element(id) {
        let near = ScrollIntoViewOptions::new();
        near.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&near);
    }
}

/// Lets somebody choose a file; its choice comes as a change of the element.
pub fn choose() {
    let chooser = element("chooser").and_then(|chooser| chooser.dyn_into::<HtmlElement>().ok());
    if let Some(chooser) = chooser {
        chooser.click();
    }
}

/// Opens a file as a scenario.
pub fn open(site: &Shared, file: File) {
    let site = site.clone();
    spawn_local(async move {
        let name = file.name();
        if file.size() > LARGEST {
            let mut site = site.borrow_mut();
            site.page.notice = format!("{name}: {} bytes; a scenario has {LARGEST} at most", file.size());
            return site.refresh();
        }
        match JsFuture::from(file.text()).await.map(|text| text.as_string()) {
            Ok(Some(text)) => site.borrow_mut().fulfil(Wish::Take { name, text }),
            _ => {
                let mut site = site.borrow_mut();
                site.page.notice = format!("{name} could not be read");
                site.refresh();
            }
        }
    });
}
