//! The size of text and controls: larger in a large window, as on a projector, and as the user sets it by Ctrl-+ and Ctrl--.

use winit::dpi::LogicalSize;

/// Height of a window, in points, up to which nothing is enlarged.
const USUAL_HEIGHT: f64 = 900.0;
/// How much a large window enlarges at most.
const MOST: f64 = 2.0;

/// The size that egui is given, as the product of what the window asks for and what the user does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextSize {
    by_window: f32,
    by_user: f32,
}

impl TextSize {
    /// Sets the size for a window, `by_user` times as large as it would be by itself.
    pub fn of(context: &egui::Context, window: LogicalSize<f64>, by_user: f32) -> Self {
        let (by_window, by_user) = (by_window(window), by_user.clamp(0.5, 4.0));
        // It holds from the next frame on.
        context.set_zoom_factor(by_window * by_user);
        Self { by_window, by_user }
    }

    /// How many times larger than by itself the user has made everything.
    pub fn by_user(self) -> f32 {
        self.by_user
    }

    /// Follows the window to another size; what the user has set stays.
    pub fn follow(&mut self, context: &egui::Context, window: LogicalSize<f64>) {
        *self = Self::of(context, window, self.by_user);
    }

    /// Takes in what the user has set by now, after a frame.
    pub fn take_in(&mut self, context: &egui::Context) {
        self.by_user = context.zoom_factor() / self.by_window;
    }
}

fn by_window(window: LogicalSize<f64>) -> f32 {
    (window.height / USUAL_HEIGHT).clamp(1.0, MOST) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_grows_with_the_window_and_keeps_what_the_user_set() {
        let context = egui::Context::default();
        let shown = |size: &mut TextSize| {
            let _ = context.run_ui(egui::RawInput::default(), |_| {});
            size.take_in(&context);
            context.zoom_factor()
        };
        let mut size = TextSize::of(&context, LogicalSize::new(1280.0, 720.0), 1.0);
        assert_eq!(shown(&mut size), 1.0, "a usual window enlarges nothing");
        // As Ctrl-+ does.
        context.set_zoom_factor(1.25);
        assert_eq!(shown(&mut size), 1.25);
        // Several sizes between two frames, as while it is dragged.
        size.follow(&context, LogicalSize::new(1500.0, 950.0));
        size.follow(&context, LogicalSize::new(1920.0, 1080.0));
        assert!((shown(&mut size) - 1.5).abs() < 1e-5);
        assert!((size.by_user() - 1.25).abs() < 1e-5);
        size.follow(&context, LogicalSize::new(7680.0, 4320.0));
        assert!((shown(&mut size) - 2.5).abs() < 1e-5, "twice as large at most");
        size.follow(&context, LogicalSize::new(640.0, 480.0));
        assert!((shown(&mut size) - 1.25).abs() < 1e-5);
    }
}
