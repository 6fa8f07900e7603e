//! The courses that a culture has taken in a session: each act, and each that is taken back or changed, begins another.
//! Nothing that was computed is lost: the others are put aside, with what was recorded, and can be gone back to.

use super::history::{Frames, Keyframe};
use super::script::Script;
use crate::readout::recorder::Readouts;
use std::collections::HashSet;
use std::sync::Arc;

/// Memory for the keyframes that courses put aside do not share with the one that is shown.
const ASIDE_BYTES: usize = 256 << 20;

/// A course that was put aside.
#[derive(Clone)]
pub struct KeptCourse {
    /// Its acts.
    pub script: Script,
    /// Its readouts.
    pub readouts: Arc<Readouts>,
    /// Its keyframes; the last of them may have been let go.
    pub frames: Frames,
    /// The latest step that it has reached.
    pub furthest: u32,
}

/// A course that is not shown, as it is told of.
#[derive(Clone, Debug)]
pub struct Aside {
    /// Its number, to go back to it.
    pub number: usize,
    /// Its name beside the course that is shown, such as "before the cut (1 day)".
    pub name: String,
    /// The step from which it is another than the one that is shown.
    pub parted: u32,
    /// The latest step that it has reached.
    pub furthest: u32,
    /// Its readouts.
    pub readouts: Arc<Readouts>,
}

struct Branch {
    /// The course that it parted from, and its name beside that one.
    parent: Option<(usize, String)>,
    /// The course that what is redone leads to.
    next: Option<usize>,
    /// Nothing for the course that is shown.
    kept: Option<KeptCourse>,
    /// Grows with each course that is left.
    left: u64,
}

/// All courses of a session.
pub struct Branches {
    all: Vec<Branch>,
    shown: usize,
    left: u64,
}

impl Branches {
    /// A single course, which is shown.
    pub fn new() -> Self {
        Branches {
            all: vec![Branch {
                parent: None,
                next: None,
                kept: None,
                left: 0,
            }],
            shown: 0,
            left: 0,
        }
    }

    /// Puts the course that is shown aside and begins another, which parts from it; its name beside that one is
    /// `name`.
    pub fn part(&mut self, kept: KeptCourse, name: String) {
        let number = self.all.len();
        self.put_aside(kept);
        self.all[self.shown].next = Some(number);
        self.all.push(Branch {
            parent: Some((self.shown, name)),
            next: None,
            kept: None,
            left: 0,
        });
        self.shown = number;
    }

    /// The course, among those that are not shown, in which the same was done.
    pub fn alike(&self, script: &Script) -> Option<usize> {
        let same =
            |branch: &Branch| (branch.kept.as_ref()).is_some_and(|kept| kept.script.parts_from(script).is_none());
        self.all.iter().position(same)
    }

    /// A course that is not shown.
    pub fn kept(&self, number: usize) -> Option<&KeptCourse> {
        self.all.get(number)?.kept.as_ref()
    }

    /// Puts the course that is shown aside and goes back to another, which there must be. Returns what was kept of it.
    pub fn switch(&mut self, to: usize, kept: KeptCourse) -> Option<KeptCourse> {
        let taken = self.all.get_mut(to)?.kept.take()?;
        self.put_aside(kept);
        self.shown = to;
        // What is redone leads here again.
        let mut child = to;
        while let Some((parent, _)) = self.all[child].parent {
            self.all[parent].next = Some(child);
            child = parent;
        }
        Some(taken)
    }

    fn put_aside(&mut self, kept: KeptCourse) {
        self.left += 1;
        let shown = &mut self.all[self.shown];
        shown.kept = Some(kept);
        shown.left = self.left;
    }

    /// The course that undoing leads to.
    pub fn undone(&self) -> Option<usize> {
        self.parting_of(self.shown).map(|(parent, _)| *parent)
    }

    /// The course that redoing leads to.
    pub fn redone(&self) -> Option<usize> {
        self.all[self.shown].next
    }

    /// The names of the courses that undoing leaves and redoing brings back, such as "with the cut (1 day)".
    pub fn words(&self) -> (Option<String>, Option<String>) {
        let with = |number: usize| self.parting_of(number).map(|(_, name)| name.clone());
        (with(self.shown), self.redone().and_then(with))
    }

