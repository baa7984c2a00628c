//! Step 1 of the wizard: every field of the form against the rules of `domain.md` section 3.

pub mod company;
mod email;
mod people;
#[cfg(test)]
mod tables;

pub use email::email_is_valid;
pub use people::{date, phone_as_sent, phone_is_valid};

use crate::country::{self, CountryRules, postal::PostalProblem, registration::RegistrationProblem};
use crate::draft::CustomerForm;
use crate::problem::Problem;
use jiff::civil::Date;

/// What the rules need to know besides the form.
#[derive(Debug, Clone)]
pub struct FormContext<'a> {
    /// Today where the person is: an agreement date is never later.
    pub today: Date,
    /// The partner's own mail domains, lower case: not allowed as the contact's.
    pub partner_domains: &'a [String],
}

/// Longest prefix: 43 characters with `.onmicrosoft.com`.
pub const PREFIX_MAX: usize = 27;

/// All problems of step 1, in the order of the form.
#[must_use]
pub fn check_form(form: &CustomerForm, context: &FormContext<'_>) -> Vec<Problem> {
    let rules = country::rules(&form.country);
    let mut found = Found(Vec::new());
    company::check(form, &mut found);
    country_and_registration(form, rules.as_ref(), &mut found);
    prefixes(form, &mut found);
    address(form, rules.as_ref(), &mut found);
    people::contact(form, rules.as_ref(), context, &mut found);
    culture(form, rules.as_ref(), &mut found);
    qualification(form, &mut found);
    people::signer(form, context, &mut found);
    found.0
}

/// The problems so far; the first one at a field counts, further ones would only confuse.
struct Found(Vec<Problem>);

impl Found {
    fn add(&mut self, field: &str, key: &'static str, expected: impl ToString) {
        let path = format!("customer.{field}");
        if !self.0.iter().any(|problem| problem.field == path) {
            self.0.push(Problem::expecting(path, key, expected));
        }
    }

    /// Adds what any text field must keep to; `true` when it is filled in and may be looked at further.
    fn text(&mut self, field: &str, value: &str, required: bool, longest: usize) -> bool {
        if value.trim().is_empty() {
            if required {
                self.add(field, "required", "");
            }
            return false;
        }
        if value.chars().any(char::is_control) {
            self.add(field, "controlCharacter", "");
        } else if value.trim().chars().count() > longest {
            self.add(field, "tooLong", longest);
        } else {
            return true;
        }
        false
    }
}

fn country_and_registration(form: &CustomerForm, rules: Option<&CountryRules>, found: &mut Found) {
    if form.country.is_empty() {
        found.add("country", "required", "");
    } else if rules.is_none() {
        found.add("country", "countryUnknown", "");
    }
    // Elsewhere the number is neither shown nor sent (error 600002), so what stands in it does not matter.
    let Some(rule) = rules.and_then(|rules| rules.registration) else { return };
    if found.text("registrationNumber", &form.registration_number, true, 40) {
        let expected = if rule.example.is_empty() { rule.names } else { rule.example };
        match rule.check(&form.registration_number) {
            Ok(_) => {}
            Err(RegistrationProblem::Format) => found.add("registrationNumber", "registrationNumberFormat", expected),
            Err(RegistrationProblem::CheckDigit) => {
                found.add("registrationNumber", "registrationNumberCheckDigit", expected)
            }
        }
    }
}

fn prefixes(form: &CustomerForm, found: &mut Found) {
    let all = [
        ("domainPrefix", &form.domain_prefix, true),
        ("fallbackPrefix1", &form.fallback_prefix_1, false),
        ("fallbackPrefix2", &form.fallback_prefix_2, false),
    ];
    let mut before: Vec<&str> = Vec::new();
    for (field, prefix, required) in all {
        if prefix.is_empty() {
            if required {
                found.add(field, "required", "");
            }
            continue;
        }
        if !prefix.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
            found.add(field, "prefixChars", "a–z, 0–9");
        } else if prefix.len() > PREFIX_MAX {
            found.add(field, "prefixLength", PREFIX_MAX);
        } else if before.contains(&prefix.as_str()) {
            found.add(field, "prefixSame", "");
        }
        before.push(prefix);
    }
}

fn address(form: &CustomerForm, rules: Option<&CountryRules>, found: &mut Found) {
    let required = |field: &str| match rules {
        Some(rules) => rules.required_address.contains(&field),
        None => matches!(field, "addressLine1" | "city"),
    };
    let shown = |field: &str| rules.is_none_or(|rules| rules.address_fields.contains(&field));
    found.text("addressLine1", &form.address_line_1, true, 200);
    found.text("addressLine2", &form.address_line_2, false, 200);
    if found.text("postalCode", &form.postal_code, required("postalCode"), 20)
        && let Some(postal) = rules.and_then(|rules| rules.postal)
    {
        match postal.check(&form.postal_code) {
            Ok(()) => {}
            Err(PostalProblem::WriteAs(right)) => found.add("postalCode", "postalCodeWriteAs", right),
            Err(PostalProblem::Format) => found.add("postalCode", "postalCodeFormat", postal.example),
        }
    }
    found.text("city", &form.city, true, 100);
    if shown("state")
        && found.text("state", &form.state, required("state"), 100)
        && let Some(rules) = rules
        && !rules.states.is_empty()
        && !rules.states.contains(&form.state.as_str())
    {
        found.add("state", "stateUnknown", rules.states.iter().take(3).copied().collect::<Vec<_>>().join(", "));
    }
}

fn culture(form: &CustomerForm, rules: Option<&CountryRules>, found: &mut Found) {
    if form.language.is_empty() {
        found.add("language", "required", "");
    } else if let Some(rules) = rules
        && !rules.languages.contains(&form.language.as_str())
    {
        found.add("language", "languageUnknown", rules.languages.join(", "));
    }
    if form.culture.is_empty() {
        found.add("culture", "required", "");
    } else if let Some(rules) = rules
        && !rules.cultures.contains(&form.culture.as_str())
    {
        found.add("culture", "cultureUnknown", rules.cultures.join(", "));
    }
}

fn qualification(form: &CustomerForm, found: &mut Found) {
    match form.qualification.as_str() {
        "" | "none" | "education" | "state_owned_entity" => {}
        "government_community_cloud" if form.country == "US" => {}
        "government_community_cloud" => found.add("qualification", "qualificationCountry", "US"),
        _ => found.add("qualification", "qualificationUnknown", ""),
    }
}
