//! The lesson beside the plate: its text, the prediction, the run, what came out beside what was thought, the question, and the
//! way from step to step. What may be done in which order is the lesson's own business.

mod asked;
mod prose;

use super::plots::PlotUnit;
use super::{PanelInput, Panels, Wish, style};
use crate::lesson::{
    ControlValues, FaceWords, Language, LessonPhase, LessonRun, LessonTool, day_of, lesson_after, step_of,
};
use crate::readout::columns::Readout;
use crate::view::tools::Tool;
use crate::view::window::Wanted;
use asked::Draft;
use egui::{RichText, Ui};

/// Width of the panel, in points, and the least that it may have.
const WIDTH: f32 = 390.0;
const LEAST_WIDTH: f32 = 260.0;
/// The share of its height that the curve has.
const COURSE: f32 = 0.45;
/// Size of its text: read from a seat, and from the back of a class where the window is larger.
const TEXT: f32 = 15.5;

/// A lesson that somebody goes through.
#[derive(Clone, Debug)]
pub struct LessonPanel {
    /// The way through it.
    pub run: LessonRun,
    /// The language of its texts.
    pub language: Language,
    /// The scenario that the session was begun with.
    pub begun_with: String,
    /// Whether the progress has changed since it was kept.
    pub changed: bool,
    /// The prediction and the answer in the making.
    drafts: [Draft; 2],
    /// Whether an answer was judged in this frame, which the next shows.
    is_judged_now: bool,
}

impl LessonPanel {
    /// A lesson whose present step is shown.
    pub fn new(run: LessonRun, language: Language) -> Self {
        LessonPanel {
            begun_with: run.scenario_text().to_owned(),
            run,
            language,
            changed: true,
            drafts: [Draft::default(), Draft::default()],
            is_judged_now: false,
        }
    }

    /// The tools that the step allows, the pointer first.
    pub fn tools(&self) -> impl Iterator<Item = Tool> {
        let tools = self.run.step().tools.iter().map(|tool| match tool {
            LessonTool::Cut => Tool::Knife,
            LessonTool::Drop => Tool::Pipette,
            LessonTool::Magnet => Tool::Magnet,
            LessonTool::Probe => Tool::Probe,
            LessonTool::Ruler => Tool::Ruler,
        });
        std::iter::once(Tool::Pointer).chain(tools)
    }

    /// Whether the session is one of the present step, as it is set.
    pub fn is_shown(&self) -> bool {
        self.begun_with == self.run.scenario_text()
    }

    fn start_over(&mut self, wishes: &mut Vec<Wish>) {
        self.run.start_over();
        // Another session, though the plate may be the same.
        self.begun_with.clear();
        self.drafts = [Draft::default(), Draft::default()];
        self.changed = true;
        wishes.push(Wish::ShowLessonStep);
    }

    fn go_to(&mut self, place: usize, wishes: &mut Vec<Wish>) {
        if place != self.run.place() && self.run.go_to(place) {
            self.drafts = [Draft::default(), Draft::default()];
            self.changed = true;
            wishes.push(Wish::ShowLessonStep);
        }
    }
}

impl Panels {
    /// Shows the lesson, where there is one.
    pub(super) fn show_lesson(&mut self, ui: &mut Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        let Some(mut lesson) = self.lesson.take() else { return };
        let width = ui.ctx().content_rect().width();
        egui::Panel::left("lesson")
            .frame(style::panel_frame())
            .default_size(WIDTH.min(0.5 * width))
            .size_range(LEAST_WIDTH.min(0.5 * width)..=(0.55 * width).max(LEAST_WIDTH))
            .show(ui, |ui| {
                for font in ui.style_mut().text_styles.values_mut() {
                    font.size *= TEXT / 12.5;
                }
                egui::Panel::bottom("steps")
                    .frame(egui::Frame::new().inner_margin(egui::Margin::symmetric(0, 6)))
                    .show(ui, |ui| steps(&mut lesson, ui, wishes));
                // The curve stays in sight, for questions are answered by it.
                if lesson.run.phase() != LessonPhase::Predict {
                    egui::Panel::bottom("course")
                        .resizable(true)
                        .default_size(COURSE * ui.available_height())
                        .frame(egui::Frame::new().inner_margin(egui::Margin::symmetric(0, 4)))
                        .show(ui, |ui| {
                            egui::ScrollArea::vertical()
                                .id_salt("course")
                                .auto_shrink([false, false])
                                .show(ui, |ui| self.course(&lesson, ui, seen, wishes));
                        });
                }
                egui::ScrollArea::vertical()
                    .id_salt(("step", lesson.run.place()))
                    .auto_shrink([false, false])
                    .show(ui, |ui| self.step(&mut lesson, ui, wishes));
            });
        self.lesson = Some(lesson);
    }