    fn parting_of(&self, number: usize) -> Option<&(usize, String)> {
        self.all[number].parent.as_ref()
    }

    /// The courses that were computed beyond where they part from the one that is shown, the last left first.
    pub fn asides(&self, script: &Script) -> Vec<Aside> {
        let mut found: Vec<(u64, Aside)> = Vec::new();
        for (number, branch) in self.all.iter().enumerate() {
            let Some(kept) = &branch.kept else { continue };
            let Some(parted) = kept.script.parts_from(script).filter(|parted| *parted < kept.furthest) else {
                continue;
            };
            let aside = Aside {
                number,
                name: kept.script.beside(script),
                parted,
                furthest: kept.furthest,
                readouts: kept.readouts.clone(),
            };
            found.push((branch.left, aside));
        }
        found.sort_by_key(|(left, _)| std::cmp::Reverse(*left));
        found.into_iter().map(|(_, aside)| aside).collect()
    }

    /// Lets keyframes go that are too many, of the courses that were left first; of each course those stay from which it
    /// can be computed again. `shown` are the keyframes of the course that is shown.
    pub fn keep_to_budget(&mut self, shown: &Frames) {
        self.keep_within(shown, ASIDE_BYTES);
    }

    fn keep_within(&mut self, shown: &Frames, most_bytes: usize) {
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by_key(|&number| std::cmp::Reverse(self.all[number].left));
        let mut known: HashSet<*const Keyframe> = shown.iter().map(Arc::as_ptr).collect();
        let mut bytes = 0;
        for number in order {
            let Some(kept) = &mut self.all[number].kept else {
                continue;
            };
            let own = |frame: &&Arc<Keyframe>| !known.contains(&Arc::as_ptr(frame));
            let more: usize = kept.frames.iter().filter(own).map(|frame| frame.bytes()).sum();
            if bytes + more > most_bytes {
                let first = kept.frames.iter().position(|frame| own(&frame));
                // The first keyframe is the beginning, without which there is no way back.
                kept.frames.truncate(first.unwrap_or(usize::MAX).max(1));
            } else {
                bytes += more;
            }
            known.extend(kept.frames.iter().map(Arc::as_ptr));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::plate::Cut;
    use crate::model::world::{State, World};
    use crate::scenario::{self, Surroundings, builtin};
    use crate::session::Act;
    use crate::session::history::History;
    use glam::DVec3;

    fn kept(script: &Script, furthest: u32) -> KeptCourse {
        KeptCourse {
            script: script.clone(),
            readouts: Arc::default(),
            frames: Frames::new(),
            furthest,
        }
    }

    fn scripted() -> (Script, scenario::Scenario) {
        let text = builtin("quick").expect("built in").text;
        let scenario = scenario::read(text, "quick.toml", &[], &Surroundings::none()).expect("valid");
        (Script::of(&scenario), scenario)
    }

    fn cut() -> Act {
        Act::Axotomy(Cut::Line {
            from_um: DVec3::ZERO,
            to_um: DVec3::X * 300.0,
        })
    }

    fn light_out() -> Act {
        Act::Light(None)
    }

    #[test]
    fn courses_part_are_named_and_gone_back_to() {
        let (mut script, scenario) = scripted();
        let mut branches = Branches::new();
        assert_eq!((branches.undone(), branches.redone()), (None, None));
        assert!(branches.asides(&script).is_empty());

        // At step 60 of a course that was computed to step 300, axons are cut.
        let planned = script.clone();
        let name = script.push(cut(), vec![], 60, &scenario.plate);
        branches.part(kept(&planned, 300), name);
        let asides = branches.asides(&script);
        assert_eq!(asides.len(), 1);
        let aside = &asides[0];
        assert_eq!((aside.parted, aside.furthest), (60, 300));
        assert_eq!(aside.name, "before the cut (1 h)");
        assert_eq!(branches.words().0.as_deref(), Some("with the cut (1 h)"));

        // Undone: the course with the cut is aside, and what is redone leads back to it.
        let with_cut = script.clone();
        let back = branches.undone().expect("there is a way back");
        let taken = branches.switch(back, kept(&script, 120)).expect("kept");
        assert_eq!(taken.furthest, 300);
        script = taken.script;
        assert_eq!(script.done(), []);
        let asides = branches.asides(&script);
        assert_eq!(asides[0].name, "with the cut (1 h)");
        assert_eq!((asides[0].parted, asides[0].furthest), (60, 120));
        assert_eq!(branches.undone(), None);
        assert_eq!(branches.redone(), Some(asides[0].number));

        // Something else from step 200 on: the first act's course stays to be gone back to.
        let name = script.push(light_out(), vec![1], 200, &scenario.plate);
        branches.part(kept(&planned, 300), name);
        let names: Vec<String> = branches.asides(&script).into_iter().map(|aside| aside.name).collect();
        assert_eq!(
            names,
            [
                "before the dark (3.33 h)",
                "with the cut (1 h) instead of the dark (3.33 h)"
            ]
        );
        let number = branches.asides(&script)[1].number;
        let taken = branches.switch(number, kept(&script, 210)).expect("kept");
        assert_eq!(taken.script.done(), with_cut.done());
        assert_eq!(branches.undone(), Some(0));
        assert!(branches.kept(number).is_none(), "it is the one that is shown");
    }

    #[test]
    fn a_course_that_was_not_gone_on_with_is_no_curve() {
        let (mut script, scenario) = scripted();
        let mut branches = Branches::new();
        let planned = script.clone();
        let name = script.push(cut(), vec![], 60, &scenario.plate);
        branches.part(kept(&planned, 60), name);
        assert!(branches.asides(&script).is_empty(), "it ends where the other begins");
        assert!(branches.undone().is_some(), "it is still the way back");
    }

    #[test]
    fn an_act_is_changed_or_taken_back_among_others() {
        let (mut script, scenario) = scripted();
        let plate = &scenario.plate;
        script.push(cut(), vec![], 60, plate);
        script.push(light_out(), vec![1], 90, plate);
        let before = script.clone();
        let name = script.change(0, cut(), vec![1], 120, plate).expect("there is one");
        assert_eq!(name, "with the cut (1 h) changed");
        assert_eq!(before.beside(&script), "with the cut (1 h) instead of the cut (2 h)");
        let steps: Vec<u32> = script.done().iter().map(|done| done.step).collect();
        assert_eq!(steps, [90, 120], "in order of their time");
        assert_eq!(script.parts_from(&before), Some(60));
        assert_eq!(before.parts_from(&script), Some(60));
        // Of two acts one is taken back: the course with both is not the one before it.
        let both = script.clone();
        script.take_back(0).expect("there is one");
        assert_eq!(both.beside(&script), "with the dark (1.5 h)");
        assert_eq!(script.beside(&both), "without the dark (1.5 h)");
        script.take_back(0).expect("there is one");
        assert_eq!(script.text(), Script::of(&scenario).text(), "a trace is left");
        assert!(script.take_back(0).is_none());
        assert!(script.change(3, cut(), vec![], 1, plate).is_none());
        assert_eq!(script.parts_from(&script), None);
    }

    #[test]
    fn keyframes_aside_keep_to_their_memory() {
        let (script, scenario) = scripted();
        let world = |step: u32| World {
            state: State {
                step,
                concentrations: vec![step as f32; 1000],
                ..State::default()
            },
            paths: Vec::new(),
        };
        let mut history = History::new(usize::MAX);
        (0..10).for_each(|step| history.keep(&world(step)));
        let common = history.frames().clone();
        (10..20).for_each(|step| history.keep(&world(step)));
        let long = KeptCourse {
            frames: history.frames().clone(),
            ..kept(&script, 19)
        };
        let name = script.clone().push(cut(), vec![], 9, &scenario.plate);
        let mut branches = Branches::new();
        branches.part(long, name);
        branches.keep_within(&common, 100_000);
        assert_eq!(
            branches.kept(0).expect("kept").frames.len(),
            20,
            "there is room for ten"
        );
        branches.keep_within(&common, 30_000);
        assert_eq!(branches.kept(0).expect("kept").frames.len(), 10, "what is shared stays");
        branches.keep_within(&Frames::new(), 0);
        assert_eq!(branches.kept(0).expect("kept").frames.len(), 1, "the beginning stays");
    }
}
