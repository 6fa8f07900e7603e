//! The window between the window system and the application: events in, frames out, and a lost device replaced.

use super::app::App;
use super::overlay::lettering;
use super::panels::{Panels, style};
use super::preferences::Preferences;
use super::window::controls::Controls;
use super::window::icon::icon;
use super::window::pace::{FramePace, Need};
use super::window::painter::{Painted, Painter, PanelShapes};
use super::window::text_size::TextSize;
use super::window::{Finder, Graphics, Opening, WindowError, display_is_named, event_loop};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use winit::application::ApplicationHandler;
use winit::dpi::LogicalSize;
use winit::event::WindowEvent;
use winit::event_loop::{ActiveEventLoop, ControlFlow, OwnedDisplayHandle};
use winit::keyboard::{Key, NamedKey};
use winit::window::{Theme as SystemTheme, Window, WindowId};

/// Size of a new window, in points.
const SIZE: [f64; 2] = [1280.0, 720.0];
/// Smallest size, in points, that a window manager should allow.
const SMALLEST: [f64; 2] = [480.0, 320.0];
/// The time between two looks of a hidden window at its session and files.
const HIDDEN: Duration = Duration::from_millis(250);
/// Before a device that could not be opened again is tried once more.
const BEFORE_RETRY: Duration = Duration::from_secs(1);
/// Devices lost with no frame shown between them before the window gives up.
const PATIENCE: u32 = 5;

/// Opens the window and returns when it is closed. Other plates that are asked for in it come from `finder`.
///
/// # Errors
/// When there is no display, nothing can draw on it, the plate has no engine, or the graphics fail for good.
pub fn open(opening: Opening, finder: Finder) -> Result<(), WindowError> {
    if !display_is_named() {
        return Err(WindowError::NoDisplay(
            "neither WAYLAND_DISPLAY nor DISPLAY is set".to_owned(),
        ));
    }
    let event_loop = event_loop()?;
    let mut shell = Shell::new((opening, finder), event_loop.owned_display_handle());
    let ended = event_loop.run_app(&mut shell);
    shell.into_result()?;
    ended.map_err(|problem| WindowError::WindowSystem {
        doing: "showing the window",
        reason: problem.to_string(),
    })
}

/// The window, once the window system says that windows may be opened.
struct Shell {
    opening: Option<(Opening, Finder)>,
    display: OwnedDisplayHandle,
    open: Option<Open>,
    failure: Option<WindowError>,
}

/// An open window.
struct Open {
    window: Arc<Window>,
    display: OwnedDisplayHandle,
    adapter: Option<String>,
    /// Nothing between the loss of a device and the next.
    drawing: Option<Drawing>,
    panels: egui_winit::State,
    controls: Controls,
    app: App,
    finder: Finder,
    memory: Memory,
    text_size: TextSize,
    pace: FramePace,
    hidden: bool,
    /// The words on the frame.
    title: String,
    /// Devices lost since a frame was shown.
    losses: u32,
}

/// The parts that are lost with a device.
struct Drawing {
    painter: Painter,
    graphics: Graphics,
}

/// Width and height of a window, in points.
fn points(window: &Window) -> LogicalSize<f64> {
    window.inner_size().to_logical(window.scale_factor())
}

/// The preferences and their file.
struct Memory {
    file: Option<PathBuf>,
    preferences: Preferences,
}

impl Memory {
    /// What was remembered, with the file of this opening.
    fn recall(opening: &Opening) -> Self {
        let file = Preferences::file();
        let mut preferences = file.as_deref().map(Preferences::read).unwrap_or_default();
        if let Some(file) = &opening.file {
            preferences.opened(file.clone());
        }
        Self { file, preferences }
    }

    fn write(&self) {
        if let Some(file) = &self.file
            && let Err(problem) = self.preferences.write(file)
        {
            tracing::warn!("{} could not be written: {problem}", file.display());
        }
    }
}