    fn step(&self, lesson: &mut LessonPanel, ui: &mut Ui, wishes: &mut Vec<Wish>) {
        let words = FaceWords::of(lesson.language);
        let all = lesson.run.lesson().clone();
        let texts = all.texts(lesson.language);
        let step = all.step_texts(lesson.run.place(), lesson.language);
        ui.horizontal(|ui| {
            ui.weak(&texts.title);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                choose_language(lesson, ui);
            });
        });
        ui.label(RichText::new(&step.title).strong().size(TEXT * 1.3));
        ui.add_space(4.0);
        if lesson.run.place() == 0 {
            prose::show(ui, &texts.about, &texts.glossary);
        }
        prose::show(ui, &step.text, &texts.glossary);
        if let Some(hint) = &step.hint {
            style::card(ui, |ui| {
                ui.label(RichText::new(step.heading("hint")).strong());
                prose::show(ui, hint, &texts.glossary);
            });
        }
        self.prediction(lesson, ui, wishes);
        controls(lesson, ui, wishes);
        self.outcome(lesson, ui);
        self.question(lesson, ui);
        if let Some(after) = step.after.as_ref().filter(|_| lesson.run.says_after()) {
            ui.add_space(6.0);
            ui.label(RichText::new(step.heading("after")).strong());
            prose::show(ui, after, &texts.glossary);
        }
        trials(lesson, ui);
        if lesson.run.phase() == LessonPhase::Done && lesson.run.place() + 1 == all.steps.len() {
            ui.add_space(6.0);
            ui.label(RichText::new(words.finished).strong());
        }
    }

    /// The run: its time, what it shows by now in words, the curve, and the button that stops it and lets it go on.
    fn course(&self, lesson: &LessonPanel, ui: &mut Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        let words = FaceWords::of(lesson.language);
        let (run, status) = (&lesson.run, seen.status);
        ui.add_space(6.0);
        ui.horizontal_wrapped(|ui| {
            let is_over = status.is_over();
            let (name, wish) = match (status.playing, is_over) {
                (true, _) => (words.pause, Wish::Play(false)),
                (false, true) => (words.again, Wish::Restart),
                (false, false) => (words.run, Wish::Play(true)),
            };
            if ui.button(name).clicked() {
                wishes.push(wish);
            }
            let time_h = f64::from(seen.step) * seen.plate.step_h;
            let total_h = f64::from(seen.plate.steps) * seen.plate.step_h;
            ui.weak(day_of(time_h, total_h, lesson.language));
        });
        if run.measured().is_none()
            && let Some(sentence) = run.announcement(&lesson.begun_with, &status.readouts, lesson.language)
        {
            ui.label(sentence);
        }
        let plotted = &run.step().view.plot;
        let name = ui.label(RichText::new(plotted.name(lesson.language)).weak());
        name.on_hover_text(&plotted.column);
        let columns = &status.readouts.columns;
        if let Some(column) = columns.iter().find(|known| known.name == plotted.column) {
            let axis = PlotUnit {
                name: plotted.unit(lesson.language),
                size: plotted.size,
            };
            self.plot(ui, seen, column, axis, wishes);
        }
    }

    fn prediction(&self, lesson: &mut LessonPanel, ui: &mut Ui, wishes: &mut Vec<Wish>) {
        let words = FaceWords::of(lesson.language);
        let all = lesson.run.lesson().clone();
        let place = lesson.run.place();
        let Some(ask) = &all.steps[place].prediction else {
            return;
        };
        let texts = all.step_texts(place, lesson.language).prediction.as_ref();
        if lesson.run.is_locked() || (lesson.run.guess().is_some() && lesson.drafts[0].is_empty()) {
            return;
        }
        let given = style::card(ui, |ui| {
            ui.weak(words.your_prediction);
            if let Some(texts) = texts {
                ui.label(RichText::new(&texts.title).strong());
                prose::show(ui, &texts.asks, &all.texts(lesson.language).glossary);
            }
            lesson.drafts[0].ask(ui, &lesson.run, ask, lesson.language, words.predict_and_run)
        });
        if let Some(guess) = given {
            match lesson.run.predict(guess) {
                Ok(()) => {
                    lesson.drafts[0] = Draft::default();
                    lesson.changed = true;
                    wishes.push(Wish::ShowLessonStep);
                }
                Err(why) => lesson.drafts[0].refused = Some(why.to_string()),
            }
        }
    }

    /// What came out, beside what was predicted.
    fn outcome(&self, lesson: &LessonPanel, ui: &mut Ui) {
        let (words, run, language) = (FaceWords::of(lesson.language), &lesson.run, lesson.language);
        let prediction = run.step().prediction.as_ref().zip(run.prediction());
        let told = run.outcome(language).or_else(|| run.prediction_figures(language));
        if prediction.is_none() && told.is_none() {
            return;
        }
        style::card(ui, |ui| {
            if let Some((ask, judgement)) = &prediction {
                let guess = run.answer_words(&judgement.given, ask, language);
                ui.label(format!("{}: {guess}", words.your_prediction));
            }
            if let Some(told) = &told {
                ui.label(RichText::new(format!("{}: {told}", words.outcome)).strong());
            }
            if let Some((ask, judgement)) = &prediction {
                let right = judgement
                    .right
                    .as_ref()
                    .map(|right| run.answer_words(right, ask, language));
                ui.label(words.of_prediction(judgement));
                if let Some(right) = right.filter(|_| !judgement.is_right) {
                    ui.label(format!("{}: {right}", words.run_says));
                }
            }
        });
    }

    fn question(&self, lesson: &mut LessonPanel, ui: &mut Ui) {
        let words = FaceWords::of(lesson.language);
        let all = lesson.run.lesson().clone();
        let place = lesson.run.place();
        let Some(ask) = &all.steps[place].question else { return };
        if !matches!(lesson.run.phase(), LessonPhase::Answer | LessonPhase::Done) {
            return;
        }
        let texts = all.step_texts(place, lesson.language).question.as_ref();
        let given = style::card(ui, |ui| {
            ui.weak(words.question);
            if let Some(texts) = texts {
                ui.label(RichText::new(&texts.title).strong());
                prose::show(ui, &texts.asks, &all.texts(lesson.language).glossary);
            }
            let given = lesson.drafts[1].ask(ui, &lesson.run, ask, lesson.language, words.answer);
            if let Some(judgement) = lesson.run.answered() {
                let guess = lesson.run.answer_words(&judgement.given, ask, lesson.language);
                let verdict = words.of_answer(&judgement);
                let verdict = ui.label(RichText::new(format!("{guess}. {verdict}")).strong());
                if std::mem::take(&mut lesson.is_judged_now) {
                    verdict.scroll_to_me(None);
                }
                // Who is wrong at first looks again before it is told.
                let figures = lesson.run.answer_figures(lesson.language);
                if let Some(figures) = figures.filter(|_| judgement.is_right || lesson.run.tries() > 1) {
                    ui.label(figures);
                }
            }
            given
        });
        if let Some(guess) = given {
            lesson.changed = true;
            match lesson.run.answer(guess) {
                Ok(_) => lesson.is_judged_now = true,
                Err(why) => lesson.drafts[1].refused = Some(why.to_string()),
            }
        }
    }
}

