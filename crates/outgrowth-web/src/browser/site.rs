//! The page with what the document and the dish need of it.

use super::document::{Regions, document, element};
use super::files;
use crate::html::regions;
use crate::page::{Effect, Page};
use crate::wish::Wish;
use eframe::egui;
use outgrowth::model::moment::Moment;
use outgrowth::model::world::World;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use web_time::Instant;

/// The time of each frame for the engine: what is left of a sixtieth of a second is for drawing.
const BUDGET: Duration = Duration::from_millis(8);
/// The shortest time from one look of the document at the plate to the next.
const REFRESHED_EVERY: Duration = Duration::from_millis(200);

/// The page, shared between the document's events and the dish; there is one thread.
pub type Shared = Rc<RefCell<Site>>;

/// The page in its document.
pub struct Site {
    /// The page.
    pub page: Page,
    /// The state that is shown, of the plate that was begun so many times.
    pub shown: World,
    begun: Option<u32>,
    /// The view that the dish is asked for.
    pub look: Option<Option<usize>>,
    /// Wakes the dish.
    pub context: Option<egui::Context>,
    regions: Regions,
    refreshed: Option<Instant>,
}

impl Site {
    /// A page that is not in the document yet.
    pub fn new(page: Page) -> Self {
        Self {
            page,
            shown: World::default(),
            begun: None,
            look: None,
            context: None,
            regions: Regions::default(),
            refreshed: None,
        }
    }

    /// Does what somebody wishes, and shows it.
    pub fn fulfil(&mut self, wish: Wish) {
        match self.page.fulfil(wish) {
            Some(Effect::Download { name, text, media_type }) => {
                if let Err(problem) = files::download(&name, &text, media_type) {
                    self.page.notice = format!("{problem:?}");
                }
            }
            Some(Effect::Look(well)) => self.look = Some(well),
            Some(Effect::ChooseFile) => files::choose(),
            None => {}
        }
        self.refresh();
        if let Some(context) = &self.context {
            context.request_repaint();
        }
    }

    /// Goes on for a frame. Returns the newest moment; whether it is the first of another plate.
    pub fn turn(&mut self) -> Option<Moment> {
        let turned = self.page.live.turn_for(BUDGET).and_then(|()| self.page.live.moment());
        let moment = turned.unwrap_or_else(|problem| {
            self.page.live.pause();
            self.page.notice = problem.to_string();
            None
        });
        if self.begun != Some(self.page.begun) {
            self.begun = Some(self.page.begun);
            self.shown = World::default();
        }
        if let Some(moment) = &moment {
            moment.paths.apply(&mut self.shown.paths, moment.state.cones.len());
            self.shown.state = moment.state.clone();
        }
        if self.refreshed.is_none_or(|at| at.elapsed() >= REFRESHED_EVERY) {
            self.refresh();
        }
        moment
    }

    /// Whether something goes on without being asked for.
    pub fn is_busy(&self) -> bool {
        let status = self.page.status();
        status.playing || status.travelling_to.is_some()
    }

    /// Puts the page into the document as it stands.
    pub fn refresh(&mut self) {
        self.refreshed = Some(Instant::now());
        self.regions.fill(regions(&self.page));
        let Some(root) = document().and_then(|document| document.document_element()) else {
            return;
        };
        let _ = root.set_attribute("lang", self.page.language.tag());
        let _ = root.class_list().toggle_with_force("contrast", self.page.contrast);
        if let Some(canvas) = element("canvas") {
            let words = self.page.words();
            let _ = canvas.set_attribute("aria-label", &format!("{}: {}", words.dish, words.dish_help));
        }
    }
}
