//! Checks before a customer is made: domain, address, country rules.

use crate::codes;
use crate::http::{Exchange, Fields, Refusal, Reply, Route, Stop};
use crate::rules::{CountryRules, Verdict};
use crate::state::settings;
use cb_partner_center::wire;
use serde_json::{Value, json};

/// Routes of this file.
pub(super) const ROUTES: &[Route] = &[
    Route::head("/v1/domains/{domain}", "check_domain", domain).refuses(&[404]),
    Route::ask("/v1/validations/address", "validate_address", validate)
        .takes(wire::schema::<wire::Address>)
        .gives(wire::schema::<wire::AddressValidation>),
    Route::get("/v1/countryvalidationrules/{country}", "country_rules", country_rules)
        .gives(wire::schema::<wire::CountryValidationRules>),
];

/// `HEAD /domains/{domain}`: 200 taken, 404 free.
pub(super) fn domain(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let domain = exchange.param("domain").to_ascii_lowercase();
    let taken = settings::domain_taken(exchange.tx, &domain)?;
    Ok(Reply::empty(if taken { 200 } else { 404 }))
}

/// `GET /countryvalidationrules/{iso2}`.
pub(super) fn country_rules(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    Ok(Reply::ok(rules_of(exchange, exchange.param("country"))?.wire))
}

/// Rules of a country, or the refusal of what is none.
pub(super) fn rules_of(exchange: &Exchange<'_>, country: &str) -> Result<CountryRules, Stop> {
    exchange.world.rules.country(country).ok_or_else(|| {
        Refusal::with_data(400, codes::INPUT, "The country is not an ISO code of two letters", &["country".into()])
            .into()
    })
}

/// An address as both checks and profiles carry it.
#[derive(Debug, Clone, Default)]
pub(super) struct Address {
    pub(super) country: Option<String>,
    pub(super) city: Option<String>,
    pub(super) state: Option<String>,
    pub(super) line1: Option<String>,
    pub(super) line2: Option<String>,
    pub(super) postal_code: Option<String>,
}

impl Address {
    /// Reads one.
    pub(super) fn read(fields: Fields<'_>) -> Self {
        Self {
            country: fields.at("country").text().map(|country| country.to_ascii_uppercase()),
            city: fields.at("city").text(),
            state: fields.at("state").text(),
            line1: fields.at("addressLine1").text(),
            line2: fields.at("addressLine2").text(),
            postal_code: fields.at("postalCode").text(),
        }
    }

    /// As it goes over the wire.
    pub(super) fn wire(&self) -> Value {
        json!({
            "country": self.country, "city": self.city, "state": self.state, "addressLine1": self.line1,
            "addressLine2": self.line2, "postalCode": self.postal_code,
        })
    }

    /// Members that are missing or do not fit the country, by wire name; missing ones first.
    pub(super) fn faults(&self, rules: &CountryRules) -> Result<AddressFaults, Stop> {
        let mut faults = AddressFaults::default();
        if self.line1.is_none() {
            faults.missing.push("addressLine1");
        }
        let length = |text: &Option<String>| text.as_ref().map_or(0, |text| text.chars().count());
        if length(&self.line1) > 200 {
            faults.wrong.push("addressLine1");
        }
        if length(&self.line2) > 200 {
            faults.wrong.push("addressLine2");
        }
        let verdicts = [
            ("city", rules.city(self.city.as_deref())),
            ("state", rules.state(self.state.as_deref())),
            ("postalCode", rules.postal_code(self.postal_code.as_deref())?),
        ];
        for (name, verdict) in verdicts {
            match verdict {
                Verdict::Fine => {}
                Verdict::Missing => faults.missing.push(name),
                Verdict::WrongForm | Verdict::NotTaken => faults.wrong.push(name),
            }
        }
        Ok(faults)
    }
}

/// What is wrong with an address.
#[derive(Debug, Default)]
pub(super) struct AddressFaults {
    pub(super) missing: Vec<&'static str>,
    pub(super) wrong: Vec<&'static str>,
}

/// `POST /validations/address`: always 200. A town in small letters gets a suggestion; a street without a number is
/// known only in part.
pub(super) fn validate(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let address = Address::read(Fields::new(&exchange.body));
    let country = address.country.clone().unwrap_or_default();
    let mut suggestions = Vec::new();
    let mut message = None;
    let status = match exchange.world.rules.country(&country) {
        None => {
            message = Some("country is not known".to_owned());
            "None"
        }
        Some(rules) => {
            let faults = address.faults(&rules)?;
            let bad: Vec<&str> = faults.missing.iter().chain(&faults.wrong).copied().collect();
            let city = address.city.clone().unwrap_or_default();
            let line = address.line1.clone().unwrap_or_default();
            if !bad.is_empty() {
                message = Some(format!("Not valid: {}", bad.join(", ")));
                "None"
            } else if city.chars().next().is_some_and(char::is_lowercase) {
                suggestions.push(Address { city: Some(capitalised(&city)), ..address.clone() }.wire());
                "InteractionRequired"
            } else if !line.chars().any(|c| c.is_ascii_digit()) {
                "StreetPartial"
            } else {
                suggestions.push(address.wire());
                "VerifiedShippable"
            }
        }
    };
    Ok(Reply::ok(json!({
        "originalAddress": address.wire(), "suggestedAddresses": suggestions, "status": status,
        "validationMessage": message,
    })))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
