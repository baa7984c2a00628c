//! Contact and signer: names, phone, date of acceptance.

use super::{FormContext, Found, email};
use crate::country::CountryRules;
use crate::draft::CustomerForm;
use crate::fold;

/// Names that people type to get past a form. Real, if rare, names are not among them.
const PLACEHOLDERS: &[&str] = &[
    "test",
    "testing",
    "tester",
    "n a",
    "na",
    "none",
    "null",
    "unknown",
    "unbekannt",
    "xx",
    "xxx",
    "xyz",
    "abc",
    "asdf",
    "qwerty",
    "qwertz",
    "admin",
    "administrator",
    "user",
    "name",
    "first",
    "last",
    "firstname",
    "lastname",
    "first name",
    "last name",
    "vorname",
    "nachname",
    "kein",
    "keine",
    "tbd",
    "todo",
    "dummy",
    "sample",
    "example",
    "placeholder",
];

pub(super) fn contact(form: &CustomerForm, rules: Option<&CountryRules>, context: &FormContext<'_>, found: &mut Found) {
    name("firstName", &form.first_name, found);
    name("lastName", &form.last_name, found);
    email::check("email", &form.email, form.qualification == "education", context, found);
    let required = rules.is_some_and(CountryRules::phone_required);
    phone("phone", &form.phone, &form.country, rules, required, found);
}

pub(super) fn signer(form: &CustomerForm, context: &FormContext<'_>, found: &mut Found) {
    let rules = crate::country::rules(&form.country);
    name("signerFirstName", &form.signer_first_name, found);
    name("signerLastName", &form.signer_last_name, found);
    email::check("signerEmail", &form.signer_email, false, context, found);
    phone("signerPhone", &form.signer_phone, &form.country, rules.as_ref(), false, found);
    if !form.agreement_date.trim().is_empty() {
        match date(&form.agreement_date) {
            None => found.add("agreementDate", "dateForm", context.today),
            Some(date) if date > context.today => found.add("agreementDate", "dateFuture", context.today),
            Some(_) => {}
        }
    }
}

/// A day written `YYYY-MM-DD`, and only so: the parser would also take a time of day.
#[must_use]
pub fn date(typed: &str) -> Option<jiff::civil::Date> {
    let typed = typed.trim();
    typed.parse::<jiff::civil::Date>().ok().filter(|date| date.to_string() == typed)
}

fn name(field: &str, typed: &str, found: &mut Found) {
    // The length has a message of its own, so the limit here is only the one of the field.
    if !found.text(field, typed, true, 1000) {
        return;
    }
    let name = typed.trim();
    let length = name.chars().count();
    let one_han = length == 1 && name.chars().all(is_han);
    if !name.chars().any(char::is_alphabetic) {
        found.add(field, "nameSymbols", "");
    } else if !(2..=40).contains(&length) && !one_han {
        found.add(field, "nameLength", "2–40");
    } else if PLACEHOLDERS.contains(&fold::words(name).join(" ").as_str()) {
        found.add(field, "namePlaceholder", "");
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{2fa1f}')
}

fn phone(field: &str, typed: &str, country: &str, rules: Option<&CountryRules>, required: bool, found: &mut Found) {
    if found.text(field, typed, required, 40) && !phone_is_valid(country, typed) {
        let expected = match rules {
            Some(rules) if !rules.phone_example.is_empty() => rules.phone_example.to_owned(),
            Some(rules) if !rules.calling_code.is_empty() => format!("+{} …", rules.calling_code),
            _ => "+49 30 901820".to_owned(),
        };
        found.add(field, "phoneForm", expected);
    }
}

/// A phone number as it is sent: the ten digits in North America (that is the form Partner Center's own rule has),
/// with calling code and groups elsewhere. Text that is no number comes back trimmed.
#[must_use]
pub fn phone_as_sent(country: &str, typed: &str) -> String {
    let Ok(number) = phonenumber::parse(country.parse().ok(), typed.trim()) else { return typed.trim().to_owned() };
    if matches!(country, "US" | "CA") && number.code().value() == 1 {
        return number.national().to_string();
    }
    number.format().mode(phonenumber::Mode::International).to_string()
}

/// Whether a text is a phone number of the country, or of any country when written with `+`.
#[must_use]
pub fn phone_is_valid(country: &str, typed: &str) -> bool {
    let typed = typed.trim();
    // The parser reads letters as keys of a phone and stops at odd marks; a form should not.
    if !typed.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '(' | ')' | '/' | '.' | '\u{a0}')) {
        return false;
    }
    phonenumber::parse(country.parse().ok(), typed).is_ok_and(|number| phonenumber::is_valid(&number))
}
