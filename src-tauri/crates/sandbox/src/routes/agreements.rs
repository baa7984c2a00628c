//! The Microsoft Customer Agreement: templates, attestations, direct signatures.

use super::{customer, instant};
use crate::Faults;
use crate::codes;
use crate::http::{Exchange, Fields, Refusal, Reply, Route, Stop, collection, may};
use crate::state::agreements as table;
use crate::state::customers::Customer;
use crate::state::settings;
use cb_partner_center::wire;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

/// The agreement that customers accept today.
const CUSTOMER_AGREEMENT: &str = "MicrosoftCustomerAgreement";
/// Its template.
const CUSTOMER_TEMPLATE: &str = "117a77b0-9360-443b-8795-c6dedc750cf9";
/// The older agreement, still listed.
const CLOUD_AGREEMENT: &str = "MicrosoftCloudAgreement";
const CLOUD_TEMPLATE: &str = "998b88de-aa99-4388-a42c-1b3517d49490";
/// Who attests in practice: the partner's user.
const USER: &str = "9a1c0f7e-3f0b-4e51-8d2a-5b6c7d8e9f00";

/// Routes of this file.
pub(super) const ROUTES: &[Route] = &[
    Route::get("/v1/agreements", "agreement_templates", templates)
        .query(&[may("agreementType", "MicrosoftCustomerAgreement")])
        .gives(wire::list_schema::<wire::AgreementMetadata>)
        .user_only(),
    Route::get("/v1/customers/{customer}/agreements", "list_agreements", of_customer)
        .query(&[may("agreementType", "MicrosoftCustomerAgreement")])
        .gives(wire::list_schema::<wire::Agreement>)
        .refuses(&[403, 404])
        .user_only(),
    Route::post("/v1/customers/{customer}/agreements", "confirm_agreement", attest)
        .takes(wire::schema::<wire::Agreement>)
        .gives(wire::schema::<wire::Agreement>)
        .refuses(&[403, 404])
        .user_only(),
    Route::get("/v1/customers/{customer}/directSignedMicrosoftCustomerAgreementStatus", "direct_signed", direct_signed)
        .gives(wire::schema::<wire::DirectSignedStatus>)
        .refuses(&[403, 404])
        .user_only(),
];

/// `GET /agreements?agreementType=…`: without a type the older agreement, `*` all.
pub(super) fn templates(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let wanted = exchange.query("agreementType").unwrap_or(CLOUD_AGREEMENT);
    let known = [(CUSTOMER_AGREEMENT, CUSTOMER_TEMPLATE), (CLOUD_AGREEMENT, CLOUD_TEMPLATE)];
    let items: Vec<Value> = known
        .iter()
        .filter(|(kind, _)| wanted == "*" || kind.eq_ignore_ascii_case(wanted))
        .map(|(kind, template)| {
            json!({"templateId": template, "agreementType": kind, "versionRank": 0,
                "agreementLink": "https://learn.microsoft.com/partner-center/agreements"})
        })
        .collect();
    if items.is_empty() {
        return Err(Refusal::new(400, 0, "The agreement type is not known").into());
    }
    Ok(Reply::ok(collection(items, "/agreements")))
}

/// `GET /customers/{id}/agreements[?agreementType=…]`.
pub(super) fn of_customer(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let wanted = exchange.query("agreementType").unwrap_or("*");
    let items = table::of_customer(exchange.tx, &customer.id)?
        .into_iter()
        .filter(|one| wanted == "*" || one["type"].as_str().is_some_and(|kind| kind.eq_ignore_ascii_case(wanted)))
        .collect();
    Ok(Reply::ok(collection(items, &format!("/customers/{}/agreements", customer.id))))
}

/// `GET …/directSignedMicrosoftCustomerAgreementStatus`.
pub(super) fn direct_signed(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let attested = table::exists(exchange.tx, &customer.id, CUSTOMER_AGREEMENT)?;
    Ok(Reply::ok(json!({"isSigned": !attested && signs_by_now(exchange, &customer)})))
}

