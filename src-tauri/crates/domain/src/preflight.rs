//! Preflight: guards against the mistakes that burn a domain prefix for good, as lines beside the form.

use crate::check::{PREFIX_MAX, company};
use crate::country;
use crate::draft::CustomerForm;
use crate::problem::Problem;
use crate::reseller::{Fitness, Reseller};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// The legal name.
    CompanyName,
    /// The prefix is well formed.
    DomainPrefix,
    /// The registration number.
    RegistrationNumber,
    /// The postal code fits the country.
    PostalCode,
    /// The contact can be reached.
    Contact,
    /// The signer is named.
    Signer,
    /// A likely duplicate.
    Duplicate,
    /// The prefix is free.
    DomainFree,
    /// The address is known to Microsoft.
    AddressKnown,
    /// The reseller is fit to order.
    ResellerFit,
}

/// How a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// In order.
    Good,
    /// Still to fill in.
    Open,
    /// Would be refused.
    Problem,
    /// Look at it; blocks nothing.
    Warning,
    /// Checked when sent.
    WhenSent,
    /// Being asked in the background.
    Asking,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is about.
    pub item: Item,
    /// How it stands.
    pub state: State,
    /// Field path to go to; empty when none.
    pub field: String,
    /// Fact to show.
    pub detail: String,
    /// When it was last known.
    pub at: Option<Timestamp>,
}

/// What Partner Center said of a draft when it was asked in the background. It counts only for the very prefix and
/// address that were asked for; anything typed since makes it *checked when sent* again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OnlineAnswers {
    /// A question is under way.
    pub asking: bool,
    /// Prefix that was asked for.
    pub prefix: String,
    /// Whether it is free; `None` when no answer came.
    pub domain_free: Option<bool>,
    /// Address that was asked for, as [`address_key`] writes it.
    pub address: String,
    /// Whether it is known; `None` when no answer came.
    pub address_accepted: Option<bool>,
    /// The server's suggestion.
    pub suggestion: Option<String>,
    /// When the answers came.
    pub at: Option<Timestamp>,
}

/// The address of a form as one text, to tell whether an answer is about it.
#[must_use]
pub fn address_key(form: &CustomerForm) -> String {
    [&form.country, &form.address_line_1, &form.address_line_2, &form.postal_code, &form.city, &form.state]
        .map(|part| part.trim().to_owned())
        .join("\u{1f}")
}

/// The lines for a form, given the problems found in it.
#[must_use]
pub fn lines(
    form: &CustomerForm,
    problems: &[Problem],
    has_duplicate: bool,
    online: &OnlineAnswers,
    reseller: Option<&Reseller>,
) -> Vec<Line> {
    let look = |item, fields: &[&str], detail: String| judged(item, fields, problems, detail);
    let mut lines = Vec::new();
    let mut company = look(Item::CompanyName, &["companyName"], String::new());
    if company.state == State::Good && company::looks_like_domain(&form.company_name) {
        company.state = State::Warning;
        company.field = "customer.companyName".into();
    }
    lines.push(company);
    lines.push(look(
        Item::DomainPrefix,
        &["domainPrefix", "fallbackPrefix1", "fallbackPrefix2"],
        format!("{}/{PREFIX_MAX}", form.domain_prefix.chars().count()),
    ));
    let rules = country::rules(&form.country);
    if rules.is_some_and(|rules| rules.registration.is_some()) {
        lines.push(look(Item::RegistrationNumber, &["registrationNumber"], form.country.clone()));
    }
    lines.push(look(Item::PostalCode, &["country", "postalCode"], form.country.clone()));
    lines.push(look(Item::Contact, &["firstName", "lastName", "email", "phone", "language", "culture"], String::new()));
    lines.push(look(
        Item::Signer,
        &["signerFirstName", "signerLastName", "signerEmail", "signerPhone", "agreementDate"],
        String::new(),
    ));
    if has_duplicate {
        lines.push(line(Item::Duplicate, State::Warning));
    }
    lines.push(domain_free(form, online));
    lines.push(address_known(form, online));
    lines.push(reseller_fit(reseller));
    lines
}

fn line(item: Item, state: State) -> Line {
    Line { item, state, field: String::new(), detail: String::new(), at: None }
}

/// A line over some fields: the first real problem counts, then whatever is still to fill in.
fn judged(item: Item, fields: &[&str], problems: &[Problem], detail: String) -> Line {
    let of_item =
        |problem: &&Problem| problem.field.strip_prefix("customer.").is_some_and(|field| fields.contains(&field));
    let wrong = problems.iter().filter(of_item).find(|problem| problem.key != "required");
    let missing = problems.iter().filter(of_item).find(|problem| problem.key == "required");
    match (wrong, missing) {
        (Some(problem), _) => Line {
            field: problem.field.clone(),
            detail: if detail.is_empty() { problem.expected.clone() } else { detail },
            ..line(item, State::Problem)
        },
        (None, Some(problem)) => Line { field: problem.field.clone(), detail, ..line(item, State::Open) },
        (None, None) => Line { detail, ..line(item, State::Good) },
    }
}

