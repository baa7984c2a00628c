//! The sample world: eight resellers, sixty customers and a hundred and fifty subscriptions, all invented. Dates are
//! counted from the day on which the state file is made.

mod book_only;

pub use book_only::{SampleReseller, book_only};

use crate::SandboxError;
use crate::catalogue::OlderOffer;
use crate::routes::sample_parts::{NewCustomer, agreement_document, instant, order_line};
use crate::sandbox::World;
use crate::state::customers::Customer;
use crate::state::orders::Order;
use crate::state::reseller_day::{self, Trouble};
use crate::state::resellers::Reseller;
use crate::state::subscriptions::Subscription;
use crate::state::{agreements, customers as customer_table, orders, resellers as reseller_table, subscriptions};
use jiff::{SignedDuration, Timestamp};
use rusqlite::Transaction;
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

/// The provider whose practice this is.
pub const PROVIDER_NAME: &str = "Nordhafen Distribution GmbH";
/// Its PartnerID.
pub const PROVIDER_MPN_ID: &str = "4860001";
/// Its mail domain.
pub const PROVIDER_DOMAIN: &str = "nordhafen-distribution.example";

/// All sample ids grow from this one, so that they are the same on every machine.
const ROOT: Uuid = Uuid::from_u128(0x6f1c_9d20_47b3_4c58_9a0e_51c7_22d8_b364);

/// A reseller that Partner Center knows.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ActiveReseller {
    name: String,
    country: String,
    town: String,
    mpn_id: String,
    /// Signed the Microsoft Partner Agreement.
    signed: bool,
    /// What else is wrong with it, so that a practice book has every bad case.
    #[serde(default)]
    trouble: Option<String>,
    contact_name: String,
    contact_role: String,
    contact_email: String,
    contact_phone: String,
}

/// A customer of the sample, as the book may want to show it before any sync.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SampleCustomer {
    /// Company name.
    pub name: String,
    /// Domain prefix.
    pub prefix: String,
    /// ISO country.
    pub country: String,
    /// Street and number.
    pub address_line1: String,
    /// Postal code.
    pub postal_code: String,
    /// Town.
    pub city: String,
    /// State, where the country has them.
    #[serde(default)]
    pub state: Option<String>,
    /// Contact's first name.
    pub first_name: String,
    /// Contact's last name.
    pub last_name: String,
    /// Contact's e-mail.
    pub email: String,
    /// Contact's phone.
    pub phone: String,
    /// Culture, for example `de-DE`.
    pub culture: String,
    /// Registration number, where the country demands one.
    #[serde(default)]
    pub registration_number: Option<String>,
    /// PartnerID of its reseller.
    pub reseller: String,
    /// What it owns.
    subscriptions: Vec<SampleSubscription>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SampleSubscription {
    /// `product:sku`, or the GUID of an older offer.
    sku: String,
    quantity: u32,
    term: String,
    cycle: String,
    days_ago: i64,
    #[serde(default = "yes")]
    auto_renew: bool,
    #[serde(default = "active")]
    status: String,
}

fn yes() -> bool {
    true
}

fn active() -> String {
    "active".to_owned()
}

fn active_resellers() -> Result<Vec<ActiveReseller>, SandboxError> {
    Ok(serde_json::from_str(include_str!("resellers.json"))?)
}

/// The sixty customers.
///
/// # Errors
/// Never in a good build; the data is part of the program.
pub fn customers() -> Result<Vec<SampleCustomer>, SandboxError> {
    Ok(serde_json::from_str(include_str!("customers.json"))?)
}

/// Tenant of a sample reseller or customer, by PartnerID or domain prefix.
#[must_use]
pub fn tenant_id(key: &str) -> Uuid {
    Uuid::new_v5(&ROOT, key.as_bytes())
}