impl Shell {
    /// A shell that will open `opening`.
    fn new(opening: (Opening, Finder), display: OwnedDisplayHandle) -> Self {
        Self {
            opening: Some(opening),
            display,
            open: None,
            failure: None,
        }
    }

    /// How it ended.
    fn into_result(self) -> Result<(), WindowError> {
        self.failure.map_or(Ok(()), Err)
    }

    fn end(&mut self, event_loop: &ActiveEventLoop, failure: Option<WindowError>) {
        if self.failure.is_none() {
            self.failure = failure;
        }
        self.open = None;
        event_loop.exit();
    }
}

impl ApplicationHandler for Shell {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        let Some((opening, finder)) = self.opening.take() else {
            return;
        };
        match Open::new(opening, finder, event_loop, self.display.clone()) {
            Ok(open) => self.open = Some(open),
            Err(failure) => self.end(event_loop, Some(failure)),
        }
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, _: WindowId, event: WindowEvent) {
        let Some(open) = &mut self.open else {
            return;
        };
        match event {
            WindowEvent::CloseRequested => {
                open.app.ask_to_quit();
                open.pace.ask(Need::Soon, Instant::now());
            }
            WindowEvent::Destroyed => {
                // Nothing can be shown any more; what has to be written is still written.
                open.drawing = None;
                open.hidden = true;
                open.app.close_unasked();
            }
            WindowEvent::RedrawRequested => {
                if let Err(failure) = open.draw(event_loop) {
                    open.app.rescue();
                    self.end(event_loop, Some(failure));
                }
            }
            event => open.take_event(&event),
        }
    }

    fn about_to_wait(&mut self, event_loop: &ActiveEventLoop) {
        let Some(open) = &mut self.open else {
            return;
        };
        if open.app.tick() {
            open.follow_title();
            open.pace.ask(Need::Soon, Instant::now());
        }
        if open.app.is_closed() {
            open.keep_in_mind();
            let failure = open.app.take_failure();
            let Some(next) = open.app.take_next() else {
                return self.end(event_loop, failure.map(WindowError::NotWritten));
            };
            if let Err(failure) = open.show_another(next, failure) {
                return self.end(event_loop, Some(failure));
            }
        }
        open.app.open_dialog(&open.window);
        event_loop.set_control_flow(open.next_wake());
    }
}

impl Open {
    fn new(
        opening: Opening,
        finder: Finder,
        event_loop: &ActiveEventLoop,
        display: OwnedDisplayHandle,
    ) -> Result<Self, WindowError> {
        let memory = Memory::recall(&opening);
        let [width, height] = memory.preferences.window.unwrap_or(SIZE);
        let attributes = Window::default_attributes()
            .with_title("outgrowth")
            .with_inner_size(LogicalSize::new(width, height))
            .with_min_inner_size(LogicalSize::new(SMALLEST[0], SMALLEST[1]))
            .with_window_icon(icon());
        let window = event_loop
            .create_window(attributes)
            .map_err(|problem| WindowError::WindowSystem {
                doing: "opening the window",
                reason: problem.to_string(),
            })?;
        let window = Arc::new(window);
        let adapter = opening.engine.adapter.clone();
        let graphics = Graphics::open(Arc::clone(&window), display.clone(), adapter.as_deref())?;
        let context = egui::Context::default();
        if Controls::are_wanted() {
            context.enable_accesskit();
        }
        let mut panels = egui_winit::State::new(
            context.clone(),
            egui::ViewportId::ROOT,
            &display,
            Some(window.scale_factor() as f32),
            window.theme(),
            None,
        );
        panels.set_max_texture_side(graphics.device.handle.limits().max_texture_dimension_2d as usize);
        style::apply(&context);
        lettering::complete(&context);
        let by_user = memory.preferences.zoom.unwrap_or(1.0);
        let text_size = TextSize::of(&context, points(&window), by_user);
        let mut app = App::new(opening, finder.clone(), &graphics, Panels::default())?;
        app.follow_system(window.theme() != Some(SystemTheme::Light));
        app.recall(&memory.preferences);
        app.look_as_shared();
        if !graphics.hardware {
            let name = &graphics.info.device;
            app.note(format!(
                "{name} draws on the processor: there is no graphics hardware, so frames are fewer"
            ));
        }
        let pace = FramePace::new(graphics.hardware);
        let drawing = Some(Drawing {
            painter: Painter::new(&graphics),
            graphics,
        });
        tracing::debug!("the window is open");
        Ok(Self {
            window,
            display,
            adapter,
            drawing,
            panels,
            controls: Controls::default(),
            app,
            finder,
            memory,
            text_size,
            pace,
            hidden: false,
            title: String::new(),
            losses: 0,
        })
    }