fn choose_language(lesson: &mut LessonPanel, ui: &mut Ui) {
    let languages: Vec<Language> = lesson.run.lesson().languages().collect();
    if languages.len() > 1 {
        for language in languages.into_iter().rev() {
            ui.selectable_value(&mut lesson.language, language, RichText::new(language.name()).small());
        }
    }
}

/// What may be changed, and the tools.
fn controls(lesson: &mut LessonPanel, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let words = FaceWords::of(lesson.language);
    let all = lesson.run.lesson().clone();
    let place = lesson.run.place();
    let (step, texts) = (&all.steps[place], all.step_texts(place, lesson.language));
    if !step.controls.is_empty() {
        ui.add_space(6.0);
        ui.label(RichText::new(texts.heading("controls")).strong());
    }
    let mut changed = None;
    for control in &step.controls {
        let present = lesson.run.setting(&control.id).unwrap_or(&control.begins).to_owned();
        ui.label(texts.control(&control.id));
        match &control.values {
            ControlValues::List(values) => {
                ui.horizontal_wrapped(|ui| {
                    for value in values {
                        let name = texts.control_value(&control.id, value);
                        if ui.selectable_label(*value == present, name).clicked() && *value != present {
                            changed = Some((control, value.clone()));
                        }
                    }
                });
            }
            ControlValues::Range { low, high, unit } => {
                let number = present.strip_suffix(unit.as_str()).unwrap_or(&present).trim();
                let mut number: f64 = number.parse().unwrap_or(*low);
                let slider = egui::Slider::new(&mut number, *low..=*high).suffix(format!(" {unit}"));
                let response = ui.add(slider);
                // While it is dragged the plate is not begun anew at each point.
                if (response.drag_stopped() || response.lost_focus())
                    && let Some(value) = control.values.of_number(number)
                    && value != present
                {
                    changed = Some((control, value));
                }
            }
        }
    }
    if let Some((control, value)) = changed {
        match lesson.run.set(&control.id, &value) {
            Ok(()) => {
                lesson.changed = true;
                wishes.push(Wish::ShowLessonStep);
            }
            Err(why) => lesson.drafts[0].refused = Some(why.to_string()),
        }
    }
    if !step.tools.is_empty() {
        ui.add_space(6.0);
        ui.label(RichText::new(words.by_hand).strong());
        ui.horizontal_wrapped(|ui| {
            for tool in lesson.tools().collect::<Vec<_>>() {
                let button = ui.button(tool.name()).on_hover_text(tool.tooltip());
                if button.clicked() {
                    wishes.push(Wish::Take(tool));
                }
            }
        });
    }
}

