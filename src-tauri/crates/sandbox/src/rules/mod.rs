//! Country validation rules, in the shape in which they go over the wire, and the checks they allow.

use crate::SandboxError;
use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use serde_json::{Value, json};

/// Rules of all countries.
#[derive(Debug)]
pub(crate) struct Rules {
    countries: Vec<Value>,
    default: Value,
    registration_required: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RulesFile {
    countries: Vec<Value>,
    default: Value,
    registration_required: Vec<String>,
}

/// What the rules say of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Fine,
    Missing,
    WrongForm,
    /// Given where the country takes none.
    NotTaken,
}

impl Rules {
    /// Those in the program.
    pub(crate) fn built_in() -> Result<Self, SandboxError> {
        let RulesFile { countries, default, registration_required } =
            serde_json::from_str(include_str!("country_rules.json"))?;
        Ok(Self { countries, default, registration_required })
    }

    /// Rules of a country: its own, or the default. `None` for what is no country code.
    pub(crate) fn country(&self, country: &str) -> Option<CountryRules> {
        if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return None;
        }
        let country = country.to_ascii_uppercase();
        let known = self.countries.iter().find(|rules| rules["iso2Code"] == country.as_str());
        if let Some(known) = known {
            return Some(CountryRules { wire: known.clone() });
        }
        let mut wire = self.default.clone();
        wire["iso2Code"] = json!(country);
        if self.registration_required.contains(&country) {
            wire["isRegistrationNumberSupported"] = json!(true);
            wire["customerOrganizationRegistrationNumberRequired"] = json!(true);
            wire["customerOrganizationPhoneNumberRequired"] = json!(true);
            wire["customerOrganizationRegistrationNumberRegex"] = json!("^[A-Za-z0-9 \\-\\/\\.]{4,20}$");
        }
        Some(CountryRules { wire })
    }
}

/// Rules of one country.
#[derive(Debug, Clone)]
pub(crate) struct CountryRules {
    pub(crate) wire: Value,
}

impl CountryRules {
    fn switch(&self, name: &str) -> bool {
        self.wire[name].as_bool().unwrap_or(false)
    }

    fn fits(&self, name: &str, text: &str) -> Result<bool, SandboxError> {
        match self.wire[name].as_str() {
            Some(pattern) => Ok(compile(pattern)?.is_match(text)),
            None => Ok(true),
        }
    }

    fn check(&self, required: bool, pattern: &str, text: Option<&str>) -> Result<Verdict, SandboxError> {
        Ok(match text {
            None if required => Verdict::Missing,
            None => Verdict::Fine,
            Some(text) if self.fits(pattern, text)? => Verdict::Fine,
            Some(_) => Verdict::WrongForm,
        })
    }

    /// Postal code.
    pub(crate) fn postal_code(&self, text: Option<&str>) -> Result<Verdict, SandboxError> {
        self.check(self.switch("isPostalCodeRequired"), "postalCodeRegex", text)
    }

    /// City.
    pub(crate) fn city(&self, text: Option<&str>) -> Verdict {
        if text.is_none() && self.switch("isCityRequired") { Verdict::Missing } else { Verdict::Fine }
    }

    /// State: checked against the list where there is one, else taken as it is.
    pub(crate) fn state(&self, text: Option<&str>) -> Verdict {
        let states = self.wire["supportedStatesList"].as_array().map(Vec::as_slice).unwrap_or_default();
        match text {
            None if self.switch("isStateRequired") => Verdict::Missing,
            Some(text) if !states.is_empty() => {
                let known = states.iter().filter_map(Value::as_str).any(|state| state.eq_ignore_ascii_case(text));
                if known { Verdict::Fine } else { Verdict::WrongForm }
            }
            None | Some(_) => Verdict::Fine,
        }
    }

    /// Phone number; a leading `+` or `00` and the calling code are taken off first.
    pub(crate) fn phone(&self, text: Option<&str>) -> Result<Verdict, SandboxError> {
        let national = text.map(|text| self.national(text));
        self.check(self.switch("customerOrganizationPhoneNumberRequired"), "phoneNumberRegex", national.as_deref())
    }

