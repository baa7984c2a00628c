//! Onboarding sessions: a visit or an event under which operations are collected, reviewed, released and reported.

use crate::ids::SessionId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Longest name, in characters: it stands in the top bar and at the head of the report.
pub const LONGEST_NAME: usize = 80;

/// An onboarding session. At most one runs at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Id.
    pub id: SessionId,
    /// Place, event or reseller.
    pub name: String,
    /// Who holds it; empty when not told.
    pub who: String,
    /// Its operations wait until the person releases them.
    pub holds: bool,
    /// Begun.
    pub started_at: Timestamp,
    /// Ended; `None` while it runs.
    pub ended_at: Option<Timestamp>,
    /// Released; `None` before, and in a session that never held anything.
    pub released_at: Option<Timestamp>,
}

impl Session {
    /// Operations taken down now belong to it.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.ended_at.is_none()
    }

    /// Nothing of it may leave.
    #[must_use]
    pub fn is_holding(&self) -> bool {
        self.holds && self.released_at.is_none()
    }
}

/// What is wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameProblem {
    /// Nothing was typed.
    Missing,
    /// More than [`LONGEST_NAME`] characters.
    TooLong,
}

/// A name, or who holds the session, as it is kept: without blanks around it, and without line breaks or other control
/// characters inside.
#[must_use]
pub fn tidy(text: &str) -> String {
    text.split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The name as it is kept.
///
/// # Errors
/// [`NameProblem`] when there is none, or it is too long.
pub fn name(typed: &str) -> Result<String, NameProblem> {
    let name = tidy(typed);
    if name.is_empty() {
        Err(NameProblem::Missing)
    } else if name.chars().count() > LONGEST_NAME {
        Err(NameProblem::TooLong)
    } else {
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_there_short_and_on_one_line() {
        for (typed, kept) in [
            ("Partner day Kiel", Ok("Partner day Kiel")),
            ("  Partner \t day\nKiel\u{0} ", Ok("Partner day Kiel")),
            ("", Err(NameProblem::Missing)),
            (" \r\n ", Err(NameProblem::Missing)),
        ] {
            assert_eq!(name(typed), kept.map(str::to_owned), "{typed:?}");
        }
        assert!(name(&"ä".repeat(LONGEST_NAME)).is_ok(), "letters count, not bytes");
        assert_eq!(name(&"ä".repeat(LONGEST_NAME + 1)), Err(NameProblem::TooLong));
    }

    #[test]
    fn it_holds_until_released_whether_it_runs_or_not() {
        let at = Timestamp::UNIX_EPOCH;
        let session = |holds, ended: bool, released: bool| Session {
            id: SessionId(uuid::Uuid::nil()),
            name: "Kiel".into(),
            who: String::new(),
            holds,
            started_at: at,
            ended_at: ended.then_some(at),
            released_at: released.then_some(at),
        };
        for (holds, ended, released, holding) in [
            (false, false, false, false),
            (false, true, false, false),
            (true, false, false, true),
            (true, true, false, true),
            (true, false, true, false),
            (true, true, true, false),
        ] {
            let session = session(holds, ended, released);
            assert_eq!(session.is_holding(), holding, "{session:?}");
            assert_eq!(session.is_running(), !ended);
        }
    }
}
