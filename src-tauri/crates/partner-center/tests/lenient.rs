//! Reading leniently: what real answers do and the documentation doesn't say. And never a panic, whatever comes.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use cb_partner_center::catalogue::minor_of;
use cb_partner_center::wire::{self, Cart, Collection, Customer, Order, ServiceError, Sku, Subscription};
use proptest::prelude::*;

#[test]
fn codes_come_as_numbers_and_as_text() {
    for body in [r#"{"code":3000}"#, r#"{"code":"3000"}"#, r#"{"code":3000.0}"#] {
        let error: ServiceError = wire::from_answer(body.as_bytes()).expect("readable");
        assert_eq!(error.number(), 3000, "{body}");
    }
    let named: ServiceError = wire::from_answer(br#"{"code":"Name","data":["a",1,null]}"#).expect("readable");
    assert_eq!(named.number(), 0);
    assert_eq!(named.texts(), ["a"]);
    let gateway: ServiceError =
        wire::from_answer(br#"{"statusCode":429,"message":"Rate limit is exceeded. Try again in 57 seconds."}"#)
            .expect("readable");
    assert_eq!((gateway.number(), gateway.status_code), (0, Some(429)));
}

#[test]
fn nulls_missing_and_unknown_members_and_words_are_no_error() {
    let body = br#"{"id":12345,"quantity":"5","status":"Some New Word","links":null,"billingCycle":"One_Time",
        "autoRenewEnabled":"True","novel":{"a":[1]},"actions":[null,"Edit"]}"#;
    let read: Subscription = wire::from_answer(body).expect("readable");
    assert_eq!(read.id.as_deref(), Some("12345"));
    assert_eq!(read.quantity, Some(5));
    assert_eq!(read.status, Some(wire::SubscriptionStatus::Other("Some New Word".to_owned())));
    assert_eq!(read.billing_cycle, Some(wire::BillingCycle::OneTime));
    assert_eq!(read.auto_renew_enabled, Some(true));
    assert_eq!(read.actions, Some(vec!["Edit".to_owned()]));
    let none: Collection<Customer> = wire::from_answer(br#"{"items":null}"#).expect("readable");
    assert!(none.items.is_empty());
}

#[test]
fn words_are_read_in_any_case() {
    for text in ["transaction_reseller", "TransactionReseller", "TRANSACTION_RESELLER", "transaction reseller"] {
        assert_eq!(wire::ParticipantKey::from(text), wire::ParticipantKey::TransactionReseller);
    }
    assert_eq!(wire::ReviewStatus::from("NotReady"), wire::ReviewStatus::NotReady);
    assert_eq!(wire::ReviewStatus::from("Not Ready").as_str(), "Not Ready");
}

#[test]
fn cart_line_errors_come_as_numbers_and_as_names() {
    for (body, number) in [
        (r#"{"errorCode":10014}"#, 10014),
        (r#"{"errorCode":"10014"}"#, 10014),
        (r#"{"errorCode":"SandboxLimitExceeded"}"#, 10009),
        (r#"{"errorCode":"catalog_item_id_is_not_valid"}"#, 10001),
        (r#"{"errorCode":"Novel"}"#, 10006),
        ("{}", 10006),
    ] {
        let error: wire::CartLineError = wire::from_answer(body.as_bytes()).expect("readable");
        assert_eq!(error.number(), number, "{body}");
    }
}

#[test]
fn requests_are_read_in_any_case_and_foreign_names_stay() {
    let body =
        br#"{"PARTNERONRECORDATTESTATIONACCEPTED":true,"lineitems":[{"Id":0,"CatalogItemId":"A:1:B","Quantity":5,
        "TermDuration":"P1Y","BillingCycle":"Monthly","FriendlyName":null,"ProvisioningContext":{"Scope":"x"},
        "Participants":[{"Key":"transaction_reseller","Value":"4800000"}]}]}"#;
    let cart: Cart = wire::from_request(body).expect("readable");
    assert_eq!(cart.partner_on_record_attestation_accepted, Some(true));
    let line = &cart.line_items.expect("lines")[0];
    assert_eq!(line.billing_cycle, Some(wire::BillingCycle::Monthly));
    assert_eq!(line.friendly_name, None);
    assert!(line.provisioning_context.as_ref().expect("context").contains_key("Scope"));
    let customer: Customer =
        wire::from_request(br#"{"EnableGDAPByDefault":true,"EnableGdapByDefault":null}"#).expect("readable");
    assert_eq!(customer.enable_gdap_by_default, Some(true));
}

#[test]
fn dates_come_in_any_shape() {
    for text in [
        "2026-01-05T09:12:11Z",
        "2026-01-05T09:12:11.0000000Z",
        "2026-01-05T10:12:11.00+01:00",
        "2026-01-05T09:12:11",
        "2026-01-05T09:12:11.000",
        " 2026-01-05 09:12:11 ",
    ] {
        assert_eq!(wire::instant(text).map(|at| at.as_second()), Some(1_767_604_331), "{text:?}");
    }
    assert_eq!(wire::instant("2026-01-05").map(|at| at.to_string()).as_deref(), Some("2026-01-05T00:00:00Z"));
    assert!(wire::instant("9999-12-14T00:00:00Z").is_some());
    assert_eq!(wire::instant("soon"), None);
    assert_eq!(wire::day("01/31/2026"), wire::day("2026-01-31T00:00:00.0000000Z"));
}

#[test]
fn add_ons_and_their_bases_come_as_list_and_as_text() {
    for body in [
        r#"{"dynamicAttributes":{"isAddon":true,"prerequisiteSkus":["A:1","B:2"]}}"#,
        r#"{"dynamicAttributes":{"IsAddon":"True","PrerequisiteSkus":"A:1, B:2"}}"#,
        r#"{"dynamicAttributes":{"isAddon":"true","prerequisiteSkus":"[\"A:1\",\"B:2\"]"}}"#,
    ] {
        let sku: Sku = wire::from_answer(body.as_bytes()).expect("readable");
        assert!(sku.is_addon(), "{body}");
        assert_eq!(sku.prerequisite_skus(), ["A:1", "B:2"], "{body}");
    }
}

#[test]
fn c2_the_password_is_never_printed_and_is_read_only_from_the_answer_to_the_creation() {
    let body = br#"{"id":"0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a11","userCredentials":{"userName":"admin","password":"Xy4!\"example"}}"#;
    let created = wire::created_customer(body).expect("readable");
    let printed = format!("{created:?}");
    assert!(printed.contains("[redacted]") && !printed.contains("Xy4"), "{printed}");
    let credentials = created.user_credentials.as_ref().expect("credentials");
    assert_eq!(credentials.password.as_ref().map(wire::Secret::expose), Some("Xy4!\"example"));
    let again = wire::created_customer(&wire::to_body(&created)).expect("readable");
    assert_eq!(again.user_credentials.and_then(|c| c.password), created.user_credentials.and_then(|c| c.password));
}

#[test]
fn a_price_sheet_is_read_as_it_was_written_and_bad_rows_cost_only_themselves() {
    let row = wire::PriceRow {
        product_title: "Example, \"Suite\"".to_owned(),
        product_id: "A".to_owned(),
        sku_id: "0001".to_owned(),
        unit_price: "126.5".to_owned(),
        erp_price: "150".to_owned(),
        ..wire::PriceRow::default()
    };
    let sheet = wire::write_price_sheet(&[row.clone(), row.clone()]);
    assert_eq!(wire::read_price_sheet(&[wire::BOM, &sheet].concat()), [row.clone(), row.clone()]);
    let damaged = [&sheet[..], b"\xFF\xFE,broken\n", b"B,B,0001\n"].concat();
    assert!(wire::read_price_sheet(&damaged).starts_with(&[row.clone(), row]));
    assert!(wire::read_price_sheet(b"PK\x03\x04 not a sheet").is_empty());
}

#[test]
fn prices_become_minor_units() {
    for (text, minor) in [
        ("126.5", Some(12_650)),
        ("0.005", Some(1)),
        ("1,234.50", Some(123_450)),
        ("10", Some(1000)),
        (".5", Some(50)),
        ("", None),
        (".", None),
        ("-1", None),
        ("1e3", None),
        ("99999999999999999999", None),
    ] {
        assert_eq!(minor_of(text), minor, "{text:?}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = wire::from_answer::<Collection<Customer>>(&bytes);
        let _ = wire::from_answer::<ServiceError>(&bytes);
        let _ = wire::from_request::<Cart>(&bytes);
        let _ = wire::created_customer(&bytes);
        let _ = wire::read_price_sheet(&bytes);
    }

    #[test]
    fn no_json_makes_a_reader_panic(json in json()) {
        let bytes = serde_json::to_vec(&json).unwrap_or_default();
        let _ = wire::from_answer::<Order>(&bytes);
        let _ = wire::from_answer::<Subscription>(&bytes);
        let _ = wire::from_answer::<Sku>(&bytes).map(|sku| (sku.is_addon(), sku.prerequisite_skus()));
        let _ = wire::from_answer::<ServiceError>(&bytes).map(|error| (error.number(), error.texts()));
        let _ = wire::from_request::<Cart>(&bytes);
        let _ = wire::from_request::<Customer>(&bytes);
    }

    #[test]
    fn no_text_makes_a_date_or_price_panic(text in ".{0,40}", digits in "[0-9T:/.,+Z -]{0,30}") {
        let _ = (wire::instant(&text), wire::day(&text), minor_of(&text));
        let _ = (wire::instant(&digits), wire::day(&digits), minor_of(&digits));
    }
}

/// JSON whose names are often those of real bodies.
fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        ".{0,12}".prop_map(Into::into),
    ];
    let names = prop_oneof![
        Just("id"),
        Just("lineItems"),
        Just("quantity"),
        Just("code"),
        Just("data"),
        Just("links"),
        Just("status"),
        Just("billingProfile"),
        Just("dynamicAttributes"),
        Just("isAddon"),
        Just("prerequisiteSkus"),
        Just("pricing"),
        Just("UserCredentials"),
        Just("password"),
        Just("provisioningContext"),
        Just(""),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            proptest::collection::vec((names.clone(), inner), 0..6).prop_map(|members| {
                serde_json::Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
            }),
        ]
    })
}
