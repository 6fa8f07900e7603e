//! The parameter panel, generated from the table of parameters.

use super::gauge::{Turned, explained, gauge, name, written};
use super::{PanelInput, Panels, Wish};
use crate::model::biology::{Biology, BiologySection};
use crate::model::parameter::{AnySection, Parameter, Section};
use crate::model::parameters::GrowthCone;
use crate::session::Act;
use egui::{RichText, Ui};

/// The numbers that are shown at first, by their keys: how fast and how straight axons grow, how often they branch, how strongly
/// strain and bundles act. All others are one click away.
const FEW: [&str; 5] = [
    "growth_cone.speed",
    "growth_cone.persistence_length",
    "branching.rate",
    "mechano.gain",
    "fasciculation.alignment",
];

impl Panels {
    pub(super) fn parameters(&mut self, ui: &mut Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        ui.horizontal(|ui| {
            let search = egui::TextEdit::singleline(&mut self.search)
                .hint_text("search all numbers")
                .desired_width(160.0);
            ui.add(search)
                .on_hover_text("Shows parameters whose name, meaning or source holds this word.");
            if !self.search.is_empty() && ui.small_button("clear").on_hover_text("Show all parameters").clicked() {
                self.search.clear();
            }
        });
        if let Some((_, sentence)) = &self.refused {
            ui.colored_label(ui.visuals().warn_fg_color, sentence);
        }
        let condition = self.condition.unwrap_or(0);
        let biology = |plate: &crate::model::plate::Plate| plate.conditions.get(condition).map(|c| c.biology);
        let all = (biology(seen.plate), biology(seen.in_force), biology(seen.planned));
        let (Some(now), Some(in_force), Some(planned)) = all else {
            return;
        };
        for name in [now.genotype, now.hypothesis].into_iter().flatten() {
            ui.weak(name);
        }
        if self.search.trim().is_empty() {
            self.few(ui, (&now, &in_force, &planned), wishes);
            let all: usize = Biology::SECTIONS.iter().map(|section| section.parameters.len()).sum();
            let title = format!("All {all} numbers");
            ui.collapsing(title, |ui| self.all(ui, seen, (&now, &in_force, &planned), wishes));
        } else {
            self.all(ui, seen, (&now, &in_force, &planned), wishes);
        }
    }

    /// The numbers that a first question is about.
    fn few(&mut self, ui: &mut Ui, of: (&Biology, &Biology, &Biology), wishes: &mut Vec<Wish>) {
        for key in FEW {
            for (place, section) in Biology::SECTIONS.iter().enumerate() {
                if let Some(index) = section.parameters.iter().position(|parameter| parameter.path() == key) {
                    let (now, in_force, planned) = (of.0.sections(), of.1.sections(), of.2.sections());
                    let values = (now[place], in_force[place], planned[place]);
                    self.number(ui, &section.parameters[index], index, values, wishes);
                }
            }
        }
    }

    fn all(
        &mut self,
        ui: &mut Ui,
        seen: &PanelInput<'_>,
        (now, in_force, planned): (&Biology, &Biology, &Biology),
        wishes: &mut Vec<Wish>,
    ) {
        let sections = now
            .sections()
            .into_iter()
            .zip(in_force.sections())
            .zip(planned.sections());
        for (section, ((now, in_force), planned)) in Biology::SECTIONS.iter().zip(sections) {
            self.section(ui, section, (now, in_force, planned), wishes);
        }
        ui.collapsing("Fixed for this run", |ui| {
            ui.weak("These make the plate what it is; change them in the scenario and begin anew.");
            for species in &seen.plate.myokines {
                self.fixed(ui, &format!("Myokine: {}", species.name), &species.myokine);
            }
            self.fixed(ui, "Muscle", &seen.plate.muscle);
            for placed in &seen.plate.explants {
                self.fixed(ui, "Explant", &placed.explant);
            }
        });
    }

    fn is_sought(&self, parameter: &Parameter) -> bool {
        let sought = self.search.trim().to_lowercase();
        let found_in = |text: &str| text.to_lowercase().contains(&sought);
        sought.is_empty() || found_in(&name(parameter)) || found_in(parameter.meaning) || found_in(parameter.source)
    }

    fn sought(&self, parameters: &'static [Parameter]) -> impl Iterator<Item = (usize, &'static Parameter)> {
        let all = parameters.iter().enumerate();
        all.filter(|(_, parameter)| self.is_sought(parameter))
    }

    fn section(
        &mut self,
        ui: &mut Ui,
        section: &BiologySection,
        (now, in_force, planned): (&dyn AnySection, &dyn AnySection, &dyn AnySection),
        wishes: &mut Vec<Wish>,
    ) {
        let sought: Vec<_> = self.sought(section.parameters).collect();
        if sought.is_empty() {
            return;
        }
        let searching = !self.search.trim().is_empty();
        let open = searching.then_some(true);
        egui::CollapsingHeader::new(section.title)
            .default_open(section.name == GrowthCone::NAME)
            .open(open)
            .show(ui, |ui| {
                for (index, parameter) in sought {
                    self.number(ui, parameter, index, (now, in_force, planned), wishes);
                }
            });
    }

    /// One number, at its place in a section.
    fn number(
        &mut self,
        ui: &mut Ui,
        parameter: &'static Parameter,
        index: usize,
        (now, in_force, planned): (&dyn AnySection, &dyn AnySection, &dyn AnySection),
        wishes: &mut Vec<Wish>,
    ) {
        match gauge(ui, parameter, now.get(index), planned.get(index)) {
            Turned::Not => {}
            Turned::To(value) => {
                self.refused = None;
                let act = Act::Biology {
                    key: parameter.path(),
                    value,
                };
                wishes.push(Wish::Act(act, self.whom()));
            }
            Turned::Refused(sentence) => self.refused = Some((parameter.path(), sentence)),
        }
        if now.get(index) != in_force.get(index) {
            ui.weak("   from the next step");
        }
    }

    fn fixed(&self, ui: &mut Ui, title: &str, section: &dyn AnySection) {
        ui.label(RichText::new(title).weak());
        for (index, parameter) in self.sought(section.parameters()) {
            ui.horizontal(|ui| {
                ui.weak(format!(
                    "   {}: {}",
                    name(parameter),
                    written(parameter, section.get(index))
                ))
                .on_hover_text(explained(parameter));
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_shown_at_first_are_numbers_of_the_biology() {
        for key in FEW {
            assert!(Biology::parameter(key).is_some(), "{key}");
        }
        assert!(Biology::parameter("growth_cone.sped").is_none());
    }
}
