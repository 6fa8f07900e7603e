//! The page in its document: what was made as HTML is put there, what somebody does is read from there.

mod dish;
mod document;
mod files;
mod first_picture;
mod frames;
mod held;
mod keeping;
mod listen;
mod pictures;
mod plugin;
mod scene;
mod site;
mod start;
