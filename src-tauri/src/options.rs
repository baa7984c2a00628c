//! Where the books lie: `--data-dir`, then `CHANNELBOOK_DATA_DIR`, then the system's place for local data.

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
}