/// Attested by the partner, or accepted by the customer in the admin centre.
pub(super) fn in_force(exchange: &Exchange<'_>, customer: &Customer) -> Result<bool, Stop> {
    Ok(table::exists(exchange.tx, &customer.id, CUSTOMER_AGREEMENT)? || signs_by_now(exchange, customer))
}

/// In practice no customer comes to the admin centre, so one is taken to have been there after a while.
fn signs_by_now(exchange: &Exchange<'_>, customer: &Customer) -> bool {
    exchange.now.as_second() >= customer.created_at + exchange.world.options.signs_after.as_secs()
}

/// `POST /customers/{id}/agreements`.
pub(super) fn attest(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let body = Fields::new(&exchange.body);
    let contact = body.at("primaryContact");
    let required = [
        ("primaryContact.firstName", contact.at("firstName")),
        ("primaryContact.lastName", contact.at("lastName")),
        ("primaryContact.email", contact.at("email")),
        ("templateId", body.at("templateId")),
        ("dateAgreed", body.at("dateAgreed")),
    ];
    let missing: Vec<String> =
        required.iter().filter(|(_, field)| field.text().is_none()).map(|(path, _)| (*path).to_owned()).collect();
    if !missing.is_empty() {
        let text = "Agreement details are missing";
        return Err(Refusal::with_data(400, codes::DETAILS_MISSING, text, &missing).into());
    }
    let not_accepted =
        |path: &str| Refusal::with_data(400, codes::INPUT, "A value is not accepted", &[path.to_owned()]);
    if !body.at("templateId").text().is_some_and(|id| id.eq_ignore_ascii_case(CUSTOMER_TEMPLATE)) {
        return Err(not_accepted("templateId").into());
    }
    let kind = body.at("type").text().unwrap_or_else(|| CUSTOMER_AGREEMENT.to_owned());
    if !kind.eq_ignore_ascii_case(CUSTOMER_AGREEMENT) {
        return Err(not_accepted("type").into());
    }
    let agreed =
        body.at("dateAgreed").text().and_then(|text| day_of(&text)).ok_or_else(|| not_accepted("dateAgreed"))?;
    // A day of grace: west of the date line it is already tomorrow somewhere.
    let latest = exchange.now.to_zoned(jiff::tz::TimeZone::UTC).date().tomorrow()?;
    if agreed > latest {
        return Err(not_accepted("dateAgreed").into());
    }
    if exchange.faults.agreement_refused {
        settings::set_faults(exchange.tx, Faults { agreement_refused: false, ..exchange.faults })?;
        let data = ["primaryContact.email".to_owned()];
        return Err(Refusal::with_data(400, codes::EMAIL, "The e-mail address is not valid", &data).keeping().into());
    }
    if table::exists(exchange.tx, &customer.id, CUSTOMER_AGREEMENT)? {
        let text = "The partner has confirmed the agreement of this customer before";
        return Err(Refusal::newer(403, codes::ATTESTED, "PartnerConfirmedAgreementAlreadyExists", text).into());
    }
    let document = document(
        [
            contact.at("firstName").text(),
            contact.at("lastName").text(),
            contact.at("email").text(),
            contact.at("phoneNumber").text(),
        ],
        agreed,
    )?;
    table::insert(exchange.tx, &customer.id, CUSTOMER_AGREEMENT, &document)?;
    Ok(Reply::created(document))
}

/// An attestation as it is answered; `person` is first name, last name, e-mail, phone.
pub(crate) fn document(person: [Option<String>; 4], agreed: Date) -> Result<Value, jiff::Error> {
    let [first_name, last_name, email, phone] = person;
    let at: Timestamp = agreed.to_zoned(jiff::tz::TimeZone::UTC)?.timestamp();
    Ok(json!({
        "primaryContact": {"firstName": first_name, "lastName": last_name, "email": email, "phoneNumber": phone},
        "templateId": CUSTOMER_TEMPLATE, "dateAgreed": instant(at), "type": CUSTOMER_AGREEMENT, "userId": USER,
    }))
}

fn day_of(text: &str) -> Option<Date> {
    text.parse::<Date>().ok().or_else(|| text.get(..10)?.parse().ok())
}
