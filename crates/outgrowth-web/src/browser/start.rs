//! The beginning: the page is opened, put into the document, and its dish onto a canvas of its own.

use super::dish::Dish;
use super::document::{document, element};
use super::listen::listen;
use super::site::{Shared, Site};
use super::{first_picture, keeping, plugin};
use crate::address::Address;
use crate::engines::Engines;
use crate::page::Page;
use eframe::egui_wgpu::{WgpuConfiguration, WgpuSetup, WgpuSetupCreateNew};
use eframe::wgpu::Backends;
use eframe::{WebOptions, WebRunner};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlCanvasElement;

/// Pauses ahead of each new try after graphics have died, ms.
const PAUSES_MS: [i32; 3] = [300, 700, 1500];
/// A frame where none is drawn, ms.
const FRAME_MS: i32 = 16;

thread_local! {
    /// What runs the dish, so that another can take its place.
    static RUNNER: RefCell<Option<WebRunner>> = const { RefCell::new(None) };
}

/// Opens the page.
///
/// # Errors
/// There is no document, or it lacks the elements that the page is put into.
#[wasm_bindgen(start)]
pub fn start() -> Result<(), JsValue> {
    // It tells of panics from here on.
    RUNNER.set(Some(WebRunner::new()));
    let window = web_sys::window().ok_or("there is no window")?;
    let location = window.location();
    let address = Address::read(&location.search()?, &location.hash()?);
    let preferred = window.navigator().language().unwrap_or_default();
    let page = Page::open(&address, &preferred, keeping::kept())?;
    let site = Rc::new(RefCell::new(Site::new(page)));
    listen(document().ok_or("there is no document")?.as_ref(), &site)?;
    site.borrow_mut().refresh();
    first_picture::paint(&mut site.borrow_mut());
    plugin::connect(&site);
    spawn_local(put_dish(site, !address.without_gpu, &[]));
    Ok(())
}

/// Goes on without the graphics device that was lost: the plate is unharmed, and the processor draws it.
pub fn without_device(site: &Shared, why: &str) {
    let Some(runner) = RUNNER.take() else { return };
    let site = site.clone();
    site.borrow_mut().page.lose_device(why);
    spawn_local(async move {
        // Not before the frame that found it lost is over.
        runner.destroy();
        put_dish(site, false, &PAUSES_MS).await;
    });
}

/// Puts the dish onto a fresh canvas, for a canvas that was one device's cannot become another's. Tries again after each of the `pauses`, ms:
/// where a browser's graphics have died it takes them a while to come back.
async fn put_dish(site: Shared, gpu: bool, pauses: &[i32]) {
    let mut tried = try_to_put_dish(&site, gpu).await;
    for &pause_ms in pauses {
        if tried.is_ok() {
            break;
        }
        pause(pause_ms).await;
        tried = try_to_put_dish(&site, gpu).await;
    }
    let Err(problem) = tried else { return };
    first_picture::remove();
    let mut shared = site.borrow_mut();
    shared.page.begin_on(Engines::processor());
    let words = shared.page.words();
    shared.page.drawn_by = String::new();
    shared.page.notice = format!(
        "{}\n{}",
        words.no_dish,
        problem.as_string().unwrap_or_else(|| format!("{problem:?}"))
    );
    shared.refresh();
    drop(shared);
    // The numbers come all the same, though there is no dish whose frames would drive them.
    loop {
        pause(FRAME_MS).await;
        site.borrow_mut().turn();
    }
}

/// Waits.
async fn pause(ms: i32) {
    let promise = js_sys::Promise::new(&mut |done, _| {
        if let Some(window) = web_sys::window() {
            // Without a timer there is no wait.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&done, ms);
        }
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

async fn try_to_put_dish(site: &Shared, gpu: bool) -> Result<(), JsValue> {
    let frame = element("dish").ok_or("the document has no dish")?;
    frame.set_inner_html(r#"<canvas id="canvas" role="application" tabindex="0"></canvas>"#);
    let canvas: HtmlCanvasElement = element("canvas").ok_or("the document has no canvas")?.dyn_into()?;
    site.borrow_mut().page.is_stale = true;
    let mut setup = WgpuSetupCreateNew::without_display_handle();
    if !gpu {
        setup.instance_descriptor.backends = Backends::GL;
    }
    let options = WebOptions {
        wgpu_options: WgpuConfiguration {
            wgpu_setup: WgpuSetup::CreateNew(setup),
            ..WgpuConfiguration::default()
        },
        // Keys that the dish has no use for are the page's.
        should_stop_propagation: Box::new(|event| !matches!(event, eframe::egui::Event::Key { .. })),
        // The wheel alone scrolls the page.
        should_prevent_default: Box::new(
            |event| !matches!(event, eframe::egui::Event::MouseWheel { modifiers, .. } if !modifiers.ctrl),
        ),
        ..WebOptions::default()
    };
    let runner = RUNNER.take().unwrap_or_else(WebRunner::new);
    RUNNER.set(Some(runner.clone()));
    let theirs = site.clone();
    let made = runner.start(
        canvas,
        options,
        Box::new(move |creation| Ok(Box::new(Dish::new(creation, theirs)))),
    );
    made.await?;
    // What egui hears letters with, of which the dish has none: nobody should come to it by the keyboard.
    let letters = document().and_then(|document| document.query_selector("#dish input").ok()?);
    if let Some(letters) = letters {
        letters.set_attribute("tabindex", "-1")?;
        letters.set_attribute("aria-hidden", "true")?;
    }
    site.borrow_mut().refresh();
    Ok(())
}