/// Fills an empty state.
pub(crate) fn fill(tx: &Transaction<'_>, world: &World) -> Result<(), SandboxError> {
    let now = (world.options.clock)();
    let mut tenants = HashMap::new();
    for one in active_resellers()? {
        let tenant = tenant_id(&one.mpn_id).to_string();
        tenants.insert(one.mpn_id.clone(), tenant.clone());
        let reseller = Reseller {
            tenant_id: tenant,
            mpn_id: one.mpn_id,
            name: one.name,
            country: one.country,
            state: "Active".to_owned(),
            signed: one.signed,
        };
        reseller_table::insert(tx, &reseller)?;
        reseller_day::set_trouble(tx, &reseller.mpn_id, one.trouble.as_deref().and_then(Trouble::of))?;
    }
    for sample in customers()? {
        fill_customer(tx, world, &sample, tenants.get(&sample.reseller).cloned(), now)?;
    }
    Ok(())
}

/// Adds customers in the manner of the sample, each with one subscription. Those that are there already stay.
pub(crate) fn grow(
    tx: &Transaction<'_>,
    world: &World,
    customers_wanted: u32,
    now: Timestamp,
) -> Result<(), SandboxError> {
    let patterns = customers()?;
    for (number, pattern) in (1..=customers_wanted).zip(patterns.iter().cycle()) {
        let prefix = format!("grown{number:06}");
        if customer_table::get(tx, &tenant_id(&prefix).to_string())?.is_some() {
            continue;
        }
        let subscriptions = pattern.subscriptions.iter().take(1).cloned().collect();
        let one =
            SampleCustomer { name: format!("{} {number}", pattern.name), prefix, subscriptions, ..pattern.clone() };
        let reseller = Some(tenant_id(&one.reseller).to_string());
        fill_customer(tx, world, &one, reseller, now)?;
    }
    Ok(())
}

fn fill_customer(
    tx: &Transaction<'_>,
    world: &World,
    sample: &SampleCustomer,
    reseller_tenant: Option<String>,
    now: Timestamp,
) -> Result<(), SandboxError> {
    let new = NewCustomer {
        id: tenant_id(&sample.prefix),
        domain: format!("{}.onmicrosoft.com", sample.prefix),
        company: sample.name.clone(),
        registration_number: sample.registration_number.clone(),
        email: sample.email.clone(),
        culture: sample.culture.clone(),
        language: sample.culture.split('-').next().unwrap_or("en").to_owned(),
        first_name: Some(sample.first_name.clone()),
        last_name: Some(sample.last_name.clone()),
        address: json!({
            "country": sample.country, "city": sample.city, "state": sample.state,
            "addressLine1": sample.address_line1, "postalCode": sample.postal_code,
            "firstName": sample.first_name, "lastName": sample.last_name, "phoneNumber": sample.phone,
        }),
        reseller_tenant,
    };
    let oldest = sample.subscriptions.iter().map(|one| one.days_ago).max().unwrap_or(0);
    let joined = now.checked_sub(SignedDuration::from_hours(24 * (oldest + 2)))?;
    let customer = Customer {
        number: 0,
        id: new.id.to_string(),
        document: new.document(),
        domain: new.domain,
        company: new.company.to_lowercase(),
        country: sample.country.clone(),
        reseller_tenant: new.reseller_tenant,
        under_review: false,
        review_at: joined,
        created_at: joined.as_second(),
    };
    customer_table::insert(tx, &customer)?;
    let person = [&sample.first_name, &sample.last_name, &sample.email, &sample.phone].map(|text| Some(text.clone()));
    let agreed = joined.to_zoned(jiff::tz::TimeZone::UTC).date();
    agreements::insert(tx, &customer.id, "MicrosoftCustomerAgreement", &agreement_document(person, agreed)?)?;
    for (number, one) in sample.subscriptions.iter().enumerate() {
        fill_subscription(tx, world, sample, one, number, now)?;
    }
    Ok(())
}

