//! The room that results need on their disk, and that it has.

use super::Common;
use super::say::say;
use crate::scenario::Scenario;
use crate::scenario::estimate::{estimate, format_bytes};
use std::path::Path;

/// Warns where the disk of `folder` has less room than the results of a scenario are expected to take. An estimate refuses
/// nothing: what was measured is kept where the disk is full.
pub fn warn_if_short(folder: &Path, scenario: &Scenario, common: &Common) {
    let needed = estimate(&scenario.plate, &scenario.record).recorded.disk_bytes;
    if let Some(words) = free_bytes(folder).and_then(|free| words_if_short(needed, free as f64))
        && !common.quiet
    {
        say(format_args!("warning: {words}"));
    }
}

/// The warning of results that need more than is free, both in bytes.
fn words_if_short(needed: f64, free: f64) -> Option<String> {
    let words = || {
        format!(
            "the results are expected to take about {}, and their disk has {} left",
            format_bytes(needed),
            format_bytes(free)
        )
    };
    (needed > free).then(words)
}

/// Bytes that are free to this user on the file system of a folder; `None` where the system does not tell.
#[cfg(target_os = "linux")]
fn free_bytes(folder: &Path) -> Option<u64> {
    let facts = rustix::fs::statvfs(folder).ok()?;
    facts.f_bavail.checked_mul(facts.f_frsize)
}

#[cfg(not(target_os = "linux"))]
fn free_bytes(_folder: &Path) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_without_the_room_is_told() {
        assert_eq!(
            words_if_short(2e9, 1.5e9).as_deref(),
            Some("the results are expected to take about 2.0 GB, and their disk has 1.5 GB left")
        );
        assert_eq!(words_if_short(1e9, 1.5e9), None);
        let folder = tempfile::tempdir().expect("a folder");
        assert!(free_bytes(folder.path()).is_none_or(|free| free > 0));
        assert_eq!(free_bytes(&folder.path().join("not there")), None);
    }
}
