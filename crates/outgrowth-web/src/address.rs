//! The address of the page: what was asked for behind `?`, and the link behind `#`.

use outgrowth::lesson::Language;

/// The wishes of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// `gpu=off`: the processor computes, and what it paints is shown by WebGL.
    pub without_gpu: bool,
    /// `lang=zh`: the language; else that of the browser.
    pub language: Option<Language>,
    /// `plate=NAME`: a built-in plate.
    pub plate: Option<String>,
    /// `lesson=NAME`: a lesson.
    pub lesson: Option<String>,
    /// The part behind `#`; empty for nothing.
    pub fragment: String,
}

impl Address {
    /// Reads `search`, which begins with `?` or is empty, and `fragment`, which begins with `#` or is empty. What is not known is
    /// passed over: addresses are added to by those who send them on.
    pub fn read(search: &str, fragment: &str) -> Self {
        let mut address = Self {
            fragment: fragment.trim_start_matches('#').to_owned(),
            ..Self::default()
        };
        for pair in search.trim_start_matches('?').split('&') {
            match pair.split_once('=').unwrap_or((pair, "")) {
                ("gpu", "off") => address.without_gpu = true,
                ("lang", tag) => address.language = Language::of_tag(tag),
                ("plate", name) => address.plate = Some(name.to_owned()),
                ("lesson", name) => address.lesson = Some(name.to_owned()),
                _ => {}
            }
        }
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_engine_language_plate_and_link() {
        let read = Address::read("?gpu=off&lang=zh-CN&plate=quick&utm=x", "#v1.abc");
        assert!(read.without_gpu);
        assert_eq!(read.language, Some(Language::Chinese));
        assert_eq!(read.plate.as_deref(), Some("quick"));
        assert_eq!(read.fragment, "v1.abc");
        assert_eq!(Address::read("?gpu=on&lang=tlh", ""), Address::default());
    }
}
