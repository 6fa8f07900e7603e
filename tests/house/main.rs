//! The house itself: documents that are made from the program.

mod model_document;
