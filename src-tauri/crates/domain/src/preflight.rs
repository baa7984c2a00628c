//! Preflight: guards against the mistakes that burn a domain prefix for good, as lines beside the form.

use crate::check::{PREFIX_MAX, company};
use crate::country;
use crate::draft::CustomerForm;
use crate::problem::Problem;
use crate::reseller::{Fitness, Reseller};
use jiff::Timestamp;

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

/// What Partner Center said of a draft when it was asked in the background. Whoever fills it in takes only answers to
/// the very prefix, address and reseller that stand in the form now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OnlineAnswers {
    /// Questions are under way.
    pub asking: bool,
    /// Whether the prefix is free.
    pub domain_free: Option<(bool, Timestamp)>,
    /// What was said of the address.
    pub address: Option<AddressAnswer>,
    /// Fitness of the reseller.
    pub reseller: Option<(Fitness, Timestamp)>,
}

/// What Partner Center said of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressAnswer {
    /// It is known.
    pub accepted: bool,
    /// How Partner Center would write it.
    pub suggestion: Option<String>,
    /// When it was said.
    pub at: Timestamp,
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
    // Nothing is asked about a prefix that is not there or would be refused, and nothing is said of it.
    if lines.iter().any(|line| line.item == Item::DomainPrefix && line.state == State::Good) {
        lines.push(domain_free(form, online));
    }
    lines.push(address_known(form, online));
    lines.push(reseller_fit(reseller, online));
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
    let known = match online.domain_free {
        Some((true, at)) => Line { at: Some(at), ..line(Item::DomainFree, State::Good) },
        Some((false, at)) => {
            Line { field: "customer.domainPrefix".into(), at: Some(at), ..line(Item::DomainFree, State::Problem) }
        }
        None if online.asking => line(Item::DomainFree, State::Asking),
        None => line(Item::DomainFree, State::WhenSent),
    };
    Line { detail: form.domain_prefix.clone(), ..known }
}

fn address_known(form: &CustomerForm, online: &OnlineAnswers) -> Line {
    match &online.address {
        Some(said) if said.accepted => Line { at: Some(said.at), ..line(Item::AddressKnown, State::Good) },
        // Only a warning: Partner Center's address check errs, and creation decides.
        Some(said) => Line {
            field: "customer.addressLine1".into(),
            detail: said.suggestion.clone().unwrap_or_default(),
            at: Some(said.at),
            ..line(Item::AddressKnown, State::Warning)
        },
        None if online.asking && !form.address_line_1.trim().is_empty() => line(Item::AddressKnown, State::Asking),
        None => line(Item::AddressKnown, State::WhenSent),
    }
}

fn reseller_fit(reseller: Option<&Reseller>, online: &OnlineAnswers) -> Line {
    let Some(reseller) = reseller else { return line(Item::ResellerFit, State::WhenSent) };
    let (fitness, at) = match online.reseller {
        Some((fitness, at)) => (fitness, Some(at)),
        None => (reseller.fitness, reseller.fitness_checked_at),
    };
    let (state, detail) = match fitness {
        // A good answer from before is only a hint: it is asked again before sending.
        Fitness::Fit if online.reseller.is_none() => (State::WhenSent, "fit"),
        Fitness::Fit => (State::Good, "fit"),
        Fitness::Unknown => (State::WhenSent, ""),
        Fitness::AgreementNotSigned => (State::Warning, "agreement_not_signed"),
        Fitness::PartnerIdNotValid => (State::Warning, "partner_id_not_valid"),
        Fitness::Suspended => (State::Warning, "suspended"),
    };
    Line { detail: detail.to_owned(), at, ..line(Item::ResellerFit, state) }
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
    fn answers_show_and_questions_too() {
        let form = CustomerForm { domain_prefix: "z".into(), address_line_1: "x".into(), ..CustomerForm::default() };
        let at = Timestamp::UNIX_EPOCH;
        let silent = lines(&form, &[], true, &OnlineAnswers::default(), None);
        assert_eq!(state(&silent, Item::DomainFree), Some(State::WhenSent));
        assert_eq!(state(&silent, Item::AddressKnown), Some(State::WhenSent));
        assert_eq!(state(&silent, Item::Duplicate), Some(State::Warning));
        let asking = lines(&form, &[], false, &OnlineAnswers { asking: true, ..OnlineAnswers::default() }, None);
        assert_eq!(state(&asking, Item::DomainFree), Some(State::Asking));
        assert_eq!(state(&asking, Item::AddressKnown), Some(State::Asking));
        let online = OnlineAnswers {
            asking: true,
            domain_free: Some((false, at)),
            address: Some(AddressAnswer { accepted: false, suggestion: Some("y".into()), at }),
            reseller: None,
        };
        let told = lines(&form, &[], false, &online, None);
        assert_eq!(state(&told, Item::DomainFree), Some(State::Problem));
        assert_eq!(state(&told, Item::AddressKnown), Some(State::Warning));
        let good = OnlineAnswers { domain_free: Some((true, at)), ..OnlineAnswers::default() };
        assert_eq!(state(&lines(&form, &[], false, &good, None), Item::DomainFree), Some(State::Good));
    }

    #[test]
    fn of_a_prefix_that_would_be_refused_nothing_more_is_said() {
        let free = OnlineAnswers { domain_free: Some((true, Timestamp::UNIX_EPOCH)), ..OnlineAnswers::default() };
        for key in ["prefixForm", "required"] {
            let told =
                lines(&CustomerForm::default(), &[Problem::new("customer.domainPrefix", key)], false, &free, None);
            assert_eq!(state(&told, Item::DomainFree), None, "{key}");
        }
    }

    #[test]
    fn a_name_like_a_domain_is_only_a_warning() {
        let form = CustomerForm { company_name: "contoso.com".into(), ..CustomerForm::default() };
        let lines = lines(&form, &[], false, &OnlineAnswers::default(), None);
        assert_eq!(state(&lines, Item::CompanyName), Some(State::Warning));
    }
}
