//! What may be told of a plate: in a quiz letters stand for the names of its treatments.

use super::Page;
use outgrowth::link::blinded;
use outgrowth::model::plate::Plate;
use outgrowth::readout::Readouts;
use outgrowth::readout::roles::roles;
use std::borrow::Cow;

impl Page {
    /// The plate as it may be told of: in a quiz letters stand for the names of its treatments, and nothing is known of them.
    pub fn told_plate(&self) -> Cow<'_, Plate> {
        if self.hides_names {
            Cow::Owned(blinded(&self.scenario.plate))
        } else {
            Cow::Borrowed(&self.scenario.plate)
        }
    }

    /// The readouts as they may be told of.
    pub fn told_readouts(&self) -> Cow<'_, Readouts> {
        let readouts = &self.status.readouts;
        if !self.hides_names {
            return Cow::Borrowed(readouts);
        }
        let conditions = self.told_plate().condition_names();
        Cow::Owned(Readouts {
            conditions,
            ..Readouts::clone(readouts)
        })
    }

    /// The place of the control, where it may be told.
    pub fn told_control(&self) -> Option<usize> {
        roles(&self.scenario.plate).control.filter(|_| !self.hides_names)
    }
}
