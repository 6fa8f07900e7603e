//! The house itself: which file knows which, and documents that are made from the program.

mod imports;
mod model_document;
