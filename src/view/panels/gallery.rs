//! The gallery: every built-in plate with its picture, its question and what to look for; one's own files, those opened lately,
//! and a new one from the template.

use super::{PanelInput, Panels, Wish, style};
use crate::lesson::{LESSONS, Language};
use crate::scenario::{BUILTIN, Builtin, Introduction};
use crate::view::preferences::put_first;
use crate::view::window::Wanted;
use egui::{
    Align, Button, CollapsingHeader, ColorImage, Image, Key, Layout, Modifiers, RichText, ScrollArea, Sense, TextEdit,
    TextureHandle, Ui, vec2,
};
use std::path::{Path, PathBuf};

/// Width and height of a picture in the list, in points.
const SMALL: egui::Vec2 = vec2(144.0, 81.0);
/// Width and height of the gallery at most, in points.
const SIZE: egui::Vec2 = vec2(960.0, 620.0);
/// Width of the list of plates, in points.
const LIST: f32 = 400.0;

/// The gallery and its memory.
#[derive(Clone, Default)]
pub struct Gallery {
    /// Whether it is open.
    pub open: bool,
    /// Files that were opened or saved, the last first.
    pub recent: Vec<PathBuf>,
    /// Why what was asked for last could not be opened.
    pub refused: Option<String>,
    /// The built-in plates, once they were looked at.
    plates: Vec<Exhibit>,
    /// The plate that is told about.
    chosen: usize,
    /// The path that is typed.
    path: String,
    /// The name that is typed for a new plate.
    name: String,
}

impl std::fmt::Debug for Gallery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gallery")
            .field("open", &self.open)
            .finish_non_exhaustive()
    }
}

/// A built-in plate as it is exhibited.
#[derive(Clone)]
struct Exhibit {
    plate: &'static Builtin,
    introduction: Introduction,
    /// Its picture, where it could be read.
    picture: Option<TextureHandle>,
}

impl Panels {
    /// Opens the gallery, or closes it.
    pub(super) fn toggle_gallery(&mut self) {
        self.gallery.open = !self.gallery.open;
        self.gallery.refused = None;
    }

    /// Shows the gallery where it is open, and takes files that are dropped on the window.
    pub(super) fn show_gallery(&mut self, ui: &Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        let dropped = ui.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_path_buf()));
        wishes.extend(dropped.map(|file| Wish::Open(Wanted::File(file))));
        if !self.gallery.open {
            return;
        }
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            self.gallery.open = false;
            return;
        }
        self.gallery.look(ui.ctx());
        let mut open = true;
        let room = ui.ctx().content_rect().shrink(16.0);
        egui::Window::new("Plates")
            .open(&mut open)
            .collapsible(false)
            .resizable(false)
            .fixed_size(SIZE.min(room.size() - vec2(24.0, 48.0)))
            .anchor(egui::Align2::CENTER_CENTER, egui::Vec2::ZERO)
            .show(ui.ctx(), |ui| self.gallery.show(ui, seen, wishes));
        self.gallery.open &= open;
    }
}

impl Gallery {
    /// Puts a file at the head of those that were opened or saved.
    pub fn put_first(&mut self, file: PathBuf) {
        put_first(&mut self.recent, file);
    }

    /// Reads the plates and their pictures, once.
    fn look(&mut self, context: &egui::Context) {
        if self.plates.is_empty() {
            self.plates = BUILTIN.iter().map(|plate| Exhibit::of(plate, context)).collect();
        }
    }

