//! Files that a run leaves.