    /// Shows another plate in the place of the one that was closed; what of that one could not be written is said.
    fn show_another(&mut self, next: Opening, failure: Option<String>) -> Result<(), WindowError> {
        if let Some(file) = &next.file {
            self.memory.preferences.opened(file.clone());
            self.memory.write();
        }
        // A window that is hidden, with its device lost, has none until it is seen: one is opened for the new plate.
        let drawing = match self.drawing.take() {
            Some(drawing) => drawing,
            None => {
                let window = Arc::clone(&self.window);
                let graphics = Graphics::open(window, self.display.clone(), self.adapter.as_deref())?;
                let painter = Painter::new(&graphics);
                Drawing { painter, graphics }
            }
        };
        self.adapter.clone_from(&next.engine.adapter);
        let panels = self.app.panels_for_another();
        self.app = App::new(next, self.finder.clone(), &drawing.graphics, panels)?;
        self.app.take_files_lately_opened(&self.memory.preferences);
        self.app.look_as_shared();
        self.drawing = Some(drawing);
        if let Some(failure) = failure {
            self.app.note(failure);
        }
        self.pace.ask(Need::Soon, Instant::now());
        tracing::debug!("another plate is open");
        Ok(())
    }

    /// Remembers how the window was left.
    fn keep_in_mind(&mut self) {
        let size = points(&self.window);
        if size.width >= SMALLEST[0] && size.height >= SMALLEST[1] {
            self.memory.preferences.window = Some([size.width, size.height]);
        }
        self.memory.preferences.zoom = Some(self.text_size.by_user());
        self.app.remember(&mut self.memory.preferences);
        self.memory.write();
    }

    fn take_event(&mut self, event: &WindowEvent) {
        match event {
            WindowEvent::Resized(size) => {
                if let Some(drawing) = &mut self.drawing {
                    drawing.graphics.resize(size.width, size.height);
                }
                self.text_size.follow(self.panels.egui_ctx(), points(&self.window));
                tracing::debug!("the window has {} by {} pixels", size.width, size.height);
            }
            WindowEvent::Occluded(hidden) => {
                self.hidden = *hidden;
                tracing::debug!("the window is {}", if *hidden { "hidden" } else { "seen" });
            }
            // For tests of what happens then: a key that ends the device, where the log says so much that somebody looks.
            WindowEvent::KeyboardInput { event: key, .. }
                if key.logical_key == Key::Named(NamedKey::F12) && key.state.is_pressed() && Controls::are_wanted() =>
            {
                if let Some(drawing) = &self.drawing {
                    drawing.graphics.device.handle.destroy();
                }
            }
            WindowEvent::ThemeChanged(theme) => self.app.follow_system(*theme == SystemTheme::Dark),
            _ => {}
        }
        let response = self.panels.on_window_event(&self.window, event);
        // On some systems a frame that is asked for on a resize is the only one that fits.
        if response.repaint || matches!(event, WindowEvent::Resized(_) | WindowEvent::Occluded(false)) {
            self.pace.ask(Need::Soon, Instant::now());
        }
    }

    /// Brings the words on the frame up to date.
    fn follow_title(&mut self) {
        let Some(drawing) = &self.drawing else { return };
        let title = self.app.title(&drawing.graphics.info, drawing.graphics.hardware);
        if title != self.title {
            self.window.set_title(&title);
            self.title = title;
        }
    }

