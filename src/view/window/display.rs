//! The connection to the window system, which may be missing.

use super::error::WindowError;
use std::panic::catch_unwind;
use winit::event_loop::EventLoop;

/// Whether there seems to be a display: one that is named may still refuse.
pub fn display_is_named() -> bool {
    let named = |variable: &str| std::env::var_os(variable).is_some_and(|value| !value.is_empty());
    !cfg!(all(unix, not(target_os = "macos")))
        || ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"].into_iter().any(named)
}

/// The connection to the window system. Where one of its libraries is missing the crate that loads them panics.
///
/// # Errors
/// When no window system answers.
pub fn event_loop() -> Result<EventLoop<()>, WindowError> {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let attempt = catch_unwind(EventLoop::new);
    std::panic::set_hook(hook);
    match attempt {
        Ok(Ok(event_loop)) => Ok(event_loop),
        Ok(Err(problem)) => Err(WindowError::NoDisplay(in_words(&problem.to_string()))),
        Err(panic) => {
            let words = panic.downcast_ref::<String>().cloned();
            let words = words.or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned()));
            let words = words.unwrap_or_else(|| "a library of the window system is missing".to_owned());
            Err(WindowError::NoDisplay(format!(
                "{words} (on Debian: apt install libxkbcommon-x11-0 libxcursor1 libxi6 libxrandr2 libx11-xcb1)"
            )))
        }
    }
}

/// The sentence of the window system's crate, without the place in its source.
fn in_words(message: &str) -> String {
    match message.split_once(".rs:") {
        Some((_, rest)) => rest.split_once(": ").map_or(message, |(_, words)| words).to_owned(),
        None => message.to_owned(),
    }
}
