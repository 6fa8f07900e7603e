//! The progress in lessons, kept in this browser for another day.

use outgrowth::lesson::LESSONS;
use std::collections::BTreeMap;
use web_sys::Storage;

/// The progress in each lesson, by its name. A browser that keeps nothing has none.
pub fn kept() -> BTreeMap<String, String> {
    let Some(storage) = storage() else {
        return BTreeMap::new();
    };
    let of = |name: &str| storage.get_item(&key(name)).ok().flatten();
    let lessons = LESSONS
        .iter()
        .filter_map(|lesson| Some((lesson.name.to_owned(), of(lesson.name)?)));
    lessons.collect()
}

/// Keeps it.
pub fn keep(kept: &BTreeMap<String, String>) {
    let Some(storage) = storage() else { return };
    for (name, progress) in kept {
        // A browser may keep nothing, or have no room: the lesson goes on all the same.
        let _ = storage.set_item(&key(name), progress);
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn key(lesson: &str) -> String {
    format!("outgrowth.lesson.{lesson}")
}
