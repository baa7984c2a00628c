//! Freezing: from what was typed to what will be sent. First the intent, which the person reviews and whose hash
//! Submit carries (W2); then, with ids and a time from outside, the records and operations of one Submit.

mod canonical;
mod records;

pub use canonical::{canonical, hash_of, payload_hash};
pub use records::{Frozen, Ids, Stamp, freeze, wanted_subscriptions};

use crate::catalogue::Offer;
use crate::check::{date, phone_as_sent};
use crate::country;
use crate::draft::{CustomerForm, DraftContent, DraftPurpose};
use crate::ids::{SubscriptionId, TenantId};
use crate::operation::{ConfirmAgreement, CreateCart, CreateCustomer, OperationKind, OrderLine};
use crate::order::OrderContext;
use crate::problem::Problem;
use crate::reseller::{PartnershipState, Reseller};
use jiff::civil::Date;
use serde::Serialize;
use uuid::Uuid;

/// Why a draft can't be frozen. Checked drafts never meet these, apart from a change in the book in between.
#[derive(Debug, thiserror::Error)]
pub enum FreezeError {
    /// The reseller is gone or has no tenant.
    #[error("the reseller takes no customers")]
    Reseller,
    /// A line names a product or plan that is not on sale.
    #[error("line {0} names nothing on sale")]
    Line(u32),
    /// The purpose does not fit: for example nothing is left to mend.
    #[error("nothing to freeze for this purpose")]
    Purpose,
    /// A payload could not be written as JSON.
    #[error("payload")]
    Payload(#[from] serde_json::Error),
}

/// What freezing starts from.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// What the draft is for.
    pub purpose: DraftPurpose,
    /// For a draft that mends: the kind of operation that is mended.
    pub mends: Option<OperationKind>,
    /// What was entered.
    pub content: &'a DraftContent,
    /// The reseller it is for.
    pub reseller: Option<&'a Reseller>,
    /// The reseller of record.
    pub reseller_of_record: Option<&'a Reseller>,
    /// What is on sale.
    pub offers: &'a [Offer],
    /// Today, for prices of the first term.
    pub today: Date,
}

/// What will be sent, as far as it is known before ids and time: this is what the person reviews.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Intent {
    /// Whose draft.
    pub purpose: DraftPurpose,
    /// The customer to make.
    pub customer: Option<CreateCustomer>,
    /// The agreement to record.
    pub agreement: Option<ConfirmAgreement>,
    /// The order; its subscription ids are nil until records are made.
    pub cart: Option<CreateCart>,
}

impl Intent {
    /// Hash of everything that will be sent. It depends on no id and no time of its own, so that Submit, which
    /// freezes anew, comes to the same as Review did.
    ///
    /// # Errors
    /// When it can't be written as JSON.
    pub fn hash(&self) -> Result<String, FreezeError> {
        Ok(canonical::hash(&canonical(self)?))
    }
}

/// Problems with the resellers of a draft.
#[must_use]
pub fn check_resellers(
    purpose: DraftPurpose,
    content: &DraftContent,
    reseller: Option<&Reseller>,
    of_record: Option<&Reseller>,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let needed = match purpose {
        DraftPurpose::NewCustomer | DraftPurpose::MendCustomer { .. } => true,
        DraftPurpose::AddSubscription { .. }
        | DraftPurpose::EditCustomer { .. }
        | DraftPurpose::MendOrder { .. }
        | DraftPurpose::MendAgreement { .. } => false,
    };
    if needed {
        match reseller {
            None => problems.push(Problem::new("resellerId", "required")),
            Some(reseller) if !reseller.takes_customers() => {
                problems.push(Problem::new("resellerId", "resellerNotActive"));
            }
            Some(_) => {}
        }
    }
    let fits = |reseller: &Reseller| reseller.partnership == PartnershipState::Active && reseller.partner_id.is_some();
    if content.reseller_of_record.is_some() && !of_record.is_some_and(fits) {
        problems.push(Problem::new("resellerOfRecord", "resellerOfRecordNotFit"));
    }
    problems
}

