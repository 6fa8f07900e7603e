//! outgrowth
fn main(){}
