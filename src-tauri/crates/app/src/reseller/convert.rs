//! Words of the domain in the words of the screens.

use crate::views::{AnswerView, FixerView, ShieldKind, ShieldView, UnfitView};
use cb_domain::fitness::{Unfit, Verdict, verdict};
use cb_domain::operation::Fixer;
use cb_domain::reseller::Reseller;
use jiff::{SignedDuration, Timestamp};

/// The shield of a reseller at this moment.
pub(crate) fn shield(reseller: &Reseller, now: Timestamp) -> ShieldView {
    let found = verdict(reseller, now);
    let (kind, reason, checked_at) = match found {
        Verdict::Fit { checked_at } => (ShieldKind::Fit, None, Some(checked_at)),
        Verdict::NotFit { reason, checked_at } => (ShieldKind::NotFit, Some(reason), checked_at),
        Verdict::Unknown { since: Some(since) } => (ShieldKind::Stale, None, Some(since)),
        Verdict::Unknown { since: None } => (ShieldKind::Unknown, None, None),
    };
    let age = checked_at.map_or(SignedDuration::ZERO, |at| now.duration_since(at));
    ShieldView {
        kind,
        reason: reason.map(unfit),
        fixer: reason.map(|reason| fixer(reason.fixer())),
        checked_at: checked_at.map(|at| at.to_string()),
        days: u32::try_from(age.as_hours() / 24).unwrap_or(0),
    }
}

pub(super) fn unfit(reason: Unfit) -> UnfitView {
    match reason {
        Unfit::NotRequested => UnfitView::NotRequested,
        Unfit::NotAccepted => UnfitView::NotAccepted,
        Unfit::Declined => UnfitView::Declined,
        Unfit::Ended => UnfitView::Ended,
        Unfit::PartnerIdMissing => UnfitView::PartnerIdMissing,
        Unfit::PartnerIdNotValid => UnfitView::PartnerIdNotValid,
        Unfit::AgreementNotSigned => UnfitView::AgreementNotSigned,
        Unfit::Suspended => UnfitView::Suspended,
    }
}

fn fixer(fixer: Fixer) -> FixerView {
    match fixer {
        Fixer::Us => FixerView::Us,
        Fixer::Reseller => FixerView::Reseller,
        Fixer::Customer => FixerView::Customer,
        Fixer::Microsoft => FixerView::Microsoft,
    }
}

pub(super) fn answer(found: Option<bool>) -> AnswerView {
    match found {
        Some(true) => AnswerView::Yes,
        Some(false) => AnswerView::No,
        None => AnswerView::Open,
    }
}
