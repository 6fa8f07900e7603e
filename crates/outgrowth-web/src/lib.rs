//! The page in the browser: the dish on a canvas, and everything around it as HTML that is made here. What decides is plain Rust,
//! which tests on the desktop hold; `browser` alone knows the document.

pub mod address;
#[cfg(target_arch = "wasm32")]
mod browser;
pub mod html;
pub mod live;
pub mod page;
pub mod spoken;
pub mod wish;
pub mod words;