    fn show(&mut self, ui: &mut Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        lessons(ui, wishes);
        self.own_files(ui, wishes);
        if let Some(refused) = &self.refused {
            let words = RichText::new(refused).color(ui.visuals().warn_fg_color);
            ScrollArea::vertical()
                .id_salt("refused")
                .max_height(120.0)
                .show(ui, |ui| ui.label(words));
        }
        ui.separator();
        let room = ui.available_size();
        let list = LIST.min(0.55 * room.x);
        let down = Layout::top_down(Align::Min);
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(vec2(list, room.y), down, |ui| {
                let scroll = ScrollArea::vertical().id_salt("plates").auto_shrink([false, false]);
                scroll.show(ui, |ui| self.list(ui, seen, wishes));
            });
            ui.separator();
            ui.allocate_ui_with_layout(vec2(ui.available_width(), room.y), down, |ui| {
                let scroll = ScrollArea::vertical().id_salt("about").auto_shrink([false, false]);
                scroll.show(ui, |ui| self.about(ui, wishes));
            });
        });
    }

    /// One's own files: by a dialog, by their path, lately opened, and new.
    fn own_files(&mut self, ui: &mut Ui, wishes: &mut Vec<Wish>) {
        ui.horizontal_wrapped(|ui| {
            let choose = ui.button("Choose a file…");
            if choose
                .on_hover_text("A scenario or a saved session, in the system's dialog")
                .clicked()
            {
                wishes.push(Wish::ChooseFile);
            }
            ui.weak("or drop it on the window, or");
            let path = field(ui, &mut self.path, "its path or a link", 170.0);
            let typed = entered(ui, &path);
            if path.changed() {
                self.refused = None;
            }
            if (ui.button("Open").clicked() || typed) && !self.path.trim().is_empty() {
                wishes.push(Wish::Open(Wanted::typed(self.path.trim())));
            }
            ui.separator();
            let name = field(ui, &mut self.name, "name of a new plate", 130.0);
            let typed = entered(ui, &name);
            let new = ui.add_enabled(!self.name.trim().is_empty(), Button::new("New"));
            if new
                .on_hover_text("Write the commented template to NAME.toml in this folder, and open it")
                .on_disabled_hover_text(
                    "Type a name first: the commented template is written to NAME.toml in this folder, and opened.",
                )
                .clicked()
                || (typed && !self.name.trim().is_empty())
            {
                wishes.push(Wish::Open(Wanted::New(self.name.trim().to_owned())));
            }
        });
        if !self.recent.is_empty() {
            ui.horizontal_wrapped(|ui| {
                ui.weak("lately:");
                for file in &self.recent {
                    let name = ui.add(Button::new(RichText::new(short_name(file)).small()).frame(false));
                    if name.on_hover_text(file.display().to_string()).clicked() {
                        wishes.push(Wish::Open(Wanted::File(file.clone())));
                    }
                }
            });
        }
    }

    /// The plates below each other; a click tells about one, two open it.
    fn list(&mut self, ui: &mut Ui, seen: &PanelInput<'_>, wishes: &mut Vec<Wish>) {
        for (place, exhibit) in self.plates.iter().enumerate() {
            let chosen = place == self.chosen;
            let fill = if chosen {
                ui.visuals().selection.bg_fill
            } else {
                egui::Color32::TRANSPARENT
            };
            let frame = egui::Frame::new()
                .fill(fill)
                .corner_radius(4.0)
                .inner_margin(5.0)
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    ui.horizontal_top(|ui| {
                        exhibit.show_picture(ui, SMALL);
                        ui.vertical(|ui| {
                            ui.strong(exhibit.plate.name);
                            if exhibit.plate.name == seen.planned.name {
                                ui.label(RichText::new("open").small().color(style::accent(ui)));
                            }
                            ui.label(RichText::new(&exhibit.introduction.question).small());
                        });
                    });
                });
            let response = frame.response.interact(Sense::click());
            response.ctx.accesskit_node_builder(response.id, |node| {
                node.set_role(egui::accesskit::Role::Button);
                node.set_label(format!("plate {}", exhibit.plate.name));
            });
            if response.double_clicked() {
                wishes.push(Wish::Open(Wanted::Builtin(exhibit.plate.name)));
            } else if response.clicked() {
                self.chosen = place;
            }
        }
    }

    /// What there is to know of the plate that was chosen, and the way to it.
    fn about(&self, ui: &mut Ui, wishes: &mut Vec<Wish>) {
        let Some(exhibit) = self.plates.get(self.chosen) else {
            return;
        };
        let introduction = &exhibit.introduction;
        ui.horizontal(|ui| {
            ui.heading(exhibit.plate.name);
            if ui.button("Open this plate").clicked() {
                wishes.push(Wish::Open(Wanted::Builtin(exhibit.plate.name)));
            }
        });
        ui.add_space(4.0);
        ui.strong(&introduction.question);
        ui.add_space(4.0);
        let width = ui.available_width().min(400.0);
        exhibit.show_picture(ui, vec2(width, width * SMALL.y / SMALL.x));
        ui.add_space(4.0);
        for paragraph in &introduction.head {
            ui.label(paragraph);
            ui.add_space(4.0);
        }
        // Who wants to find out for himself need not read it.
        CollapsingHeader::new("What comes out")
            .id_salt(exhibit.plate.name)
            .show(ui, |ui| ui.label(&introduction.answer));
    }
}

impl Exhibit {
    fn of(plate: &'static Builtin, context: &egui::Context) -> Self {
        let image = decode(plate.thumbnail)
            .map_err(|problem| tracing::warn!("the picture of {}: {problem}", plate.name))
            .ok();
        let texture =
            |image| context.load_texture(format!("plate {}", plate.name), image, egui::TextureOptions::LINEAR);
        Self {
            plate,
            introduction: Introduction::of(plate.text),
            picture: image.map(texture),
        }
    }

    fn show_picture(&self, ui: &mut Ui, size: egui::Vec2) {
        if let Some(picture) = &self.picture {
            ui.add(Image::new(picture).fit_to_exact_size(size).corner_radius(3.0));
        }
    }
}

/// A field to type into, told of by its hint.
/// The lessons, by their titles.
fn lessons(ui: &mut Ui, wishes: &mut Vec<Wish>) {
    ui.horizontal_wrapped(|ui| {
        ui.strong("Lessons");
        for lesson in LESSONS {
            let button = ui.button(lesson.title(Language::English));
            if button
                .on_hover_text("Watch, predict, try and answer, step by step")
                .clicked()
            {
                wishes.push(Wish::Open(Wanted::Lesson(lesson.name)));
            }
        }
    });
    ui.separator();
}

fn field(ui: &mut Ui, text: &mut String, hint: &str, width: f32) -> egui::Response {
    let field = ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(width));
    field.ctx.accesskit_node_builder(field.id, |node| node.set_label(hint));
    field
}

/// Whether what was typed was finished with Enter.
fn entered(ui: &Ui, field: &egui::Response) -> bool {
    field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

fn short_name(file: &Path) -> String {
    let name = file.file_stem().unwrap_or(file.as_os_str());
    name.to_string_lossy().into_owned()
}

fn decode(bytes: &[u8]) -> Result<ColorImage, png::DecodingError> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(
        png::Transformations::EXPAND | png::Transformations::ALPHA | png::Transformations::STRIP_16,
    );
    let mut reader = decoder.read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().unwrap_or_default()];
    let info = reader.next_frame(&mut pixels)?;
    let size = [info.width as usize, info.height as usize];
    Ok(ColorImage::from_rgba_unmultiplied(size, &pixels[..info.buffer_size()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_plate_has_a_picture() {
        for plate in BUILTIN {
            let image = decode(plate.thumbnail).unwrap_or_else(|problem| panic!("{}: {problem}", plate.name));
            assert_eq!(image.size, [400, 225], "{}", plate.name);
        }
        assert!(decode(b"no picture").is_err());
    }
}
