//! The events of the document. They are heard at its root, so that what is filled anew need not be listened to anew.

use super::files;
use super::site::Shared;
use crate::fields::Fields;
use crate::wish::Wish;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DragEvent, Element, Event, EventTarget, FormData, HtmlButtonElement, HtmlFormElement, HtmlInputElement,
    HtmlSelectElement, KeyboardEvent,
};

/// Listens to the document for as long as it is there.
///
/// # Errors
/// The browser refuses.
pub fn listen(target: &EventTarget, site: &Shared) -> Result<(), JsValue> {
    let_leave(target)?;
    on(target, "click", site, |site, event: Event| {
        let control = control(&event)?;
        // Buttons say it when they are pressed; lists and fields when they change, forms when they are sent.
        if !control.is_instance_of::<HtmlButtonElement>() {
            return None;
        }
        let value = control.get_attribute("value").unwrap_or_default();
        fulfil(site, &control, &value)
    })?;
    on(target, "change", site, |site, event: Event| {
        if let Some(chooser) = event
            .target()?
            .dyn_ref::<HtmlInputElement>()
            .filter(|input| input.type_() == "file")
        {
            files::open(site, chooser.files()?.item(0)?);
            chooser.set_value("");
            return None;
        }
        let control = control(&event)?;
        let value = match control.dyn_ref::<HtmlSelectElement>() {
            Some(list) => list.value(),
            None => control.dyn_ref::<HtmlInputElement>()?.value(),
        };
        fulfil(site, &control, &value)
    })?;
    on(target, "submit", site, |site, event: Event| {
        event.prevent_default();
        let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
        let name = form.get_attribute("data-wish")?;
        let fields = fields(&form)?;
        site.borrow_mut().fulfil(Wish::Form { name, fields });
        None
    })?;
    on(target, "keydown", site, |site, event: KeyboardEvent| {
        let held = event.ctrl_key() || event.alt_key() || event.meta_key();
        let at = event.target()?.dyn_into::<Element>().ok()?;
        // A control has keys of its own.
        let of_control = at
            .closest("button, a, input, select, textarea, summary, [contenteditable]")
            .ok()?;
        if held || of_control.is_some_and(|control| control.id() != "canvas") {
            return None;
        }
        let wish = Wish::of_key(&event.key())?;
        event.prevent_default();
        site.borrow_mut().fulfil(wish);
        None
    })?;
    on(target, "dragover", site, |_, event: DragEvent| {
        event.prevent_default();
        None
    })?;
    on(target, "drop", site, |site, event: DragEvent| {
        event.prevent_default();
        files::open(site, event.data_transfer()?.files()?.item(0)?);
        None
    })
}

/// Lets the tabulator leave the dish: egui would keep it for controls inside, of which there are none.
fn let_leave(target: &EventTarget) -> Result<(), JsValue> {
    let closure = Closure::<dyn Fn(KeyboardEvent)>::new(|event: KeyboardEvent| {
        if event.key() == "Tab" {
            event.stop_propagation();
        }
    });
    // On the way down, before egui hears it.
    target.add_event_listener_with_callback_and_bool("keydown", closure.as_ref().unchecked_ref(), true)?;
    closure.forget();
    Ok(())
}

/// Hears one kind of event; what is heard returns early with `None`.
fn on<E: JsCast + 'static>(
    target: &EventTarget,
    kind: &str,
    site: &Shared,
    heard: impl Fn(&Shared, E) -> Option<()> + 'static,
) -> Result<(), JsValue> {
    let site = site.clone();
    let closure = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if let Ok(event) = event.dyn_into::<E>() {
            heard(&site, event);
        }
    });
    target.add_event_listener_with_callback(kind, closure.as_ref().unchecked_ref())?;
    // As long as the page.
    closure.forget();
    Ok(())
}

/// The control that an event is of.
fn control(event: &Event) -> Option<Element> {
    let at = event.target()?.dyn_into::<Element>().ok()?;
    at.closest("[data-wish]").ok()?
}

/// The fields as they were filled in.
fn fields(form: &HtmlFormElement) -> Option<Fields> {
    let data = FormData::new_with_form(form).ok()?;
    let pairs = js_sys::try_iter(&data).ok()??;
    let field = |pair: JsValue| {
        let pair = js_sys::Array::from(&pair);
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    };
    Some(pairs.filter_map(|pair| field(pair.ok()?)).collect())
}

fn fulfil(site: &Shared, control: &Element, value: &str) -> Option<()> {
    let wish = Wish::read(&control.get_attribute("data-wish")?, value)?;
    site.borrow_mut().fulfil(wish);
    None
}
