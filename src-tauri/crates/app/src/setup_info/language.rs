//! Which language a mail or a sheet begins with. The person may choose the other one.

use crate::views::Language;
use cb_domain::country;
use cb_domain::customer::Customer;
use cb_domain::operation::{Operation, OperationPayload};

/// The language that was asked for when the customer was created; else the usual one of its country.
pub(super) fn of_customer(operations: &[Operation], customer: Option<&Customer>) -> Language {
    let asked = operations.iter().find_map(|operation| {
        let OperationPayload::CreateCustomer(wanted) = &operation.payload else { return None };
        Some(wanted.language.as_str())
    });
    asked.map_or_else(|| of_country(customer.map_or("", |one| one.country.as_str())), spoken)
}

/// The usual language of a country, where we write it; else English.
pub(super) fn of_country(iso: &str) -> Language {
    country::rules(iso).map_or(Language::En, |rules| spoken(rules.default_language()))
}

fn spoken(language: &str) -> Language {
    if language == "de" || language.starts_with("de-") { Language::De } else { Language::En }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn german_where_german_is_usual_and_english_elsewhere() {
        for (country, language) in
            [("DE", Language::De), ("AT", Language::De), ("PL", Language::En), ("US", Language::En), ("", Language::En)]
        {
            assert_eq!(of_country(country), language, "{country}");
        }
        assert_eq!((spoken("de-AT"), spoken("den"), spoken("fr")), (Language::De, Language::En, Language::En));
    }
}