fn fill_subscription(
    tx: &Transaction<'_>,
    world: &World,
    sample: &SampleCustomer,
    one: &SampleSubscription,
    number: usize,
    now: Timestamp,
) -> Result<(), SandboxError> {
    let item = one.sku.split_once(':').and_then(|(product, sku)| world.catalogue.item(product, sku));
    let key = format!("{}/{number}", sample.prefix);
    // Bought at some hour of that day, a different one for each; never so late that it would lie ahead of now.
    let hours = 24 * one.days_ago + 1 + i64::try_from(number).unwrap_or(0) * 3;
    let created_at = now.checked_sub(SignedDuration::from_hours(hours))?.as_second();
    let order_id: String = tenant_id(&format!("order {key}")).simple().to_string().chars().take(12).collect();
    let subscription = Subscription {
        id: tenant_id(&format!("subscription {key}")).to_string(),
        customer_id: tenant_id(&sample.prefix).to_string(),
        order_id: order_id.clone(),
        offer_id: item.map_or_else(|| one.sku.clone(), |item| item.catalog_item_id(&sample.country)),
        sku: if item.is_some() { one.sku.clone() } else { String::new() },
        name: item.map_or_else(|| older_name(&one.sku).to_owned(), |item| item.title.clone()),
        country: sample.country.clone(),
        quantity: one.quantity,
        term: one.term.clone(),
        cycle: one.cycle.clone(),
        status: one.status.clone(),
        auto_renew: one.auto_renew,
        trial: false,
        partner_id: Some(sample.reseller.clone()),
        created_at,
        visible_at: created_at,
        life: None,
    };
    subscriptions::insert(tx, &subscription)?;
    let market = world.catalogue.market(&sample.country);
    let document = json!({
        "id": order_id, "alternateId": order_id, "referenceCustomerId": subscription.customer_id,
        "billingCycle": one.cycle, "currencyCode": market.map(|market| market.currency),
        "currencySymbol": market.map(|market| market.symbol),
        "lineItems": [order_line(0, &subscription, None)],
        "creationDate": instant(Timestamp::from_second(created_at)?), "status": "completed",
        "transactionType": "UserPurchase", "client": {}, "attributes": {"objectType": "Order"},
    });
    let order = Order { id: order_id, customer_id: subscription.customer_id, provisioned_at: created_at, document };
    orders::insert(tx, &order)
}

fn older_name(offer: &str) -> &'static str {
    OlderOffer::of(offer).map_or("Older offer", |offer| offer.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Rules, Verdict};

    #[test]
    fn every_sample_customer_obeys_its_country() {
        let rules = Rules::built_in().expect("the built-in rules parse");
        let customers = customers().expect("the sample parses");
        assert_eq!(customers.len(), 60);
        for one in &customers {
            let country = rules.country(&one.country).expect("a country");
            let text = |text: &str| Some(text.to_owned());
            assert_eq!(
                country.postal_code(text(&one.postal_code).as_deref()).expect("compiles"),
                Verdict::Fine,
                "{}",
                one.name
            );
            assert_eq!(country.state(one.state.as_deref()), Verdict::Fine, "{}", one.name);
            assert_eq!(country.phone(Some(&one.phone)).expect("compiles"), Verdict::Fine, "{}", one.name);
            let number = one.registration_number.as_deref();
            assert_eq!(country.registration_number(number).expect("compiles"), Verdict::Fine, "{}", one.name);
            assert!(one.email.ends_with(".example"), "{} must not reach a real mailbox", one.email);
        }
    }

    #[test]
    fn every_sample_subscription_could_be_sold() {
        let catalogue = crate::catalogue::Catalogue::built_in().expect("the catalogue parses");
        let customers = customers().expect("the sample parses");
        assert_eq!(customers.iter().map(|one| one.subscriptions.len()).sum::<usize>(), 150);
        for one in customers.iter().flat_map(|one| &one.subscriptions) {
            let Some((product, sku)) = one.sku.split_once(':') else {
                assert_ne!(older_name(&one.sku), "Older offer", "{} is named", one.sku);
                continue;
            };
            let item = catalogue.item(product, sku).expect("in the catalogue");
            let plan = item.plans().iter().find(|plan| plan.term == one.term && plan.cycle == one.cycle);
            let plan = plan.unwrap_or_else(|| panic!("{} {} {}", item.title, one.term, one.cycle));
            assert!(one.quantity >= plan.minimum_quantity.unwrap_or(1), "{}", item.title);
            assert!(one.quantity <= item.maximum_quantity, "{}", item.title);
        }
    }
}