/// Freezes what was typed.
///
/// # Errors
/// See [`FreezeError`].
pub fn intent(wanted: &Wanted<'_>) -> Result<Intent, FreezeError> {
    let form = &wanted.content.customer;
    let customer = || {
        let tenant =
            wanted.reseller.filter(|reseller| reseller.takes_customers()).and_then(|reseller| reseller.tenant_id);
        Ok::<_, FreezeError>(Some(create_customer(form, tenant.ok_or(FreezeError::Reseller)?)))
    };
    let agreement = || Some(confirm_agreement(form));
    let none = Intent { purpose: wanted.purpose, customer: None, agreement: None, cart: None };
    match wanted.purpose {
        DraftPurpose::NewCustomer => {
            Ok(Intent { customer: customer()?, agreement: agreement(), cart: Some(cart(wanted)?), ..none })
        }
        DraftPurpose::AddSubscription { .. } => Ok(Intent { cart: Some(cart(wanted)?), ..none }),
        DraftPurpose::MendOrder { .. } if wanted.mends.is_some() => Ok(Intent { cart: Some(cart(wanted)?), ..none }),
        DraftPurpose::MendAgreement { .. } if wanted.mends.is_some() => Ok(Intent { agreement: agreement(), ..none }),
        DraftPurpose::MendOrder { .. } | DraftPurpose::MendAgreement { .. } | DraftPurpose::EditCustomer { .. } => {
            Err(FreezeError::Purpose)
        }
        DraftPurpose::MendCustomer { .. } => match wanted.mends {
            Some(OperationKind::CreateCustomer) => Ok(Intent { customer: customer()?, ..none }),
            Some(OperationKind::ConfirmAgreement) => Ok(Intent { agreement: agreement(), ..none }),
            Some(
                OperationKind::CreateCart
                | OperationKind::CheckoutCart
                | OperationKind::VerifyOrder
                | OperationKind::UpdateCustomerProfile
                | OperationKind::SetResellerOfRecord
                | OperationKind::ChangeSubscription
                | OperationKind::UpgradeSubscription
                | OperationKind::SetSupportContact,
            )
            | None => Err(FreezeError::Purpose),
        },
    }
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The payload that makes the customer, as Partner Center wants its values written.
#[must_use]
pub fn create_customer(form: &CustomerForm, reseller_tenant: TenantId) -> CreateCustomer {
    let rules = country::rules(&form.country);
    let shown = |field: &str| rules.is_none_or(|rules| rules.address_fields.contains(&field));
    let mut prefixes: Vec<String> = Vec::new();
    for prefix in [&form.domain_prefix, &form.fallback_prefix_1, &form.fallback_prefix_2] {
        if !prefix.is_empty() && !prefixes.contains(prefix) {
            prefixes.push(prefix.clone());
        }
    }
    CreateCustomer {
        reseller_tenant,
        prefixes,
        company_name: form.company_name.trim().to_owned(),
        country: form.country.clone(),
        // Sent only where it is demanded: elsewhere Partner Center refuses it (600002).
        registration_number: rules
            .and_then(|rules| rules.registration)
            .and_then(|rule| rule.check(&form.registration_number).ok()),
        address_line_1: form.address_line_1.trim().to_owned(),
        address_line_2: filled(&form.address_line_2),
        city: form.city.trim().to_owned(),
        state: filled(&form.state).filter(|_| shown("state")),
        postal_code: filled(&form.postal_code).filter(|_| shown("postalCode")),
        first_name: form.first_name.trim().to_owned(),
        last_name: form.last_name.trim().to_owned(),
        email: form.email.trim().to_owned(),
        phone: filled(&form.phone).map(|phone| phone_as_sent(&form.country, &phone)),
        language: form.language.clone(),
        culture: form.culture.clone(),
        qualification: filled(&form.qualification).filter(|qualification| qualification != "none"),
    }
}

/// The payload that records the agreement.
#[must_use]
pub fn confirm_agreement(form: &CustomerForm) -> ConfirmAgreement {
    ConfirmAgreement {
        first_name: form.signer_first_name.trim().to_owned(),
        last_name: form.signer_last_name.trim().to_owned(),
        email: form.signer_email.trim().to_owned(),
        phone: filled(&form.signer_phone).map(|phone| phone_as_sent(&form.country, &phone)),
        agreed_on: date(&form.agreement_date),
    }
}

fn cart(wanted: &Wanted<'_>) -> Result<CreateCart, FreezeError> {
    let forms = &wanted.content.lines;
    let context = OrderContext { today: wanted.today, offers: wanted.offers, existing: &[] };
    let number_of = |line: u32| forms.iter().zip(0u32..).find(|(form, _)| form.line == line).map(|(_, number)| number);
    let mut lines = Vec::with_capacity(forms.len());
    for (form, number) in forms.iter().zip(0u32..) {
        let (offer, plan) = context.plan(form).ok_or(FreezeError::Line(form.line))?;
        lines.push(OrderLine {
            number,
            subscription_id: SubscriptionId(Uuid::nil()),
            sku: form.sku.clone(),
            title: offer.title.clone(),
            quantity: form.quantity,
            term: form.term,
            cycle: form.cycle,
            term_price: plan.term_price.clone(),
            custom_end: form.custom_end.as_deref().and_then(date),
            base_number: form.base_line.and_then(number_of),
        });
    }
    Ok(CreateCart {
        reseller_partner_id: wanted.reseller_of_record.and_then(|reseller| reseller.partner_id.clone()),
        lines,
    })
}

#[cfg(test)]
mod tests;
