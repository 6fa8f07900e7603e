//! The lesson on the page: its steps, and the plate that follows them.

use super::{Page, Refused};
use crate::fields::Fields;
use crate::teaching::Teaching;
use std::collections::BTreeMap;

/// The steps that are done of each lesson that was begun, and how many it has.
pub(super) fn reached(kept: &BTreeMap<String, String>) -> BTreeMap<String, (usize, usize)> {
    let of = |(name, progress): (&String, &String)| {
        let teaching = Teaching::open(name, Some(progress)).ok()?;
        Some((name.clone(), steps_of(&teaching)))
    };
    kept.iter().filter_map(of).collect()
}

fn steps_of(teaching: &Teaching) -> (usize, usize) {
    (teaching.run.steps_done(), teaching.run.lesson().steps.len())
}

impl Page {
    pub(super) fn open_lesson(&mut self, name: &str, place: Option<usize>) {
        match Teaching::open(name, self.kept.get(name)) {
            Ok(mut teaching) => {
                if let Some(place) = place {
                    teaching.run.go_to(place);
                }
                self.teaching = Some(teaching);
                self.follow_lesson();
            }
            Err(problem) => self.notice = problem,
        }
    }

    /// Does something in the lesson, and has the plate follow.
    pub(super) fn in_lesson(&mut self, does: impl FnOnce(&mut Teaching) -> Result<(), String>) {
        if let Some(teaching) = &mut self.teaching {
            if let Err(problem) = does(teaching) {
                self.notice = problem;
            }
            self.follow_lesson();
        }
    }

    /// Begins the plate of the lesson's step where another runs, and plays it where the step waits for that.
    fn follow_lesson(&mut self) {
        let Some(teaching) = &mut self.teaching else { return };
        let step = teaching.run.step();
        let (file, plot, look) = (step.file.clone(), step.view.plot.column.clone(), step.view.look_at);
        let place = teaching.run.place();
        let mut comes_anew = teaching.followed.replace(place) != Some(place);
        if teaching.begun_with != teaching.run.scenario_text() {
            match teaching.run.scenario() {
                Ok(scenario) => {
                    teaching.begun_with = teaching.run.scenario_text().to_owned();
                    self.begin_named(scenario, &file);
                    comes_anew = true;
                }
                Err(mistakes) => self.notice = mistakes.to_string(),
            }
        }
        if comes_anew {
            if self.status.readouts.column(&plot).is_some() {
                self.plotted = plot;
            }
            let wells = self.scenario.plate.wells();
            let well = look.and_then(|condition| wells.iter().position(|well| well.condition == condition));
            self.look = Some(well);
        }
        // Unless a prediction is due: a step that was done is seen again.
        self.play();
        self.keep();
    }

    /// Keeps what stands in a form of the lesson that was not taken.
    pub(super) fn refuse(&mut self, form: &'static str, fields: &Fields) {
        if !self.notice.is_empty() {
            let typed = fields.iter().find(|(name, _)| name == "guess");
            let typed = typed.map_or_else(String::new, |(_, typed)| typed.clone());
            self.refused = Some(Refused { form, typed });
        }
    }

    /// Takes note of what was done in the lesson.
    pub(super) fn keep(&mut self) {
        if let Some(teaching) = &self.teaching {
            self.kept.insert(teaching.name.clone(), teaching.run.progress());
            self.reached.insert(teaching.name.clone(), steps_of(teaching));
        }
        self.is_stale = true;
    }
}
