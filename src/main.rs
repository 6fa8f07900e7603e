//! outgrowth
fn main() {}
