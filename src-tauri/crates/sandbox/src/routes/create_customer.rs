//! `POST /customers`: everything is checked before the tenant is made, and the password is answered once.

use super::address::{Address, rules_of};
use super::partner::reseller_fault;
use crate::Faults;
use crate::codes;
use crate::http::{Exchange, Fields, Refusal, Reply, Route, Stop, link};
use crate::rules::{CountryRules, Verdict};
use crate::sample;
use crate::state::customers::{Customer, insert};
use crate::state::{resellers, settings};
use cb_partner_center::wire;
use rand::Rng;
use rand::seq::SliceRandom;
use serde_json::{Value, json};
use uuid::Uuid;

/// Ending of every tenant's first domain.
const DOMAIN_END: &str = ".onmicrosoft.com";

/// Routes of this file.
pub(super) const ROUTES: &[Route] = &[Route::post("/v1/customers", "create_customer", create)
    .takes(wire::schema::<wire::Customer>)
    .gives(wire::created_customer_schema)
    .good(&[200, 201])
    .refuses(&[403, 404, 409])];

/// What a new customer is made of; also how the sample customers are made.
#[derive(Debug, Default)]
pub(crate) struct NewCustomer {
    pub(crate) id: Uuid,
    pub(crate) domain: String,
    pub(crate) company: String,
    pub(crate) registration_number: Option<String>,
    pub(crate) email: String,
    pub(crate) culture: String,
    pub(crate) language: String,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) address: Value,
    pub(crate) reseller_tenant: Option<String>,
}

impl NewCustomer {
    /// The resource as GET answers it.
    pub(crate) fn document(&self) -> Value {
        let id = self.id.to_string();
        // A version of the profile: any signed 64-bit number as text will do.
        let etag = i64::from_be_bytes(self.id.as_u64_pair().1.to_be_bytes()).to_string();
        json!({
            "id": id, "commerceId": id,
            "companyProfile": {
                "tenantId": id, "domain": self.domain, "companyName": self.company,
                "organizationRegistrationNumber": self.registration_number,
                "links": {"self": link(&format!("/customers/{id}/profiles/company"))},
                "attributes": {"objectType": "CustomerCompanyProfile"},
            },
            "billingProfile": {
                "id": Uuid::new_v5(&self.id, b"billing").to_string(), "email": self.email, "culture": self.culture,
                "language": self.language, "companyName": self.company, "firstName": self.first_name,
                "lastName": self.last_name, "defaultAddress": self.address,
                "links": {"self": link(&format!("/customers/{id}/profiles/billing"))},
                "attributes": {"etag": etag, "objectType": "CustomerBillingProfile"},
            },
            "relationshipToPartner": "reseller", "allowDelegatedAccess": true,
            "associatedPartnerId": self.reseller_tenant,
            "links": {"self": link(&format!("/customers/{id}"))},
            "attributes": {"objectType": "Customer"},
        })
    }
}

/// The handler.
pub(super) fn create(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let body = Fields::new(&exchange.body);
    require_members(body)?;
    let new = read(exchange, body)?;
    check_domain(exchange, &new.domain)?;
    let document = new.document();
    let customer = Customer {
        number: 0,
        id: new.id.to_string(),
        domain: new.domain,
        company: new.company.to_lowercase(),
        country: document["billingProfile"]["defaultAddress"]["country"].as_str().unwrap_or_default().to_owned(),
        reseller_tenant: new.reseller_tenant,
        under_review: exchange.faults.under_review,
        review_at: exchange.now,
        created_at: exchange.now.as_second(),
        document,
    };
    insert(exchange.tx, &customer)?;
    let mut answer = customer.document;
    answer["userCredentials"] = json!({"userName": "admin", "password": password()});
    if exchange.troubles.half_created {
        // As on record: the tenant was made, then the service's own check of the address failed.
        let data = ["billingProfile.email".to_owned()];
        return Err(Refusal::with_data(400, codes::EMAIL, "The e-mail address is not valid", &data).keeping().into());
    }
    Ok(Reply { status: exchange.world.options.choices.created_status, ..Reply::created(answer) })
}

/// Refuses with the paths of all members that are missing.
fn require_members(body: Fields<'_>) -> Result<(), Refusal> {
    let mut missing = missing_of_profile(body.at("billingProfile"), "billingProfile.");
    if body.at("companyProfile").at("domain").text().is_none() {
        missing.insert(0, "companyProfile.domain".to_owned());
    }
    if missing.is_empty() { Ok(()) } else { Err(details_missing(&missing)) }
}

/// Refuses a billing profile with the paths of all members that are missing.
pub(super) fn require_profile(billing: Fields<'_>, path: &str) -> Result<(), Refusal> {
    let missing = missing_of_profile(billing, path);
    if missing.is_empty() { Ok(()) } else { Err(details_missing(&missing)) }
}

