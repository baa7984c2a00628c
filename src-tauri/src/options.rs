//! What the command line and the system say: the language at first start, and where the books lie: `--data-dir`, then `CHANNELBOOK_DATA_DIR`, then the system's place for local data.

use cb_app::views::Language;
use std::ffi::OsString;
use std::path::PathBuf;

/// Folder given by the person, if any.
#[must_use]
pub fn data_dir(mut arguments: impl Iterator<Item = OsString>, variable: Option<OsString>) -> Option<PathBuf> {
    while let Some(argument) = arguments.next() {
        if argument == "--data-dir" {
            return arguments.next().filter(|value| !value.is_empty()).map(PathBuf::from);
        }
        if let Some(value) = argument.to_str().and_then(|text| text.strip_prefix("--data-dir=")) {
            return Some(PathBuf::from(value));
        }
    }
    variable.filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// Language for the first start: the system's if the app speaks it, else English.
#[must_use]
pub fn language(locale: Option<&str>) -> Language {
    let primary = locale.and_then(|tag| tag.split(['-', '_', '.']).next()).unwrap_or_default();
    if primary.eq_ignore_ascii_case("de") { Language::De } else { Language::En }
}

/// How many customers a new practice book gets besides the sample's: `--sample-customers`. To try a book of any size.
#[must_use]
pub fn sample_customers(arguments: impl Iterator<Item = OsString>) -> u32 {
    let given = arguments.skip_while(|argument| argument != "--sample-customers").nth(1);
    given.and_then(|value| value.to_str()?.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(arguments: &[&str], variable: Option<&str>) -> Option<PathBuf> {
        data_dir(arguments.iter().map(OsString::from), variable.map(OsString::from))
    }

    #[test]
    fn the_argument_wins_over_the_variable_and_both_may_be_absent() {
        assert_eq!(given(&["--data-dir", "/a"], Some("/b")), Some("/a".into()));
        assert_eq!(given(&["--data-dir=/a"], Some("/b")), Some("/a".into()));
        assert_eq!(given(&[], Some("/b")), Some("/b".into()));
        assert_eq!(given(&["--data-dir"], None), None, "an option without its value is as good as absent");
        assert_eq!(given(&[], Some("")), None);
    }

    #[test]
    fn a_larger_sample_is_a_number_or_nothing() {
        let given = |arguments: &[&str]| sample_customers(arguments.iter().map(OsString::from));
        assert_eq!(given(&["--data-dir", "/a", "--sample-customers", "20000"]), 20_000);
        assert_eq!((given(&[]), given(&["--sample-customers"]), given(&["--sample-customers", "many"])), (0, 0, 0));
    }

    #[test]
    fn german_systems_start_in_german_all_others_in_english() {
        for (locale, expected) in [
            (Some("de-AT"), Language::De),
            (Some("de_DE.UTF-8"), Language::De),
            (Some("DE"), Language::De),
            (Some("den"), Language::En),
            (Some("fr-FR"), Language::En),
            (Some("C"), Language::En),
            (None, Language::En),
        ] {
            assert_eq!(language(locale), expected, "{locale:?}");
        }
    }
}