fn domain_free(form: &CustomerForm, online: &OnlineAnswers) -> Line {
    let asked = !form.domain_prefix.is_empty() && online.prefix == form.domain_prefix;
    let (state, at) = match online.domain_free {
        Some(free) if asked => (if free { State::Good } else { State::Problem }, online.at),
        _ if asked && online.asking => (State::Asking, None),
        _ => (State::WhenSent, None),
    };
    let field = if state == State::Problem { "customer.domainPrefix".into() } else { String::new() };
    Line { field, detail: form.domain_prefix.clone(), at, ..line(Item::DomainFree, state) }
}

fn address_known(form: &CustomerForm, online: &OnlineAnswers) -> Line {
    let asked = online.address == address_key(form);
    match online.address_accepted {
        Some(true) if asked => Line { at: online.at, ..line(Item::AddressKnown, State::Good) },
        // Only a warning: Partner Center's address check errs, and creation decides.
        Some(false) if asked => Line {
            field: "customer.addressLine1".into(),
            detail: online.suggestion.clone().unwrap_or_default(),
            at: online.at,
            ..line(Item::AddressKnown, State::Warning)
        },
        _ if asked && online.asking => line(Item::AddressKnown, State::Asking),
        _ => line(Item::AddressKnown, State::WhenSent),
    }
}

fn reseller_fit(reseller: Option<&Reseller>) -> Line {
    let Some(reseller) = reseller else { return line(Item::ResellerFit, State::WhenSent) };
    let state = match reseller.fitness {
        // Asked again before sending, so a good answer from before is only a hint.
        Fitness::Fit | Fitness::Unknown => State::WhenSent,
        Fitness::AgreementNotSigned | Fitness::PartnerIdNotValid | Fitness::Suspended => State::Warning,
    };
    let detail = match reseller.fitness {
        Fitness::Fit => "fit",
        Fitness::AgreementNotSigned => "agreement_not_signed",
        Fitness::PartnerIdNotValid => "partner_id_not_valid",
        Fitness::Suspended => "suspended",
        Fitness::Unknown => "",
    };
    Line { detail: detail.to_owned(), at: reseller.fitness_checked_at, ..line(Item::ResellerFit, state) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(lines: &[Line], item: Item) -> Option<State> {
        lines.iter().find(|line| line.item == item).map(|line| line.state)
    }

    #[test]
    fn a_problem_outweighs_what_is_still_open() {
        let problems = [Problem::new("customer.firstName", "required"), Problem::new("customer.email", "emailForm")];
        let lines = lines(&CustomerForm::default(), &problems, false, &OnlineAnswers::default(), None);
        let contact = lines.iter().find(|line| line.item == Item::Contact).unwrap();
        assert_eq!((contact.state, contact.field.as_str()), (State::Problem, "customer.email"));
        assert_eq!(state(&lines, Item::Signer), Some(State::Good));
        assert_eq!(state(&lines, Item::Duplicate), None);
        assert_eq!(state(&lines, Item::RegistrationNumber), None, "only where the country demands it");
    }

    #[test]
    fn an_answer_counts_only_for_what_was_asked() {
        let mut form =
            CustomerForm { domain_prefix: "zielony".into(), city: "Gdańsk".into(), ..CustomerForm::default() };
        let online = OnlineAnswers {
            prefix: "zielony".into(),
            domain_free: Some(true),
            address: address_key(&form),
            address_accepted: Some(false),
            ..OnlineAnswers::default()
        };
        let asked = lines(&form, &[], true, &online, None);
        assert_eq!(state(&asked, Item::DomainFree), Some(State::Good));
        assert_eq!(state(&asked, Item::AddressKnown), Some(State::Warning));
        assert_eq!(state(&asked, Item::Duplicate), Some(State::Warning));
        form.domain_prefix.push('x');
        form.city.push('x');
        let typed_on = lines(&form, &[], false, &online, None);
        assert_eq!(state(&typed_on, Item::DomainFree), Some(State::WhenSent));
        assert_eq!(state(&typed_on, Item::AddressKnown), Some(State::WhenSent));
    }

    #[test]
    fn asking_and_taken_show() {
        let form = CustomerForm { domain_prefix: "z".into(), ..CustomerForm::default() };
        let mut online = OnlineAnswers { asking: true, prefix: "z".into(), ..OnlineAnswers::default() };
        assert_eq!(domain_free(&form, &online).state, State::Asking);
        online.domain_free = Some(false);
        assert_eq!(domain_free(&form, &online).state, State::Problem);
    }

    #[test]
    fn a_name_like_a_domain_is_only_a_warning() {
        let form = CustomerForm { company_name: "contoso.com".into(), ..CustomerForm::default() };
        let lines = lines(&form, &[], false, &OnlineAnswers::default(), None);
        assert_eq!(state(&lines, Item::CompanyName), Some(State::Warning));
    }
}
