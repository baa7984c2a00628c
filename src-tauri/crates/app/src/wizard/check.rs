//! Everything that Rust says of a draft while it is typed.

use super::facts::Facts;
use super::{order, problem_views, told};
use crate::lists::online::OnlineFindings;
use crate::views::{CountryFormView, DraftCheck, DuplicateView, PreflightItem, PreflightLine, PreflightState};
use cb_domain::country;
use cb_domain::customer::Customer;
use cb_domain::draft::{Draft, DraftPurpose};
use cb_domain::duplicate::{self, Because};
use cb_domain::preflight::{self, Item, Line, State};

/// The check of a draft.
pub(super) fn check(draft: &Draft, facts: &Facts, online: &OnlineFindings) -> DraftCheck {
    let problems = facts.problems(draft);
    let form = &draft.content.customer;
    let (duplicates, lines) = match draft.purpose {
        DraftPurpose::AddSubscription { .. }
        | DraftPurpose::MendOrder { .. }
        | DraftPurpose::MendAgreement { .. }
        | DraftPurpose::EditCustomer { .. } => (Vec::new(), Vec::new()),
        DraftPurpose::NewCustomer | DraftPurpose::MendCustomer { .. } => {
            let duplicates = duplicates(draft, facts);
            let answers = online.answers(form, draft.content.reseller_id);
            let lines = preflight::lines(form, &problems, !duplicates.is_empty(), &answers, facts.reseller.as_ref());
            (duplicates, lines)
        }
    };
    DraftCheck {
        country: country_form(&form.country),
        problems: problem_views(problems),
        preflight: lines.into_iter().map(line_view).collect(),
        duplicates,
        order: order::view(&draft.content.lines, &facts.order_context()),
    }
}

fn duplicates(draft: &Draft, facts: &Facts) -> Vec<DuplicateView> {
    let book: Vec<Customer> = facts.similar.iter().map(|(customer, _)| customer.clone()).collect();
    let except = facts.customer.as_ref().map(|customer| customer.id);
    let found = duplicate::find(&draft.content.customer, &book, except);
    found
        .into_iter()
        .filter_map(|(id, because)| {
            let (customer, seats) = facts.similar.iter().find(|(customer, _)| customer.id == id)?;
            Some(DuplicateView {
                customer_id: id.to_string(),
                name: customer.name.clone(),
                town: customer.town.clone(),
                domain_prefix: customer.domain_prefix.clone(),
                seats: *seats,
                because: match because {
                    Because::Domain => "domain",
                    Because::RegistrationNumber => "registration_number",
                    Because::NameAndTown => "name_and_town",
                    Because::Email => "email",
                }
                .to_owned(),
            })
        })
        .collect()
}

/// The form of a country; of no country as long as none is chosen.
fn country_form(iso: &str) -> CountryFormView {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let Some(rules) = country::rules(iso) else {
        let address = ["addressLine1", "addressLine2", "postalCode", "city"];
        let required = ["companyName", "country", "domainPrefix", "addressLine1", "city", "firstName", "lastName"];
        let further = ["email", "language", "culture", "signerFirstName", "signerLastName", "signerEmail"];
        return CountryFormView {
            country: String::new(),
            address_fields: texts(&address),
            required: texts(&[required.as_slice(), further.as_slice()].concat()),
            states: Vec::new(),
            state_label: "state".to_owned(),
            postal_label: "postal_code".to_owned(),
            postal_example: String::new(),
            registration_required: false,
            registration_names: String::new(),
            phone_example: String::new(),
            phone_required: false,
            languages: Vec::new(),
            cultures: Vec::new(),
        };
    };
    CountryFormView {
        country: iso.to_owned(),
        address_fields: texts(rules.address_fields),
        required: texts(&rules.required_fields()),
        states: texts(rules.states),
        state_label: rules.state_label.to_owned(),
        postal_label: rules.postal_label.to_owned(),
        postal_example: rules.postal.map(|postal| postal.example.to_owned()).unwrap_or_default(),
        registration_required: rules.registration.is_some(),
        registration_names: rules.registration.map(|rule| rule.names.to_owned()).unwrap_or_default(),
        phone_example: match (rules.phone_example, rules.calling_code) {
            ("", "") => String::new(),
            ("", code) => format!("+{code} …"),
            (example, _) => example.to_owned(),
        },
        phone_required: rules.phone_required(),
        languages: texts(rules.languages),
        cultures: texts(rules.cultures),
    }
}

fn line_view(line: Line) -> PreflightLine {
    let item = match line.item {
        Item::CompanyName => PreflightItem::CompanyName,
        Item::DomainPrefix => PreflightItem::DomainPrefix,
        Item::RegistrationNumber => PreflightItem::RegistrationNumber,
        Item::PostalCode => PreflightItem::PostalCode,
        Item::Contact => PreflightItem::Contact,
        Item::Signer => PreflightItem::Signer,
        Item::Duplicate => PreflightItem::Duplicate,
        Item::DomainFree => PreflightItem::DomainFree,
        Item::AddressKnown => PreflightItem::AddressKnown,
        Item::ResellerFit => PreflightItem::ResellerFit,
    };
    let state = match line.state {
        State::Good => PreflightState::Good,
        State::Open => PreflightState::Open,
        State::Problem => PreflightState::Problem,
        State::Warning => PreflightState::Warning,
        State::WhenSent => PreflightState::WhenSent,
        State::Asking => PreflightState::Asking,
    };
    PreflightLine { item, state, field: line.field, detail: line.detail, at: line.at.map(told) }
}
