//! The page with what the document and the dish need of it.

use super::document::{Regions, document, element};
use super::{files, keeping, plugin};
use crate::html::{live_regions, still_regions};
use crate::page::{Effect, Page};
use crate::wish::Wish;
use crate::words::tag;
use eframe::egui;
use outgrowth::model::moment::Moment;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use web_time::Instant;

/// The time of each frame for the engine, at least and at most: what is left of a sixtieth of a second is for drawing, and where drawing
/// takes longer than that the engine may, too.
const BUDGET: (Duration, Duration) = (Duration::from_millis(8), Duration::from_millis(30));
/// The share of a frame that it has in between.
const BUDGET_SHARE: f64 = 0.3;
/// The shortest time from one look of the document at the plate to the next.
const REFRESHED_EVERY: Duration = Duration::from_millis(200);

/// The page, shared between the document's events and the dish; there is one thread.
pub type Shared = Rc<RefCell<Site>>;

/// The page in its document.
pub struct Site {
    /// The page.
    pub page: Page,
    /// Steps that the dish is still to zoom by.
    pub zoom: i32,
    /// Wakes the dish.
    pub context: Option<egui::Context>,
    regions: Regions,
    refreshed: Option<Instant>,
    /// Whether the document shows that nothing goes on.
    rests: bool,
    /// When the frame before began.
    turned: Option<Instant>,
}

impl Site {
    /// A page that is not in the document yet.
    pub fn new(page: Page) -> Self {
        Self {
            page,
            zoom: 0,
            context: None,
            regions: Regions::default(),
            refreshed: None,
            rests: false,
            turned: None,
        }
    }

    /// Does what somebody wishes, and shows it.
    pub fn fulfil(&mut self, wish: Wish) {
        let step = |page: &Page| {
            page.teaching
                .as_ref()
                .map(|teaching| (teaching.name.clone(), teaching.run.place()))
        };
        let before = step(&self.page);
        let judged = match &wish {
            Wish::Form { name, .. } if name == "answer" => Some("answered"),
            _ => None,
        };
        match self.page.fulfil(wish) {
            Some(Effect::Download { name, text, media_type }) => {
                if let Err(problem) = files::download(&name, &text, media_type) {
                    self.page.notice = format!("{name}: {problem:?}");
                }
            }
            Some(Effect::Share(link)) => files::share(&link),
            Some(Effect::ChooseFile) => files::choose(),
            Some(Effect::Zoom(steps)) => self.zoom += steps,
            None => {}
        }
        self.rests = false;
        self.refresh();
        if let Some(judged) = judged.filter(|_| self.page.notice.is_empty()) {
            files::bring_into_sight(judged);
        }
        let after = step(&self.page);
        if after != before && after.is_some() {
            // Who reads or listens begins at the top of the step.
            files::focus("step-title");
        }
        if let Some(context) = &self.context {
            context.request_repaint();
        }
    }

    /// Goes on for a frame. Returns the newest moment.
    pub fn turn(&mut self) -> Option<Moment> {
        let frame = self.turned.replace(Instant::now()).map(|at| at.elapsed());
        let share = frame.unwrap_or_default().mul_f64(BUDGET_SHARE);
        let moment = self.page.turn(share.clamp(BUDGET.0, BUDGET.1));
        plugin::send(self.page.finished_run());
        // Where nothing goes on, no frame comes that would show how it ended.
        let rests = !self.page.is_busy();
        let comes_to_rest = rests && !self.rests;
        self.rests = rests;
        if comes_to_rest || self.page.is_stale || self.refreshed.is_none_or(|at| at.elapsed() >= REFRESHED_EVERY) {
            self.refresh();
        }
        moment
    }

    /// Puts the page into the document as it stands.
    pub fn refresh(&mut self) {
        self.refreshed = Some(Instant::now());
        if std::mem::take(&mut self.page.is_stale) {
            self.regions.fill(still_regions(&self.page));
            self.follow_language();
            keeping::keep(&self.page.kept);
        }
        self.regions.fill(live_regions(&self.page));
    }

    fn follow_language(&self) {
        let Some(root) = document().and_then(|document| document.document_element()) else {
            return;
        };
        let words = self.page.words();
        let _ = root.set_attribute("lang", tag(self.page.language));
        let _ = root.class_list().toggle_with_force("contrast", self.page.contrast);
        let _ = root
            .class_list()
            .toggle_with_force("teaching", self.page.teaching.is_some());
        if let Some(document) = document() {
            document.set_title(words.title);
        }
        if let Some(canvas) = element("canvas") {
            let _ = canvas.set_attribute("aria-label", &format!("{}: {}", words.dish, words.dish_help));
        }
        if let Some(skip) = element("skip") {
            skip.set_text_content(Some(words.skip));
        }
    }
}
