//! The protocol in time: the plate as the events up to a step have made it.

use super::plate::{Action, Condition, Event, Plate};

impl Plate {
    /// The plate as all events before `step` have made it. A state after `step` steps has not had the events of that step
    /// yet.
    pub fn at(&self, step: u32) -> Plate {
        self.with_events(self.events.iter().filter(|event| event.step < step))
    }

    /// As [`Plate::at`], with the first `happened` events of the step itself.
    pub fn amid(&self, step: u32, happened: usize) -> Plate {
        let earlier = self.events.iter().filter(|event| event.step < step);
        let present = self.events.iter().filter(|event| event.step == step).take(happened);
        self.with_events(earlier.chain(present))
    }

    /// Whether `other` is the same plate under another protocol: nothing differs but its name, its length and its events.
    pub fn differs_in_protocol_only(&self, other: &Plate) -> bool {
        let bare = |plate: &Plate| Plate {
            name: String::new(),
            steps: 0,
            events: Vec::new(),
            ..plate.clone()
        };
        bare(self) == bare(other)
    }

    fn with_events<'e>(&self, events: impl Iterator<Item = &'e Event>) -> Plate {
        let mut plate = self.clone();
        for event in events {
            for (index, condition) in plate.conditions.iter_mut().enumerate() {
                if event.concerns(index) {
                    condition.follow(&event.action);
                }
            }
        }
        plate
    }
}

impl Condition {
    /// Changes the plate as an event says. An event that acts on the state alone changes nothing here.
    pub fn follow(&mut self, action: &Action) {
        match action {
            Action::Biology(biology) => self.biology = **biology,
            Action::Actuation(actuation) => self.actuation.clone_from(actuation),
            Action::Tow(tow) => self.tow = *tow,
            Action::Light(light) => {
                if let Some(muscle) = &mut self.muscle {
                    muscle.light.clone_from(light);
                }
            }
            Action::Drop { .. } => self.disturbed = true,
            Action::Medium(_) | Action::Axotomy(_) => {}
        }
    }
}
