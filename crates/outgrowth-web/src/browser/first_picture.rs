//! The first picture of the dish: the processor paints the plate as it begins onto a canvas of its own, before anything that draws the
//! dish from then on is made. It lies over the dish until that has drawn.

use super::document::{element, mark};
use super::pictures::on_screen;
use super::site::Site;
use eframe::egui::{Pos2, Rect, Vec2, pos2};
use glam::{DVec2, DVec3};
use outgrowth::export::picture::WellPictures;
use outgrowth::view::arrangement::Arrangement;
use outgrowth::view::camera::Camera;
use outgrowth::view::framing::view_of;
use std::time::Duration;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};
use web_time::Instant;

/// The id of its canvas.
const ID: &str = "first-picture";
/// The time that the engine has to be there.
const PATIENCE: Duration = Duration::from_millis(200);
/// Most points of its canvas, and the time after which it is left at the wells that it has: a large plate is not to be waited for.
const MOST_PX: f64 = 1.5e6;
const LONGEST: Duration = Duration::from_millis(300);

/// Paints it over the dish. Where the plate or the browser does not let it, there is none: the dish itself comes soon.
pub fn paint(site: &mut Site) {
    site.page.turn(PATIENCE);
    // Nothing is lost with it.
    let _ = try_to_paint(site);
}

fn try_to_paint(site: &Site) -> Result<(), JsValue> {
    let page = &site.page;
    let frame = element("dish").ok_or("no dish")?;
    let scale = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
    let size_px = DVec2::new(f64::from(frame.client_width()), f64::from(frame.client_height())) * scale;
    let size_px = (size_px * (MOST_PX / size_px.element_product()).sqrt().min(1.0)).floor();
    if page.shown.neurons.is_empty() || size_px.min_element() < 1.0 {
        return Ok(());
    }
    let canvas: HtmlCanvasElement = element(ID).ok_or("no canvas")?.dyn_into()?;
    canvas.set_width(size_px.x as u32);
    canvas.set_height(size_px.y as u32);
    // By the processor too: graphics in software are busy with being made.
    let drawn_by_processor = js_sys::Object::new();
    js_sys::Reflect::set(&drawn_by_processor, &"willReadFrequently".into(), &true.into())?;
    let context = canvas.get_context_with_context_options("2d", &drawn_by_processor)?;
    let context: CanvasRenderingContext2d = context.ok_or("no drawing")?.dyn_into()?;

    let plate = page.status().plate.at(page.shown.step);
    let shape = size_px.x / size_px.y;
    let arrangement = Arrangement::of(&plate, shape);
    let camera = Camera::new(view_of(page.look.flatten(), &arrangement, shape), size_px);
    let to_screen = |at_um: DVec3| camera.px(at_um).map(|px| pos2(px.x as f32, px.y as f32));
    let all = Rect::from_min_max(Pos2::ZERO, pos2(size_px.x as f32, size_px.y as f32));
    let well_um = arrangement.well_um.truncate();
    let began = Instant::now();
    let wells = WellPictures::of(&plate, &page.shown);
    for (well, corner) in arrangement.corners_um.iter().enumerate() {
        let at = on_screen(*corner, well_um, &to_screen).filter(|at| at.intersects(all));
        let Some(at) = at else { continue };
        let size = (at.width().max(at.height()).round() as u32).max(1);
        let Ok(Some(picture)) = wells.paint(well, size) else {
            continue;
        };
        let bytes: Vec<u8> = picture.iter().flat_map(|[r, g, b]| [*r, *g, *b, u8::MAX]).collect();
        let image = ImageData::new_with_u8_clamped_array(Clamped(&bytes), size)?;
        // The well lies in the middle of its square, the rest of which would cover its neighbours.
        let beside = (0.5 * (Vec2::splat(size as f32) - at.size())).round();
        let place = (at.min.to_vec2() - beside).round();
        let [x, y, left, top, width, height] = [
            place.x,
            place.y,
            beside.x,
            beside.y,
            at.width().round(),
            at.height().round(),
        ]
        .map(f64::from);
        context.put_image_data_with_dirty_x_and_dirty_y_and_dirty_width_and_dirty_height(
            &image, x, y, left, top, width, height,
        )?;
        if began.elapsed() > LONGEST {
            break;
        }
    }
    canvas.set_hidden(false);
    mark("first picture");
    Ok(())
}

/// Takes it away, now that the dish shows more.
pub fn remove() {
    if let Some(canvas) = element(ID) {
        canvas.remove();
    }
}
