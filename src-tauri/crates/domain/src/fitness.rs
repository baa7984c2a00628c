//! Fitness to order: may an order name this reseller, why not, and who can mend it.
//!
//! Two answers of Partner Center make it up: has the reseller signed the Microsoft Partner Agreement, and is its
//! PartnerID one that may stand on record (`domain.md` section 4, *Reseller errors*). A good answer grows old; a bad
//! one stays until it is asked again. Nothing here ever stops offline work: what is not known says so.

use crate::operation::Fixer;
use crate::reseller::{Fitness, PartnershipState, Reseller};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a good answer is believed. Microsoft checks resellers yearly and suspends them within days.
pub const GOOD_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);
/// After this a check is made again in the background.
pub const CHECK_AGAIN: SignedDuration = SignedDuration::from_hours(12);

/// PartnerID is not that of an indirect reseller.
pub const NOT_A_RESELLER: u32 = 800_016;
/// PartnerID is not linked to an active reseller tenant.
pub const INACTIVE: u32 = 900_154;
/// Microsoft Partner Agreement is missing.
pub const AGREEMENT_MISSING: u32 = 900_123;
/// It is the provider's own PartnerID.
pub const OWN_ID: u32 = 2072;

/// What Partner Center answered about one reseller. `None` means that the question was not answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// The Microsoft Partner Agreement is signed.
    pub agreement_signed: Option<bool>,
    /// The PartnerID may stand on record: `Ok`, or Partner Center's code (0 when it gave none).
    pub on_record: Option<Result<(), u32>>,
}

/// The findings in one word, the most urgent fault first. Fit only when both questions were answered well.
#[must_use]
pub fn judge(findings: Findings) -> Fitness {
    match (findings.on_record, findings.agreement_signed) {
        (Some(Err(INACTIVE)), _) => Fitness::Suspended,
        (Some(Err(AGREEMENT_MISSING)), _) => Fitness::AgreementNotSigned,
        (Some(Err(_)), _) => Fitness::PartnerIdNotValid,
        (Some(Ok(())) | None, Some(false)) => Fitness::AgreementNotSigned,
        (Some(Ok(())), Some(true)) => Fitness::Fit,
        (Some(Ok(())), None) | (None, Some(true) | None) => Fitness::Unknown,
    }
}

/// Why no order may name a reseller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unfit {
    /// Its request has not been sent.
    NotRequested,
    /// It has not accepted yet.
    NotAccepted,
    /// It declined.
    Declined,
    /// The partnership is gone.
    Ended,
    /// The book has no PartnerID for it.
    PartnerIdMissing,
    /// Its PartnerID may not stand on record.
    PartnerIdNotValid,
    /// It has not signed the Microsoft Partner Agreement.
    AgreementNotSigned,
    /// Microsoft has suspended it.
    Suspended,
}

impl Unfit {
    /// Who can mend it.
    #[must_use]
    pub fn fixer(self) -> Fixer {
        match self {
            Self::NotRequested | Self::Declined | Self::Ended | Self::PartnerIdMissing => Fixer::Us,
            Self::NotAccepted | Self::PartnerIdNotValid | Self::AgreementNotSigned | Self::Suspended => Fixer::Reseller,
        }
    }
}

/// May an order name it?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Yes, as checked then.
    Fit { checked_at: Timestamp },
    /// No.
    NotFit { reason: Unfit, checked_at: Option<Timestamp> },
    /// Not known; the last good answer is from then, if there ever was one. Partner Center checks when it is sent.
    Unknown { since: Option<Timestamp> },
}

impl Verdict {
    /// Known to be refused.
    #[must_use]
    pub fn is_not_fit(self) -> bool {
        match self {
            Self::NotFit { .. } => true,
            Self::Fit { .. } | Self::Unknown { .. } => false,
        }
    }
}

/// Judges what the book knows of a reseller at this moment.
#[must_use]
pub fn verdict(reseller: &Reseller, now: Timestamp) -> Verdict {
    let checked_at = reseller.fitness_checked_at;
    let not_fit = |reason| Verdict::NotFit { reason, checked_at };
    match reseller.partnership {
        PartnershipState::Draft => return Verdict::NotFit { reason: Unfit::NotRequested, checked_at: None },
        PartnershipState::Requested => return Verdict::NotFit { reason: Unfit::NotAccepted, checked_at: None },
        PartnershipState::Declined => return Verdict::NotFit { reason: Unfit::Declined, checked_at: None },
        PartnershipState::Ended => return Verdict::NotFit { reason: Unfit::Ended, checked_at: None },
        PartnershipState::Active => {}
    }
    if reseller.partner_id.as_deref().is_none_or(str::is_empty) {
        return not_fit(Unfit::PartnerIdMissing);
    }
    match (reseller.fitness, checked_at) {
        (Fitness::AgreementNotSigned, _) => not_fit(Unfit::AgreementNotSigned),
        (Fitness::PartnerIdNotValid, _) => not_fit(Unfit::PartnerIdNotValid),
        (Fitness::Suspended, _) => not_fit(Unfit::Suspended),
        (Fitness::Fit, Some(checked_at)) if now.duration_since(checked_at) <= GOOD_FOR => Verdict::Fit { checked_at },
        (Fitness::Fit | Fitness::Unknown, since) => Verdict::Unknown { since },
    }
}