    /// Asks for a frame where one is due, and says until when there is nothing to do.
    fn next_wake(&mut self) -> ControlFlow {
        let now = Instant::now();
        if self.hidden {
            return ControlFlow::WaitUntil(now + HIDDEN);
        }
        let look = self.app.next_look().map(|wait| now + wait);
        match self.pace.due() {
            Some(due) if due <= now => {
                self.window.request_redraw();
                ControlFlow::Wait
            }
            due => match due.into_iter().chain(look).min() {
                Some(next) => ControlFlow::WaitUntil(next),
                None => ControlFlow::Wait,
            },
        }
    }

    fn draw(&mut self, event_loop: &ActiveEventLoop) -> Result<(), WindowError> {
        let began = Instant::now();
        self.pace.begin(began);
        if !self.reopen()? {
            return Ok(());
        }
        let Some(drawing) = &mut self.drawing else {
            return Ok(());
        };
        let context = self.panels.egui_ctx().clone();
        let input = self.panels.take_egui_input(&self.window);
        let (drawn_by, hardware) = (&drawing.graphics.info, drawing.graphics.hardware);
        let output = context.run_ui(input, |ui| self.app.show(ui, drawn_by, hardware));
        self.text_size.take_in(&context);
        let pixels_per_point = output.pixels_per_point;
        if let Some(tree) = &output.platform_output.accesskit_update {
            self.controls.log_places(tree, pixels_per_point);
        }
        let (window, platform_output) = (&self.window, output.platform_output);
        self.panels
            .handle_platform_output_with_event_loop(window, event_loop, platform_output);
        for viewport in output.viewport_output.values() {
            self.pace.ask(Need::After(viewport.repaint_delay), Instant::now());
        }
        let panels = PanelShapes {
            primitives: context.tessellate(output.shapes, pixels_per_point),
            textures: output.textures_delta,
            pixels_per_point,
        };
        let app = &mut self.app;
        let mut below = |encoder: &mut wgpu::CommandEncoder, view: &wgpu::TextureView, size_px: [u32; 2]| {
            app.draw(encoder, view, size_px, pixels_per_point);
        };
        match drawing.painter.paint(&mut drawing.graphics, panels, &mut below) {
            Painted::Shown => {
                self.losses = 0;
                self.app.has_shown(began.elapsed());
            }
            Painted::Later => {}
            Painted::Lost(why) => self.lose(&why)?,
        }
        self.pace.ask(self.app.need(), Instant::now());
        Ok(())
    }

    /// The device is gone: everything that was on it is dropped, and the next frame opens another.
    fn lose(&mut self, why: &str) -> Result<(), WindowError> {
        tracing::warn!("the graphics device is lost: {why}");
        self.drawing = None;
        self.app.lose_device(why);
        self.losses += 1;
        if self.losses >= PATIENCE {
            return Err(WindowError::Device(why.to_owned()));
        }
        let wait = if self.losses > 1 { BEFORE_RETRY } else { Duration::ZERO };
        self.pace.ask(Need::After(wait), Instant::now());
        Ok(())
    }

    /// Opens a device where there is none. Returns whether there is one now.
    fn reopen(&mut self) -> Result<bool, WindowError> {
        if self.drawing.is_some() || self.hidden {
            return Ok(self.drawing.is_some());
        }
        let opened = Graphics::open(Arc::clone(&self.window), self.display.clone(), self.adapter.as_deref());
        let opened = opened.map_err(|problem| problem.to_string()).and_then(|graphics| {
            self.app.take_device(&graphics)?;
            Ok(graphics)
        });
        let graphics = match opened {
            Ok(graphics) => graphics,
            Err(why) => {
                self.lose(&why)?;
                return Ok(false);
            }
        };
        // The new device knows no letter yet: every font is made again, with its texture.
        self.panels.egui_ctx().set_font_providers(Vec::new());
        self.drawing = Some(Drawing {
            painter: Painter::new(&graphics),
            graphics,
        });
        tracing::debug!("another graphics device is open");
        Ok(true)
    }
}
