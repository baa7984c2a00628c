//! The review: what Rust froze, and what still stands against Submit.

use super::facts::Facts;
use super::{convert, order, problem_views, second_order};
use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{JourneyStep, ReviewFact, ReviewView};
use cb_domain::customer::Customer;
use cb_domain::draft::{Draft, DraftPurpose};
use cb_domain::freeze::{self, Intent};
use cb_domain::ids::{DraftId, TenantId};
use cb_domain::operation::{ConfirmAgreement, CreateCustomer};
use cb_store::{Db, StoreError};
use jiff::civil::Date;
use uuid::Uuid;

impl App {
    /// Freezes a draft for review. A draft with problems comes without a hash: it can't be submitted.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn review_draft(&self, id: String) -> AppResult<ReviewView> {
        let id: DraftId = id.parse()?;
        let open = self.open_book().await?;
        let today = self.today();
        let view = open.book.read(move |db| view(db, id, today)).await?;
        view.ok_or(AppError::NotFound)
    }
}

fn view(db: &Db, id: DraftId, today: Date) -> Result<Option<ReviewView>, StoreError> {
    let Some(draft) = db.drafts().get(id)? else { return Ok(None) };
    let facts = Facts::load(db, &draft, today)?;
    let problems = facts.problems(&draft);
    let hash = if problems.is_empty() { hash(&draft, &facts) } else { None };
    let form = &draft.content.customer;
    // Shown as it would be sent even while something is wrong with it.
    let customer = freeze::create_customer(form, TenantId(Uuid::nil()));
    let agreement = freeze::confirm_agreement(form);
    let existing = facts.customer.as_ref();
    let added = draft.purpose.is_order();
    // A customer that exists is shown as the book has it; its own form was never filled in for an added order.
    let known = existing.filter(|_| added || matches!(draft.purpose, DraftPurpose::MendAgreement { .. }));
    let of_record = facts.reseller_of_record.as_ref();
    Ok(Some(ReviewView {
        draft_id: draft.id.to_string(),
        hash: hash.unwrap_or_default(),
        purpose: convert::purpose_view(draft.purpose),
        customer_name: known.map_or_else(|| customer.company_name.clone(), |known| known.name.clone()),
        country: known.map_or_else(|| customer.country.clone(), |known| known.country.clone()),
        reseller_name: facts.reseller.as_ref().map(|reseller| reseller.name.clone()).unwrap_or_default(),
        facts: match known {
            Some(known) => {
                let signer =
                    facts_of(&customer, &agreement).into_iter().filter(|fact| !added && fact.field == "signer");
                facts_of_existing(known).into_iter().chain(signer).collect()
            }
            None => facts_of(&customer, &agreement),
        },
        order: order::view(&draft.content.lines, &facts.order_context()),
        reseller_of_record_name: of_record.map(|reseller| reseller.name.clone()).unwrap_or_default(),
        reseller_of_record_partner_id: of_record.and_then(|reseller| reseller.partner_id.clone()).unwrap_or_default(),
        journey: journey(&draft),
        agreement_date: agreement.agreed_on.filter(|_| !added).map(|day| day.to_string()),
        signer_name: if added { String::new() } else { full_name(&agreement.first_name, &agreement.last_name) },
        problems: problem_views(problems),
        unsettled: second_order::views(db, &draft)?,
    }))
}

/// Hash of what would be sent; `None` when it can't be frozen, which the problems explain.
fn hash(draft: &Draft, facts: &Facts) -> Option<String> {
    freeze::intent(&facts.wanted(draft)).and_then(|intent: Intent| intent.hash()).ok()
}

pub(super) fn full_name(first: &str, last: &str) -> String {
    format!("{first} {last}").trim().to_owned()
}

/// What will happen, in order.
fn journey(draft: &Draft) -> Vec<JourneyStep> {
    let all = [
        JourneyStep::CreateCustomer,
        JourneyStep::KeepSetupInfo,
        JourneyStep::RecordAgreement,
        JourneyStep::PlaceOrder,
    ];
    let from = match draft.purpose {
        DraftPurpose::NewCustomer | DraftPurpose::EditCustomer { .. } | DraftPurpose::MendCustomer { .. } => 0,
        DraftPurpose::AddSubscription { .. } | DraftPurpose::MendOrder { .. } => 3,
        DraftPurpose::MendAgreement { .. } => 2,
    };
    all[from..].to_vec()
}

/// Whom an added order is for.
fn facts_of_existing(customer: &Customer) -> Vec<ReviewFact> {
    [("companyName", &customer.name), ("domainPrefix", &customer.domain_prefix), ("country", &customer.country)]
        .into_iter()
        .map(|(field, value)| ReviewFact { field: field.to_owned(), values: vec![value.clone()] })
        .collect()
}

/// Frozen values by field; what is empty is left out.
fn facts_of(customer: &CreateCustomer, agreement: &ConfirmAgreement) -> Vec<ReviewFact> {
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let code_and_city = match customer.country.as_str() {
        "US" | "CA" => {
            format!("{}, {} {}", customer.city, optional(&customer.state), optional(&customer.postal_code))
        }
        "GB" | "IE" => format!("{} {}", customer.city, optional(&customer.postal_code)),
        _ => format!("{} {}", optional(&customer.postal_code), customer.city),
    };
    let state_line = match customer.country.as_str() {
        "US" | "CA" => String::new(),
        _ => optional(&customer.state),
    };
    let rows: [(&str, Vec<String>); 10] = [
        ("companyName", vec![customer.company_name.clone()]),
        ("domainPrefix", customer.prefixes.first().cloned().into_iter().collect()),
        ("fallbackPrefixes", customer.prefixes.iter().skip(1).cloned().collect()),
        ("registrationNumber", vec![optional(&customer.registration_number)]),
        (
            "address",
            vec![
                customer.address_line_1.clone(),
                optional(&customer.address_line_2),
                code_and_city,
                state_line,
                customer.country.clone(),
            ],
        ),
        ("language", vec![customer.language.clone()]),
        ("culture", vec![customer.culture.clone()]),
        ("qualification", vec![optional(&customer.qualification)]),
        (
            "contact",
            vec![
                full_name(&customer.first_name, &customer.last_name),
                customer.email.clone(),
                optional(&customer.phone),
            ],
        ),
        (
            "signer",
            vec![
                full_name(&agreement.first_name, &agreement.last_name),
                agreement.email.clone(),
                optional(&agreement.phone),
            ],
        ),
    ];
    rows.into_iter()
        .map(|(field, values)| ReviewFact {
            field: field.to_owned(),
            values: values.into_iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect(),
        })
        .filter(|fact: &ReviewFact| !fact.values.is_empty())
        .collect()
}
