//! The protocol in time: the plate as the events up to a step have made it.

use super::plate::{Event, Plate};

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
        events.for_each(|event| plate.follow(event));
        plate
    }

    /// Makes the plate what an event makes of it.
    pub fn follow(&mut self, event: &Event) {
        for (index, condition) in self.conditions.iter_mut().enumerate() {
            if event.concerns(index) {
                condition.follow(&event.action);
            }
        }
    }
}
