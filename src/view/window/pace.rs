//! The pace of frames: one is drawn as often as the screen shows one while something moves, seldom when a program on the
//! processor does the drawing, not at all while nothing changes.

use std::time::{Duration, Instant};

/// From one frame to the next on graphics hardware, at least; the screen's own rate is the bound in practice.
const HARDWARE: Duration = Duration::from_millis(4);
/// The same for a software driver, which shares the processor with the simulation.
const SOFTWARE: Duration = Duration::from_millis(70);

/// The urgency of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Something moves or was touched.
    Soon,
    /// Something will change after this time.
    After(Duration),
    /// Nothing changes by itself.
    Nothing,
}

impl Need {
    /// The sooner of two needs.
    pub fn or(self, other: Need) -> Need {
        self.min(other)
    }
}

/// The pace of drawing.
#[derive(Clone, Copy, Debug)]
pub struct FramePace {
    shortest: Duration,
    began: Option<Instant>,
    due: Option<Instant>,
}

impl FramePace {
    /// The pace of hardware, or of a software driver.
    pub fn new(hardware: bool) -> Self {
        Self {
            shortest: if hardware { HARDWARE } else { SOFTWARE },
            began: None,
            due: Some(Instant::now()),
        }
    }

    /// A frame is needed; an earlier need stays.
    pub fn ask(&mut self, need: Need, now: Instant) {
        let earliest = self.began.map_or(now, |began| began + self.shortest);
        let wished = match need {
            Need::Soon => now,
            Need::After(wait) => match now.checked_add(wait) {
                Some(then) => then,
                None => return,
            },
            Need::Nothing => return,
        };
        let due = wished.max(earliest);
        self.due = Some(self.due.map_or(due, |before| before.min(due)));
    }

    /// A frame begins now and answers every need there was.
    pub fn begin(&mut self, now: Instant) {
        self.began = Some(now);
        self.due = None;
    }

    /// When the next frame is due, if one is.
    pub fn due(&self) -> Option<Instant> {
        self.due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_never_closer_than_the_driver_bears() {
        let start = Instant::now();
        let mut pace = FramePace::new(false);
        pace.begin(start);
        assert_eq!(pace.due(), None, "nothing changes: no frame");
        pace.ask(Need::Soon, start + Duration::from_millis(5));
        assert_eq!(pace.due(), Some(start + SOFTWARE));
        pace.ask(Need::After(Duration::from_secs(9)), start);
        assert_eq!(pace.due(), Some(start + SOFTWARE), "the sooner need stays");
        pace.begin(start + SOFTWARE);
        pace.ask(Need::After(Duration::MAX), start);
        assert_eq!(pace.due(), None, "never is no need");
    }

    #[test]
    fn the_sooner_need_wins() {
        let later = Need::After(Duration::from_millis(1));
        assert_eq!(Need::Nothing.or(later), later);
        assert_eq!(later.or(Need::Soon), Need::Soon);
    }
}