fn missing_of_profile(billing: Fields<'_>, path: &str) -> Vec<String> {
    let address = billing.at("defaultAddress");
    [
        ("email", billing.at("email")),
        ("culture", billing.at("culture")),
        ("language", billing.at("language")),
        ("companyName", billing.at("companyName")),
        ("defaultAddress.country", address.at("country")),
        ("defaultAddress.addressLine1", address.at("addressLine1")),
    ]
    .iter()
    .filter(|(_, field)| field.text().is_none())
    .map(|(name, _)| format!("{path}{name}"))
    .collect()
}

fn details_missing(paths: &[String]) -> Refusal {
    Refusal::with_data(400, codes::DETAILS_MISSING, "Customer details are missing", paths)
}

fn not_accepted(path: &str) -> Refusal {
    Refusal::with_data(400, codes::INPUT, "A value is not accepted", &[path.to_owned()])
}

fn read(exchange: &Exchange<'_>, body: Fields<'_>) -> Result<NewCustomer, Stop> {
    let billing = body.at("billingProfile");
    let place = billing.at("defaultAddress");
    let text = |field: Fields<'_>| field.text().unwrap_or_default();
    let domain = text(body.at("companyProfile").at("domain")).to_ascii_lowercase();
    if !domain_is_valid(&domain) {
        return Err(not_accepted("companyProfile.domain").into());
    }
    let company = text(billing.at("companyName"));
    if !(2..=255).contains(&company.chars().count()) || !company.chars().any(char::is_alphanumeric) {
        return Err(not_accepted("billingProfile.companyName").into());
    }
    let culture = text(billing.at("culture"));
    if !culture_is_valid(&culture) {
        return Err(not_accepted("billingProfile.culture").into());
    }
    let email = text(billing.at("email"));
    if !email_is_valid(&email) {
        return Err(Refusal::with_data(
            400,
            codes::EMAIL,
            "The e-mail address is not valid",
            &["billingProfile.email".to_owned()],
        )
        .into());
    }
    let address = Address::read(place);
    let rules = rules_of(exchange, address.country.as_deref().unwrap_or_default())?;
    if exchange.world.catalogue.market(address.country.as_deref().unwrap_or_default()).is_none() {
        return Err(Refusal::new(403, codes::COUNTRY, "The partner cannot sell in this country").into());
    }
    check_address(exchange, &address, &rules)?;
    let phone = place.at("phoneNumber").text();
    let registration_number = body.at("companyProfile").at("organizationRegistrationNumber").text();
    check_registration(&rules, registration_number.as_deref(), phone.as_deref())?;
    let mut wire = address.wire();
    for (name, path) in [("firstName", "firstName"), ("lastName", "lastName"), ("middleName", "middleName")] {
        let name_text = place.at(name).text();
        if name_text.as_ref().is_some_and(|text| text.chars().count() > 50) {
            return Err(not_accepted(&format!("billingProfile.defaultAddress.{path}")).into());
        }
        wire[name] = json!(name_text);
    }
    wire["phoneNumber"] = json!(phone);
    Ok(NewCustomer {
        id: Uuid::new_v4(),
        domain,
        company,
        registration_number,
        email,
        culture,
        language: text(billing.at("language")),
        first_name: billing.at("firstName").text(),
        last_name: billing.at("lastName").text(),
        address: wire,
        reseller_tenant: read_reseller(exchange, body)?,
    })
}

pub(super) fn check_address(exchange: &Exchange<'_>, address: &Address, rules: &CountryRules) -> Result<(), Stop> {
    let faults = address.faults(rules)?;
    let paths = |names: &[&str]| -> Vec<String> {
        names.iter().map(|name| format!("billingProfile.defaultAddress.{name}")).collect()
    };
    if !faults.missing.is_empty() {
        return Err(details_missing(&paths(&faults.missing)).into());
    }
    if !faults.wrong.is_empty() {
        let data = paths(&faults.wrong);
        let chosen = exchange.world.options.choices.bad_address;
        return Err(Refusal::with_data(chosen.status, chosen.code, "The address is not valid", &data).into());
    }
    Ok(())
}

fn check_registration(rules: &CountryRules, number: Option<&str>, phone: Option<&str>) -> Result<(), Stop> {
    const NUMBER: &str = "companyProfile.organizationRegistrationNumber";
    const PHONE: &str = "billingProfile.defaultAddress.phoneNumber";
    let refuse = |code, text, path: &str| Refusal::with_data(400, code, text, &[path.to_owned()]);
    match rules.registration_number(number)? {
        Verdict::Fine => {}
        Verdict::Missing => {
            return Err(refuse(codes::REGISTRATION_MISSING, "The registration number is missing", NUMBER).into());
        }
        Verdict::WrongForm => {
            return Err(refuse(codes::REGISTRATION_FORM, "The registration number is not valid", NUMBER).into());
        }
        Verdict::NotTaken => {
            let text = "This country takes no registration number";
            return Err(refuse(codes::REGISTRATION_NOT_TAKEN, text, NUMBER).into());
        }
    }
    match rules.phone(phone)? {
        Verdict::Fine | Verdict::NotTaken => Ok(()),
        Verdict::Missing => Err(refuse(codes::PHONE, "The phone number is missing", PHONE).into()),
        Verdict::WrongForm => Err(refuse(codes::PHONE, "The phone number is not valid", PHONE).into()),
    }
}

