//! The validation book, its cases and its page.

mod validation_book;
