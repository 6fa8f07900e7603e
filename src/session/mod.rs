//! A live session: a plate that is advanced on a thread of its own, looked at without waiting, acted on, taken back to
//! moments that were kept, and saved as a scenario that ends in the same bits.

pub mod act;
pub mod moment;

pub use act::Act;
pub use moment::Moment;