fn read_reseller(exchange: &Exchange<'_>, body: Fields<'_>) -> Result<Option<String>, Stop> {
    let Some(tenant) = body.at("associatedPartnerId").text() else { return Ok(None) };
    let Some(reseller) = resellers::by_tenant(exchange.tx, &tenant)? else {
        let data = ["associatedPartnerId".to_owned()];
        let text = "The associated partner is not an indirect reseller";
        return Err(Refusal::with_data(400, codes::NOT_A_RESELLER, text, &data).into());
    };
    match reseller_fault(&reseller) {
        Some(refusal) => Err(refusal.into()),
        None => Ok(Some(reseller.tenant_id)),
    }
}

/// Refuses a domain in use. With the fault on, this very domain was taken by somebody else just now, for good.
fn check_domain(exchange: &Exchange<'_>, domain: &str) -> Result<(), Stop> {
    let refusal = || {
        let text = format!("The domain {domain} is in use by another tenant");
        let chosen = exchange.world.options.choices.domain_taken;
        Refusal::with_data(chosen.status, chosen.code, &text, &["companyProfile.domain".to_owned()])
    };
    if settings::domain_taken(exchange.tx, domain)? {
        return Err(refusal().into());
    }
    if exchange.faults.domain_taken {
        settings::refuse_domain(exchange.tx, domain)?;
        settings::set_faults(exchange.tx, Faults { domain_taken: false, ..exchange.faults })?;
        return Err(refusal().keeping().into());
    }
    Ok(())
}

fn domain_is_valid(domain: &str) -> bool {
    domain.strip_suffix(DOMAIN_END).is_some_and(|prefix| {
        (1..=27).contains(&prefix.len()) && prefix.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    })
}

fn culture_is_valid(culture: &str) -> bool {
    culture.split_once('-').is_some_and(|(language, country)| {
        (2..=3).contains(&language.len())
            && (2..=4).contains(&country.len())
            && culture.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

/// The service's own check is not published; this refuses what no mail server would take, and two domains by rule.
pub(super) fn email_is_valid(email: &str) -> bool {
    let Some((local, domain)) = email.rsplit_once('@') else { return false };
    let domain = domain.to_ascii_lowercase();
    let label_is_valid =
        |label: &str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-') && label.len() <= 63;
    !local.is_empty()
        && local.len() <= 64
        && !local.contains(['@', ' ', ',', ';', '<', '>', '"'])
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && domain.contains('.')
        && domain.split('.').all(label_is_valid)
        && domain.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.')
        && domain != "microsoft.com"
        && domain != sample::PROVIDER_DOMAIN
}

/// A strong password: 16 characters with at least two of each kind, none that look alike.
fn password() -> String {
    const KINDS: [&[u8]; 4] = [b"ABCDEFGHJKLMNPQRSTUVWXYZ", b"abcdefghijkmnopqrstuvwxyz", b"23456789", b"!#$%&*+-=?@"];
    let mut rng = rand::rng();
    let mut letters: Vec<u8> = Vec::with_capacity(16);
    for round in 0..4 {
        for kind in KINDS {
            let pick = rng.random_range(0..kind.len());
            letters.extend(kind.get(pick));
        }
        debug_assert_eq!(letters.len(), (round + 1) * KINDS.len(), "one of each kind in each round");
    }
    letters.shuffle(&mut rng);
    letters.into_iter().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_strong_and_differ() {
        let (one, two) = (password(), password());
        assert_eq!(one.len(), 16);
        assert_ne!(one, two);
        for kind in [char::is_uppercase, char::is_lowercase, char::is_numeric] {
            assert!(one.chars().filter(|c| kind(*c)).count() >= 2, "{one} has two of each kind");
        }
    }

    #[test]
    fn domains_and_addresses() {
        assert!(domain_is_valid("nordwind7.onmicrosoft.com"));
        for bad in ["nord-wind.onmicrosoft.com", ".onmicrosoft.com", "nordwind.de", "Nord.onmicrosoft.com"] {
            assert!(!domain_is_valid(bad), "{bad}");
        }
        assert!(email_is_valid("ana.moss@nordwind.example"));
        for bad in ["ana", "ana@nordwind", "a b@x.example", "ana@microsoft.com", ".a@x.example", "a@-x.example"] {
            assert!(!email_is_valid(bad), "{bad}");
        }
    }
}