/// A check in the background is due.
#[must_use]
pub fn check_is_due(reseller: &Reseller, now: Timestamp) -> bool {
    reseller.partnership == PartnershipState::Active
        && (reseller.fitness == Fitness::Unknown
            || reseller.fitness_checked_at.is_none_or(|at| now.duration_since(at) >= CHECK_AGAIN))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reseller::sample;

    #[test]
    fn the_most_urgent_fault_is_named_and_fit_needs_both_answers() {
        use Fitness as F;
        let cases = [
            (Some(true), Some(Ok(())), F::Fit),
            (None, Some(Ok(())), F::Unknown),
            (Some(true), None, F::Unknown),
            (None, None, F::Unknown),
            (Some(false), None, F::AgreementNotSigned),
            (Some(false), Some(Ok(())), F::AgreementNotSigned),
            (None, Some(Err(AGREEMENT_MISSING)), F::AgreementNotSigned),
            (Some(false), Some(Err(INACTIVE)), F::Suspended),
            (Some(true), Some(Err(INACTIVE)), F::Suspended),
            (Some(true), Some(Err(NOT_A_RESELLER)), F::PartnerIdNotValid),
            (Some(true), Some(Err(OWN_ID)), F::PartnerIdNotValid),
            (Some(false), Some(Err(0)), F::PartnerIdNotValid),
        ];
        for (agreement_signed, on_record, expected) in cases {
            let findings = Findings { agreement_signed, on_record };
            assert_eq!(judge(findings), expected, "{findings:?}");
        }
    }

    #[test]
    fn verdicts_by_partnership_answer_and_age() {
        let now: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
        let hours = |hours| now - SignedDuration::from_hours(hours);
        let with = |partnership, fitness, at: Option<i64>| {
            let mut one = sample("Birch");
            (one.partnership, one.fitness, one.fitness_checked_at) = (partnership, fitness, at.map(hours));
            one
        };
        use Fitness as F;
        use PartnershipState as P;
        let week = 7 * 24;
        for (partnership, fitness, at, expected) in [
            (P::Active, F::Fit, Some(1), Verdict::Fit { checked_at: hours(1) }),
            (P::Active, F::Fit, Some(week), Verdict::Fit { checked_at: hours(week) }),
            (P::Active, F::Fit, Some(week + 1), Verdict::Unknown { since: Some(hours(week + 1)) }),
            (P::Active, F::Fit, None, Verdict::Unknown { since: None }),
            (P::Active, F::Unknown, None, Verdict::Unknown { since: None }),
            // A bad answer does not get better by waiting.
            (
                P::Active,
                F::Suspended,
                Some(week * 9),
                Verdict::NotFit { reason: Unfit::Suspended, checked_at: Some(hours(week * 9)) },
            ),
            (
                P::Active,
                F::AgreementNotSigned,
                Some(1),
                Verdict::NotFit { reason: Unfit::AgreementNotSigned, checked_at: Some(hours(1)) },
            ),
            (
                P::Active,
                F::PartnerIdNotValid,
                None,
                Verdict::NotFit { reason: Unfit::PartnerIdNotValid, checked_at: None },
            ),
            // Without a partnership an old check says nothing.
            (P::Requested, F::Fit, Some(1), Verdict::NotFit { reason: Unfit::NotAccepted, checked_at: None }),
            (P::Draft, F::Unknown, None, Verdict::NotFit { reason: Unfit::NotRequested, checked_at: None }),
            (P::Declined, F::Unknown, None, Verdict::NotFit { reason: Unfit::Declined, checked_at: None }),
            (P::Ended, F::Fit, Some(1), Verdict::NotFit { reason: Unfit::Ended, checked_at: None }),
        ] {
            assert_eq!(verdict(&with(partnership, fitness, at), now), expected, "{partnership:?} {fitness:?} {at:?}");
        }
        let mut nameless = with(P::Active, F::Fit, Some(1));
        nameless.partner_id = None;
        assert_eq!(
            verdict(&nameless, now),
            Verdict::NotFit { reason: Unfit::PartnerIdMissing, checked_at: Some(hours(1)) }
        );
    }

    #[test]
    fn checks_are_made_again_twice_a_day_and_only_for_active_ones() {
        let now: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
        let mut one = sample("Birch");
        one.partnership = PartnershipState::Active;
        one.fitness = Fitness::Fit;
        for (hours, due) in [(1, false), (11, false), (12, true), (99, true)] {
            one.fitness_checked_at = Some(now - SignedDuration::from_hours(hours));
            assert_eq!(check_is_due(&one, now), due, "{hours}");
        }
        one.fitness_checked_at = Some(now);
        one.fitness = Fitness::Unknown;
        assert!(check_is_due(&one, now), "what is not known is asked");
        one.partnership = PartnershipState::Ended;
        assert!(!check_is_due(&one, now));
    }
}
