//! The parameter panel, generated from the table of parameters.

use super::gauge::{Turned, explained, gauge, name, written};
use super::{PanelInput, Panels, Wish};
use crate::model::biology::Biology;
use crate::model::parameter::Section;
use crate::session::Act;
use egui::{RichText, Ui};

impl Panels {
    pub(super) fn parameters(&mut self, ui: &mut Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        ui.horizontal(|ui| {
            let search = egui::TextEdit::singleline(&mut self.search)
                .hint_text("search")
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
        let (Some(now), Some(planned)) = (biology(seen.plate), biology(seen.planned)) else {
            return;
        };
        let Biology {
            growth_cone,
            branching,
            fasciculation,
            injury,
            survival,
            synapse,
            stretch,
            mechano,
            soma,
            programme,
            genotype,
            hypothesis,
        } = now;
        for name in [genotype, hypothesis].into_iter().flatten() {
            ui.weak(name);
        }
        self.section(ui, "Growth cone", &growth_cone, &planned.growth_cone, wishes);
        self.section(ui, "Branching", &branching, &planned.branching, wishes);
        self.section(ui, "Fasciculation", &fasciculation, &planned.fasciculation, wishes);
        self.section(ui, "Injury", &injury, &planned.injury, wishes);
        self.section(ui, "Survival", &survival, &planned.survival, wishes);
        self.section(ui, "Synapses", &synapse, &planned.synapse, wishes);
        self.section(ui, "Stretch growth", &stretch, &planned.stretch, wishes);
        self.section(ui, "Mechanotransduction", &mechano, &planned.mechano, wishes);
        self.section(ui, "Somata", &soma, &planned.soma, wishes);
        self.section(ui, "Gene programmes", &programme, &planned.programme, wishes);
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

    fn is_sought(&self, parameter: &crate::model::parameter::Parameter) -> bool {
        let sought = self.search.trim().to_lowercase();
        let found_in = |text: &str| text.to_lowercase().contains(&sought);
        sought.is_empty() || found_in(&name(parameter)) || found_in(parameter.meaning) || found_in(parameter.source)
    }

    fn section<S: Section>(&mut self, ui: &mut Ui, title: &str, now: &S, planned: &S, wishes: &mut Vec<Wish>) {
        let sought: Vec<usize> = (0..S::PARAMETERS.len())
            .filter(|&index| self.is_sought(&S::PARAMETERS[index]))
            .collect();
        if sought.is_empty() {
            return;
        }
        let searching = !self.search.trim().is_empty();
        let open = searching.then_some(true);
        egui::CollapsingHeader::new(title)
            .default_open(S::NAME == "growth_cone")
            .open(open)
            .show(ui, |ui| {
                for index in sought {
                    let parameter = &S::PARAMETERS[index];
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
                }
            });
    }

    fn fixed<S: Section>(&self, ui: &mut Ui, title: &str, section: &S) {
        let sought = (0..S::PARAMETERS.len()).filter(|&index| self.is_sought(&S::PARAMETERS[index]));
        ui.label(RichText::new(title).weak());
        for index in sought {
            let parameter = &S::PARAMETERS[index];
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
