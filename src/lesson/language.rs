//! The languages that lessons are written in.

use crate::model::word::{Word, words};

words! {
    /// A language that a lesson may be written in. English must be there; where another is missing, English stands in.
    #[derive(PartialOrd, Ord, Hash)]
    pub enum Language {
        /// English.
        English = "en",
        /// Chinese, in simplified characters.
        Chinese = "zh",
    }
}

impl Language {
    /// Its name in itself, for a choice of languages.
    pub fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Chinese => "简体中文",
        }
    }

    /// That of a tag such as `zh-CN`, as browsers and systems give it; `None` of another language.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default();
        Self::from_word(&primary.to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_that_of_its_language_whatever_the_region() {
        assert_eq!(Language::of_tag("zh_CN.UTF-8"), Some(Language::Chinese));
        assert_eq!(Language::of_tag("EN-gb"), Some(Language::English));
        assert_eq!(Language::of_tag("de"), None);
    }
}
