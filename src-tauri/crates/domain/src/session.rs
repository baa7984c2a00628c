//! Onboarding sessions: a visit or an event under which operations are collected, reviewed, released and reported.

use crate::catalogue::BillingCycle;
use crate::ids::SessionId;
use crate::money::{Currency, Money};
use crate::order::LineTotal;
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

/// What all orders of a session come to, in one currency. Minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// Currency.
    pub currency: Currency,
    /// Billed each month; `None` where nothing is.
    pub monthly: Option<i64>,
    /// Billed once a year.
    pub yearly: Option<i64>,
    /// Billed once for three years.
    pub triennial: Option<i64>,
    /// Over the first term of every line.
    pub term: i64,
}

/// All orders together, by currency in the order in which the currencies come up; and how many lines have no price, so
/// that no sum looks whole that is not. Trials cost nothing and count as priced.
#[must_use]
pub fn add_up<'a>(lines: impl Iterator<Item = (BillingCycle, &'a LineTotal)>) -> (Vec<Sum>, u32) {
    let mut sums: Vec<Sum> = Vec::new();
    let mut without_price = 0;
    for (cycle, line) in lines {
        if crate::order::is_trial(cycle) {
            continue;
        }
        let (Some(period), Some(term)) = (&line.period, &line.term) else {
            without_price += 1;
            continue;
        };
        let at = match sums.iter().position(|sum| sum.currency == period.currency) {
            Some(at) => at,
            None => {
                let currency = period.currency.clone();
                sums.push(Sum { currency, monthly: None, yearly: None, triennial: None, term: 0 });
                sums.len() - 1
            }
        };
        let sum = &mut sums[at];
        sum.term = sum.term.saturating_add(term.minor);
        match cycle {
            BillingCycle::Monthly => add(&mut sum.monthly, period),
            BillingCycle::Annual => add(&mut sum.yearly, period),
            BillingCycle::Triennial => add(&mut sum.triennial, period),
            BillingCycle::None => {}
        }
    }
    (sums, without_price)
}

fn add(sum: &mut Option<i64>, money: &Money) {
    *sum = Some(sum.unwrap_or_default().saturating_add(money.minor));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn priced(currency: &str, period: i64, term: i64) -> LineTotal {
        let money = |minor| Some(Money { minor, currency: Currency(currency.into()) });
        LineTotal { line: 1, unit: None, period: money(period), term: money(term) }
    }

    #[test]
    fn sums_stand_by_currency_and_billing_and_say_what_they_lack() {
        let unpriced = LineTotal { line: 1, unit: None, period: None, term: None };
        let lines = [
            (BillingCycle::Monthly, priced("EUR", 1_000, 12_000)),
            (BillingCycle::Annual, priced("EUR", 5_000, 5_000)),
            (BillingCycle::Monthly, priced("CHF", 700, 8_400)),
            (BillingCycle::Monthly, priced("EUR", 25, 300)),
            (BillingCycle::Triennial, unpriced.clone()),
            (BillingCycle::None, unpriced),
        ];
        let (sums, without_price) = add_up(lines.iter().map(|(cycle, line)| (*cycle, line)));
        let sum = |currency: &str, monthly, yearly, term| Sum {
            currency: Currency(currency.into()),
            monthly,
            yearly,
            triennial: None,
            term,
        };
        assert_eq!(sums, [sum("EUR", Some(1_025), Some(5_000), 17_300), sum("CHF", Some(700), None, 8_400)]);
        assert_eq!(without_price, 1, "a trial needs no price");
        assert_eq!(add_up(std::iter::empty()), (Vec::new(), 0));
    }

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