    fn national(&self, phone: &str) -> String {
        let Some(rest) = phone.strip_prefix('+').or_else(|| phone.strip_prefix("00")) else {
            return phone.to_owned();
        };
        let codes = self.wire["countryCallingCodesList"].as_array().map(Vec::as_slice).unwrap_or_default();
        let bare = codes.iter().filter_map(Value::as_str).find_map(|code| rest.strip_prefix(code));
        bare.unwrap_or(rest).trim_start_matches([' ', '-', '.']).to_owned()
    }

    /// Registration number: demanded in the listed countries and taken nowhere else.
    pub(crate) fn registration_number(&self, text: Option<&str>) -> Result<Verdict, SandboxError> {
        if text.is_some() && !self.switch("isRegistrationNumberSupported") {
            return Ok(Verdict::NotTaken);
        }
        let required = self.switch("customerOrganizationRegistrationNumberRequired");
        self.check(required, "customerOrganizationRegistrationNumberRegex", text)
    }
}

/// ASCII classes are what the service's patterns mean, and compile much faster.
fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).unicode(false).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles_and_every_sample_fits() {
        let rules = Rules::built_in().expect("the built-in rules parse");
        assert_eq!(rules.countries.len(), 18, "the countries with rules of their own");
        for wire in &rules.countries {
            let country = CountryRules { wire: wire.clone() };
            for name in ["postalCodeRegex", "vatIdRegex", "phoneNumberRegex"] {
                country.fits(name, "x").unwrap_or_else(|error| panic!("{} {name}: {error}", wire["iso2Code"]));
            }
            if let Some(sample) = wire["taxIdSample"].as_str() {
                assert!(country.fits("vatIdRegex", sample).expect("compiles"), "{sample}");
            }
            if let Some(sample) = wire["customerOrganizationRegistrationNumberSample"].as_str() {
                assert_eq!(country.registration_number(Some(sample)).expect("compiles"), Verdict::Fine);
            }
        }
    }

    #[test]
    fn registration_numbers_only_where_listed() {
        let rules = Rules::built_in().expect("the built-in rules parse");
        let verdict = |country: &str, text: Option<&str>| {
            rules.country(country).expect("a country").registration_number(text).expect("compiles")
        };
        assert_eq!(verdict("DE", Some("HRB 1")), Verdict::NotTaken);
        assert_eq!(verdict("PL", None), Verdict::Missing);
        assert_eq!(verdict("pl", Some("12")), Verdict::WrongForm);
        assert_eq!(verdict("BR", None), Verdict::Missing, "listed, although it has the default rules otherwise");
        assert_eq!(verdict("PT", None), Verdict::Fine);
    }

    #[test]
    fn phones_with_and_without_calling_code() {
        let rules = Rules::built_in().expect("the built-in rules parse");
        let us = rules.country("US").expect("a country");
        for phone in ["2065550100", "(206) 555-0100", "+1 206 555 0100", "+12065550100"] {
            assert_eq!(us.phone(Some(phone)).expect("compiles"), Verdict::Fine, "{phone}");
        }
        assert_eq!(us.phone(Some("12 34")).expect("compiles"), Verdict::WrongForm);
    }

    #[test]
    fn recorded_values_are_kept() {
        let rules = Rules::built_in().expect("the built-in rules parse");
        let de = rules.country("DE").expect("a country").wire;
        assert_eq!(de["postalCodeRegex"], "^[0-9]{5,5}$");
        assert_eq!(de["vatIdRegex"], "^DE[\\d]{9,9}$");
        assert_eq!(de["supportedCulturesList"], json!(["de-DE", "en-US"]));
        let us = rules.country("US").expect("a country").wire;
        assert_eq!(us["postalCodeRegex"], "^\\d{5}(-\\d{4})?$");
        assert_eq!(us["supportedStatesList"].as_array().map(Vec::len), Some(51));
        assert_eq!(us["isStateRequired"], true);
    }
}
