//! Comparing three states of a subscription: what the person looked at, what is wanted, what is there now. A change looks
//! at the fields that it would change or lose, and at nothing else: somebody else's other change stays as it is.

use super::{Change, EndInstruction, NextTerm, Values};
use crate::profile::FieldDifference;
use crate::subscription::SubscriptionStatus;

/// Fields of a difference, by the names that screens know.
pub const FIELDS: [&str; 8] = ["quantity", "autoRenew", "termEnd", "nextTerm", "status", "product", "term", "cycle"];

/// A field of a subscription that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TermField {
    Quantity,
    AutoRenew,
    TermEnd,
    NextTerm,
    Status,
    Product,
    Term,
    Cycle,
}

impl TermField {
    /// Its name on the screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quantity => FIELDS[0],
            Self::AutoRenew => FIELDS[1],
            Self::TermEnd => FIELDS[2],
            Self::NextTerm => FIELDS[3],
            Self::Status => FIELDS[4],
            Self::Product => FIELDS[5],
            Self::Term => FIELDS[6],
            Self::Cycle => FIELDS[7],
        }
    }
}

/// What a change would change or lose: only these must be as the person saw them.
#[must_use]
pub fn watched(change: &Change) -> &'static [TermField] {
    use TermField as F;
    match change {
        // Licences and a cancellation drop what is planned.
        Change::Licences { .. } => &[F::Quantity, F::NextTerm, F::Status, F::Product],
        Change::Cancel => &[F::Quantity, F::NextTerm, F::Status, F::Product],
        Change::AutoRenew { .. } => &[F::AutoRenew, F::TermEnd, F::NextTerm, F::Status],
        Change::AtRenewal { .. } => &[F::NextTerm, F::AutoRenew, F::Status, F::Product],
        Change::DropAtRenewal => &[F::NextTerm, F::Status],
        Change::Suspend | Change::Resume => &[F::Status, F::NextTerm],
    }
}

/// The values after the change.
#[must_use]
pub fn apply(values: &Values, change: &Change) -> Values {
    let mut after = values.clone();
    match change {
        Change::Licences { quantity } => {
            after.quantity = *quantity;
            after.next_term = None;
        }
        Change::AutoRenew { on, end } => {
            after.auto_renew = *on;
            after.end = if *on { EndInstruction::None } else { *end };
            if !on {
                after.next_term = None;
            }
        }
        Change::AtRenewal { next } => {
            after.auto_renew = true;
            after.end = EndInstruction::None;
            after.next_term = Some(next.clone());
        }
        Change::DropAtRenewal => after.next_term = None,
        Change::Cancel => {
            after.status = SubscriptionStatus::Deleted;
            after.next_term = None;
        }
        Change::Suspend => {
            after.status = SubscriptionStatus::Suspended;
            after.auto_renew = false;
            after.next_term = None;
        }
        Change::Resume => after.status = SubscriptionStatus::Active,
    }
    after
}

/// The change is carried out: by an earlier try, or by somebody who wanted the same.
#[must_use]
pub fn is_done(theirs: &Values, change: &Change) -> bool {
    match change {
        Change::Licences { quantity } => theirs.quantity == *quantity && theirs.status != SubscriptionStatus::Deleted,
        Change::AutoRenew { on, end } => theirs.auto_renew == *on && (*on || theirs.end == *end),
        Change::AtRenewal { next } => theirs.auto_renew && theirs.next_term.as_ref() == Some(next),
        Change::DropAtRenewal => theirs.next_term.is_none(),
        Change::Cancel => theirs.status == SubscriptionStatus::Deleted,
        Change::Suspend => theirs.status == SubscriptionStatus::Suspended,
        Change::Resume => theirs.status == SubscriptionStatus::Active,
    }
}

/// A field as text, the same for the same value.
#[must_use]
pub fn text(values: &Values, field: TermField) -> String {
    match field {
        TermField::Quantity => values.quantity.to_string(),
        TermField::AutoRenew => if values.auto_renew { "on" } else { "off" }.to_owned(),
        TermField::TermEnd => match values.end {
            EndInstruction::None => String::new(),
            EndInstruction::Cancel => "cancel".to_owned(),
            EndInstruction::Extend => "extend".to_owned(),
        },
        TermField::NextTerm => values.next_term.as_ref().map(next_text).unwrap_or_default(),
        TermField::Status => word(values.status),
        TermField::Product => key(&values.sku.product_id, &values.sku.sku_id),
        TermField::Term => word(values.term),
        TermField::Cycle => word(values.cycle),
    }
}

fn key(product: &str, sku: &str) -> String {
    let text = if sku.is_empty() { product.to_owned() } else { format!("{product}:{sku}") };
    text.to_ascii_uppercase()
}

/// `50 × CFQ…:0001, P1Y, monthly`.
fn next_text(next: &NextTerm) -> String {
    let product = key(&next.sku.product_id, &next.sku.sku_id);
    format!("{} × {product}, {}, {}", next.quantity, word(next.term), word(next.cycle))
}

fn word(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(_) | Err(_) => String::new(),
    }
}

/// The watched fields in which the three are not the same. Without one that differs between `base` and `theirs` there is
/// nothing to decide.
#[must_use]
pub fn differences(base: &Values, change: &Change, theirs: &Values) -> Vec<FieldDifference> {
    let mine = apply(base, change);
    watched(change)
        .iter()
        .map(|field| FieldDifference {
            field: field.name(),
            base: text(base, *field),
            mine: text(&mine, *field),
            theirs: text(theirs, *field),
        })
        .filter(|one| one.base != one.mine || one.base != one.theirs)
        .collect()
}
