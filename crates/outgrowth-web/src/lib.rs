//! The page in the browser: the dish on a canvas, and everything around it as HTML that is made here. What decides is plain Rust,
//! which tests on the desktop hold; `browser` alone knows the document.

pub mod acts;
pub mod address;
#[cfg(target_arch = "wasm32")]
mod browser;
pub mod codap;
pub mod engines;
pub mod fields;
pub mod html;
pub mod measures;
pub mod page;
pub mod plate;
pub mod spoken;
pub mod teaching;
pub mod wish;
pub mod words;