/// The runs of this step that came to their end, to be compared.
fn trials(lesson: &LessonPanel, ui: &mut Ui) {
    let run = &lesson.run;
    if run.step().controls.is_empty() || run.trials().len() < 2 {
        return;
    }
    let texts = run.texts(lesson.language);
    ui.add_space(6.0);
    ui.label(RichText::new(FaceWords::of(lesson.language).tried).strong());
    for trial in run.trials() {
        let settings: Vec<String> = (trial.settings.iter())
            .map(|(id, value)| format!("{}: {}", texts.control(id), texts.control_value(id, value)))
            .collect();
        ui.label(RichText::new(settings.join(" · ")).weak());
        if let Some(sentence) = run.trial_outcome(trial, lesson.language) {
            ui.label(sentence);
        }
    }
}

/// The steps and the way between them.
fn steps(lesson: &mut LessonPanel, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let words = FaceWords::of(lesson.language);
    let (place, count) = (lesson.run.place(), lesson.run.lesson().steps.len());
    let mut wanted = place;
    ui.horizontal(|ui| {
        if ui.add_enabled(place > 0, egui::Button::new(words.back)).clicked() {
            wanted = place.saturating_sub(1);
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let done = lesson.run.says_after();
            let mut next = egui::Button::new(RichText::new(words.next).strong());
            if done {
                next = next.fill(ui.visuals().selection.bg_fill);
            }
            if place + 1 < count {
                if ui.add(next).clicked() {
                    wanted = place + 1;
                }
            } else {
                last_step(lesson, ui, wishes);
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x *= 0.5;
                for step in 0..count {
                    let title = &lesson.run.lesson().step_texts(step, lesson.language).title;
                    let name = format!("{}: {title}", step_of(step, count, lesson.language));
                    let is_done = lesson.run.phase_of(step) == LessonPhase::Done;
                    if step_mark(ui, step == place, is_done, &name).clicked() {
                        wanted = step;
                    }
                }
                // Both ways on from the last step need its room.
                if place + 1 < count {
                    ui.weak(step_of(place, count, lesson.language));
                }
            });
        });
    });
    lesson.go_to(wanted, wishes);
}

/// The ways on from the last step.
fn last_step(lesson: &mut LessonPanel, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let words = FaceWords::of(lesson.language);
    if let Some(next) = lesson_after(&lesson.run.lesson().name) {
        let button = ui.button(RichText::new(words.next_lesson).strong());
        if button.on_hover_text(next.title(lesson.language)).clicked() {
            wishes.push(Wish::Open(Wanted::Lesson(next.name)));
        }
    }
    if ui.button(words.start_over).clicked() {
        lesson.start_over(wishes);
    }
}

/// A step as a dot: filled where it is done, with a ring where one is.
fn step_mark(ui: &mut Ui, is_present: bool, is_done: bool, name: &str) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(15.0, 20.0), egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_present, name));
    let colour = if is_done {
        style::accent(ui)
    } else {
        ui.visuals().weak_text_color()
    };
    let painter = ui.painter();
    if is_done || is_present {
        painter.circle_filled(rect.center(), 3.5, colour);
    }
    let ring = if is_present || response.has_focus() { 6.5 } else { 3.5 };
    painter.circle_stroke(rect.center(), ring, egui::Stroke::new(1.3, colour));
    response.on_hover_text(name)
}

/// The readout that a step plots, on a plate that has it.
pub(in crate::view) fn plotted(lesson: &LessonPanel, all: &[Readout]) -> Option<Readout> {
    let column = &lesson.run.step().view.plot.column;
    let plate = &lesson.run.step().scenario.plate;
    let columns = crate::readout::columns::columns(plate);
    let readout = columns.iter().find(|known| known.name == *column)?.readout;
    all.contains(&readout).then_some(readout)
}
