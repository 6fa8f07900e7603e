//! The connection with CODAP, which the page may be a plugin of: `codap.js` speaks its protocol, what is said is made here.

use super::site::Shared;
use crate::codap::greeting;
use js_sys::{Function, Reflect};
use serde_json::Value;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// The functions that `codap.js` leaves: the one that connects and calls back once CODAP has answered, and the one that sends a
/// request as JSON.
const CONNECT: &str = "outgrowthConnectCodap";
const SEND: &str = "outgrowthSendCodap";

/// Greets CODAP where it is around the page.
pub fn connect(site: &Shared) {
    let Some(connect) = function(CONNECT) else { return };
    let site = site.clone();
    let answered = Closure::<dyn Fn()>::new(move || {
        let mut site = site.borrow_mut();
        site.page.is_in_codap = true;
        send(greeting(site.page.words().title));
        site.refresh();
    });
    let _ = connect.call1(&JsValue::NULL, answered.as_ref().unchecked_ref());
    // As long as the page.
    answered.forget();
}

/// Sends requests, in their order.
pub fn send(requests: Vec<Value>) {
    if requests.is_empty() {
        return;
    }
    let Some(send) = function(SEND) else { return };
    for request in requests {
        let _ = send.call1(&JsValue::NULL, &JsValue::from_str(&request.to_string()));
    }
}

fn function(name: &str) -> Option<Function> {
    let found = Reflect::get(&js_sys::global(), &JsValue::from_str(name)).ok()?;
    found.dyn_into().ok()
}
