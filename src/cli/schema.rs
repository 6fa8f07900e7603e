//! `outgrowth schema`: the JSON schema of scenario files.

use super::{Failure, Outcome, print};
use crate::scenario;

/// Prints the schema.
pub fn run() -> Result<Outcome, Failure> {
    print(&format!("{:#}\n", scenario::schema())).map(|()| Outcome::Done)
}
