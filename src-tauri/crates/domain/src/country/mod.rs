//! What a country asks of a new customer: fields, order, formats, languages.
//!
//! The eighteen countries that the app knows in detail are in `table`. Every other ISO country has the documented
//! default of [`rules`]: address line 1 and city required, postal code and state free text, phone and registration
//! number required in the countries that Partner Center lists, English beside the country's own culture.

mod iso;
pub mod names;
pub mod postal;
pub mod registration;
mod states;
mod table;

use postal::PostalRule;
use registration::RegistrationRule;

/// The rules of one country.
#[derive(Debug, Clone, Copy)]
pub struct CountryRules {
    /// ISO 3166 two letters.
    pub iso: &'static str,
    /// Address fields in the country's order.
    pub address_fields: &'static [&'static str],
    /// Address fields that must be filled in.
    pub required_address: &'static [&'static str],
    /// States to choose from; empty: free text.
    pub states: &'static [&'static str],
    /// Label key of the state: `state`, `province`, `canton`, `county`.
    pub state_label: &'static str,
    /// Postal code; `None` where the country's form is not known.
    pub postal: Option<PostalRule>,
    /// Label key of the postal code: `postal_code`, `zip`, `postcode`, `eircode`.
    pub postal_label: &'static str,
    /// Country calling code without `+`; empty when unknown.
    pub calling_code: &'static str,
    /// Example of a phone number; empty when none is known.
    pub phone_example: &'static str,
    /// Registration number and phone are demanded, and only here may a number be sent (error 600002 elsewhere).
    pub registration: Option<RegistrationRule>,
    /// Languages, the usual one first.
    pub languages: &'static [&'static str],
    /// Cultures, the usual one first.
    pub cultures: &'static [&'static str],
    /// Currency in which Partner Center sells there.
    pub currency: &'static str,
}

impl CountryRules {
    /// A phone number must be given.
    #[must_use]
    pub fn phone_required(&self) -> bool {
        self.registration.is_some()
    }

    /// The usual language.
    #[must_use]
    pub fn default_language(&self) -> &'static str {
        self.languages.first().copied().unwrap_or("en")
    }

    /// The usual culture.
    #[must_use]
    pub fn default_culture(&self) -> &'static str {
        self.cultures.first().copied().unwrap_or("en-US")
    }

    /// Names of the fields that must be filled in, without `customer.`.
    #[must_use]
    pub fn required_fields(&self) -> Vec<&'static str> {
        let mut fields = vec!["companyName", "country", "domainPrefix"];
        fields.extend(self.required_address);
        fields.extend(["firstName", "lastName", "email", "language", "culture"]);
        fields.extend(["signerFirstName", "signerLastName", "signerEmail"]);
        if self.registration.is_some() {
            fields.extend(["registrationNumber", "phone"]);
        }
        fields
    }
}

/// Rules of an ISO country; `None` for anything that is not one that can be offered.
#[must_use]
pub fn rules(iso: &str) -> Option<CountryRules> {
    table::DETAILED.iter().find(|rules| rules.iso == iso).copied().or_else(|| iso::default_rules(iso))
}

/// Countries offered in the form, by ISO code.
#[must_use]
pub fn offered() -> Vec<&'static str> {
    let mut codes: Vec<_> =
        table::DETAILED.iter().map(|rules| rules.iso).chain(iso::OTHERS.iter().map(|c| c.0)).collect();
    codes.sort_unstable();
    codes
}

/// Catalogue segment of a special qualification.
#[must_use]
pub fn segment(qualification: &str) -> &'static str {
    match qualification {
        "education" => "education",
        "government_community_cloud" => "government",
        _ => "commercial",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EIGHTEEN: [&str; 18] =
        ["DE", "AT", "CH", "FR", "NL", "BE", "PL", "HU", "CZ", "IT", "ES", "DK", "SE", "NO", "GB", "IE", "US", "CA"];

    #[test]
    fn the_eighteen_have_rules_of_their_own() {
        for iso in EIGHTEEN {
            let rules = rules(iso).unwrap_or_else(|| panic!("{iso} has no rules"));
            let postal = rules.postal.unwrap_or_else(|| panic!("{iso} has no postal rule"));
            assert!(postal.check(postal.example).is_ok(), "{iso}: its own example is refused");
            assert!(!rules.phone_example.is_empty(), "{iso} has no phone example");
            assert!(crate::check::phone_is_valid(iso, rules.phone_example), "{iso}: its own phone example is refused");
        }
    }

    #[test]
    fn every_offered_country_has_rules_and_none_stands_twice() {
        let codes = offered();
        assert!(codes.len() > 200, "the list of countries is short: {}", codes.len());
        for pair in codes.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
        for iso in codes {
            let rules = rules(iso).unwrap_or_else(|| panic!("{iso} has no rules"));
            assert!(rules.required_address.iter().all(|field| rules.address_fields.contains(field)), "{iso}");
            assert!(!rules.languages.is_empty() && !rules.cultures.is_empty(), "{iso}");
        }
        assert!(rules("XX").is_none() && rules("").is_none() && rules("de").is_none());
    }

    #[test]
    fn registration_is_demanded_in_the_24_countries_only() {
        let demanding: Vec<_> =
            offered().into_iter().filter(|iso| rules(iso).unwrap().registration.is_some()).collect();
        let listed = "AE AM AZ BR BY HU IN IQ KG KZ MD MM PL RU SA SS TH TJ TR UA UZ VE VN ZA";
        assert_eq!(demanding.join(" "), listed);
    }
}
