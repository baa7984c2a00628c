//! Resellers, customers and agreements: what is sent for each call, and what its answers become.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

mod support;

use cb_domain::customer::AccountReview;
use cb_domain::operation::{ConfirmAgreement, CreateCustomer};
use cb_domain::reseller::{Fitness, PartnershipState};
use cb_sync::remote::{Answer, Call, Outcome, RefusalClass};
use serde_json::json;
use support::{RESELLER, Step, TENANT, answer, body, fail, good, header, ok, run, tenant};

fn payload() -> Box<CreateCustomer> {
    Box::new(CreateCustomer {
        reseller_tenant: RESELLER.parse().unwrap(),
        prefixes: vec!["nordwindbakery".to_owned(), "nordwind-bakery".to_owned()],
        company_name: "Nordwind Bäckerei".to_owned(),
        country: "DE".to_owned(),
        registration_number: None,
        address_line_1: "Hafenstraße 12".to_owned(),
        address_line_2: None,
        city: "Hamburg".to_owned(),
        state: None,
        postal_code: Some("20457".to_owned()),
        first_name: "Ana".to_owned(),
        last_name: "Moss".to_owned(),
        email: "ana@nordwindbakery.example".to_owned(),
        phone: Some("+49401234567".to_owned()),
        language: "de".to_owned(),
        culture: "de-DE".to_owned(),
        qualification: None,
    })
}

fn create() -> Call {
    Call::CreateCustomer { payload: payload(), prefix_index: 1 }
}

const CREATED: &str = r#"{"id":"0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a11","companyProfile":{"domain":"Nordwind-Bakery.OnMicrosoft.com"},
    "userCredentials":{"userName":"admin","password":"Xy4!example"},"novel":1}"#;

#[tokio::test]
async fn creation_sends_camel_case_without_nulls_and_takes_the_password() {
    let (outcome, seen) =
        run(create(), vec![answer("POST /v1/customers", 201, &[("date", "Mon, 05 Jan 2026 09:00:00 GMT")], CREATED)])
            .await;
    let Outcome::Done { answer: Answer::Created(created), server_date } = outcome else { panic!("{outcome:?}") };
    assert_eq!(created.tenant, tenant());
    assert_eq!(created.domain_prefix, "Nordwind-Bakery");
    assert_eq!(created.user_name, "admin@Nordwind-Bakery.onmicrosoft.com");
    assert_eq!(created.password.as_ref().map(|secret| secret.expose()), Some(&b"Xy4!example"[..]));
    assert!(created.unreadable.is_none() && !format!("{created:?}").contains("Xy4"));
    assert_eq!(server_date.map(|at| at.to_string()).as_deref(), Some("2026-01-05T09:00:00Z"));
    assert_eq!(
        body(&seen[0]),
        json!({
            "associatedPartnerId": RESELLER,
            "companyProfile": { "domain": "nordwind-bakery.onmicrosoft.com" },
            "billingProfile": {
                "firstName": "Ana", "lastName": "Moss", "email": "ana@nordwindbakery.example", "culture": "de-DE",
                "language": "de", "companyName": "Nordwind Bäckerei",
                "defaultAddress": { "country": "DE", "city": "Hamburg", "addressLine1": "Hafenstraße 12",
                    "postalCode": "20457", "firstName": "Ana", "lastName": "Moss", "phoneNumber": "+49401234567" }
            }
        })
    );
    for (name, value) in [
        ("authorization", "Bearer token-0"),
        ("accept", "application/json"),
        ("content-type", "application/json"),
        ("ms-requestid", "00000000-0000-0000-0000-000000000001"),
        ("ms-correlationid", "00000000-0000-0000-0000-000000000002"),
        ("x-locale", "de-DE"),
        ("ms-partnercenter-application", "Channelbook"),
    ] {
        assert_eq!(header(&seen[0], name), value, "{name}");
    }
}

#[tokio::test]
async fn c2_a_good_answer_that_does_not_parse_is_kept_raw_but_a_page_is_not() {
    for raw in [r#"{"userCredentials":{"password":"Xy4"#, r#"{"userCredentials":{"password":"Xy4"}}"#, "[]"] {
        let Answer::Created(created) = good(create(), vec![answer("POST /v1/customers", 201, &[], raw)]).await else {
            panic!("not created")
        };
        assert!(created.tenant.0.is_nil() && created.password.is_none());
        assert_eq!(created.unreadable.as_ref().map(|secret| secret.expose()), Some(raw.as_bytes()));
    }
    for page in ["<html>sign in to the hotel's network</html>", ""] {
        let (outcome, _) = run(create(), vec![answer("POST /v1/customers", 200, &[], page)]).await;
        assert!(matches!(outcome, Outcome::Unknown), "{outcome:?}");
    }
}

#[tokio::test]
async fn c2_a_creations_answer_cut_at_any_byte_is_kept_whole_as_far_as_it_came() {
    for end in 1..CREATED.len() {
        let cut = &CREATED[..end];
        let Answer::Created(created) = good(create(), vec![answer("POST /v1/customers", 201, &[], cut)]).await else {
            panic!("cut at {end}")
        };
        assert!(created.password.is_none() && created.tenant.0.is_nil(), "cut at {end}");
        assert_eq!(created.unreadable.as_ref().map(|secret| secret.expose()), Some(cut.as_bytes()));
    }
}

#[tokio::test]
async fn refusals_of_the_creation_carry_class_code_and_data() {
    for (status, text, class, code) in [
        (
            400,
            r#"{"code":"2001","description":"Customer details are missing","data":["billingProfile.email"]}"#,
            RefusalClass::Fixable,
            2001,
        ),
        (409, r#"{"code":600071,"data":["companyProfile.domain"]}"#, RefusalClass::Fixable, 600_071),
        (403, r#"{"code":600006,"errorName":"x","message":"no"}"#, RefusalClass::Permission, 600_006),
        (404, r#"{"code":3000}"#, RefusalClass::Fixable, 3000),
        (403, "<html/>", RefusalClass::Permission, 0),
        (418, "", RefusalClass::Other, 0),
    ] {
        let (outcome, _) = run(create(), vec![answer("POST /v1/customers", status, &[], text)]).await;
        let Outcome::Refused { class: found, status: told, code: number, .. } = outcome else { panic!("{outcome:?}") };
        assert_eq!((found, told, number), (class, status, code));
    }
}

#[tokio::test]
async fn domains_are_taken_free_or_not_answered() {
    let call = || Call::CheckDomain { prefix: "nordwind".to_owned() };
    let head = "HEAD /v1/domains/nordwind.onmicrosoft.com";
    assert!(matches!(good(call(), vec![answer(head, 200, &[], "")]).await, Answer::DomainFree(false)));
    assert!(matches!(good(call(), vec![answer(head, 404, &[], "")]).await, Answer::DomainFree(true)));
    let (outcome, _) = run(call(), vec![answer(head, 500, &[], "")]).await;
    assert!(matches!(outcome, Outcome::Unknown));
    let (outcome, _) = run(call(), vec![answer(head, 204, &[], "")]).await;
    assert!(matches!(outcome, Outcome::Unknown));
}

#[tokio::test]
async fn addresses_are_accepted_unless_nothing_is_found() {
    let post = "POST /v1/validations/address";
    let call = || Call::CheckAddress { payload: payload() };
    let text = r#"{"status":"VerifiedShippable","suggestedAddresses":[{"country":"DE","city":"Hamburg","addressLine1":"Hafenstr. 12","postalCode":"20457"}]}"#;
    let Answer::Address { accepted, suggestion } = good(call(), vec![ok(post, text)]).await else { panic!() };
    assert!(accepted);
    assert_eq!(suggestion.as_deref(), Some("Hafenstr. 12, 20457 Hamburg, DE"));
    let Answer::Address { accepted, suggestion } = good(call(), vec![ok(post, r#"{"status":"None"}"#)]).await else {
        panic!()
    };
    assert!(!accepted && suggestion.is_none());
}

#[tokio::test]
async fn country_rules_come_as_text_once_they_are_rules() {
    let get = "GET /v1/countryvalidationrules/DE";
    let call = || Call::CountryRules { country: "DE".to_owned() };
    let Answer::CountryRules(text) = good(call(), vec![ok(get, r#"{"iso2Code":"DE"}"#)]).await else { panic!() };
    assert_eq!(text, r#"{"iso2Code":"DE"}"#);
    let (outcome, _) = run(call(), vec![ok(get, r#"{"hello":1}"#)]).await;
    assert!(matches!(outcome, Outcome::Unknown));
}

#[tokio::test]
async fn lists_follow_next_links_with_their_headers() {
    let first = r#"{"totalCount":1,"items":[{"id":"0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a11","companyProfile":{"domain":"a.onmicrosoft.com","companyName":"A"}}],
        "links":{"next":{"uri":"NEXT","method":"GET","headers":[{"key":"MS-ContinuationToken","value":"AAEA"}]}}}"#;
    let last =
        r#"{"items":[{"id":"5d0c1b1e-6a0f-4f43-9a77-0d3a7c5b9e11","companyProfile":{"domain":"b.onmicrosoft.com"}}]}"#;
    let get = "GET /v1/customers?size=500&filter=%7B%22Field%22%3A%22Domain%22%2C%22Operator%22%3A%22starts_with%22%2C%22Value%22%3A%22a%22%7D";
    for next in ["/customers?seek=Next", "/v1/customers?seek=Next", "https://api.example/v1/customers?seek=Next"] {
        let steps = vec![ok(get, &first.replace("NEXT", next)), ok("GET /v1/customers?seek=Next", last)];
        let (outcome, seen) = run(Call::FindCustomer { domain_prefix: "a".to_owned() }, steps).await;
        let Outcome::Done { answer: Answer::Customers(found), .. } = outcome else { panic!("{outcome:?}") };
        assert_eq!(found.iter().map(|found| found.domain_prefix.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(header(&seen[1], "ms-continuationtoken"), "AAEA");
        assert_ne!(header(&seen[0], "ms-correlationid"), header(&seen[1], "ms-correlationid"));
    }
    let steps = vec![ok(get, &first.replace("NEXT", "https://evil.example/v1/customers"))];
    let (outcome, _) = run(Call::FindCustomer { domain_prefix: "a".to_owned() }, steps).await;
    assert!(matches!(outcome, Outcome::Unknown), "a link to another host is not followed");
}

#[tokio::test]
async fn a_list_that_turns_in_circles_ends() {
    let get = "GET /v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf";
    let page = r#"{"items":[],"links":{"next":{"uri":"/relationships?relationship_type=IsIndirectCloudSolutionProviderOf","headers":[]}}}"#;
    let (outcome, _) = run(Call::ListResellers, vec![ok(get, page)]).await;
    assert!(matches!(outcome, Outcome::Unknown));
}

#[tokio::test]
async fn resellers_keep_tenant_and_partner_id_apart() {
    let get = "GET /v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf";
    let page = r#"{"items":[{"id":"5d0c1b1e-6a0f-4f43-9a77-0d3a7c5b9e10","name":"Birch","mpnId":4800000,"location":"de"},
        {"id":"5d0c1b1e-6a0f-4f43-9a77-0d3a7c5b9e11","name":"Ash","state":"Inactive"}]}"#;
    let Answer::Resellers(found) = good(Call::ListResellers, vec![ok(get, page)]).await else { panic!() };
    assert_eq!(found[0].partner_id.as_deref(), Some("4800000"));
    assert_eq!((found[0].country.as_str(), found[0].partnership), ("DE", PartnershipState::Active));
    assert_eq!(found[1].partnership, PartnershipState::Ended);
}

#[tokio::test]
async fn fitness_of_a_reseller() {
    let signed = format!("GET /v1/compliance/csp/agreementstatus?tenantId={RESELLER}");
    let valid = "POST /v1/partners/validateresellers";
    let cases: Vec<(Vec<Step>, Fitness)> = vec![
        (
            vec![
                ok(&signed, r#"{"isAgreementSigned":true}"#),
                ok(valid, r#"{"validationResults":[{"partnerId":"4800000","isValidPartnerIdOnRecord":true}]}"#),
            ],
            Fitness::Fit,
        ),
        (vec![ok(&signed, r#"{"isAgreementSigned":false}"#)], Fitness::AgreementNotSigned),
        (vec![answer(&signed, 400, &[], r#"{"code":2206}"#)], Fitness::AgreementNotSigned),
        (vec![answer(&signed, 400, &[], r#"{"code":"2205"}"#)], Fitness::PartnerIdNotValid),
        (
            vec![
                ok(&signed, r#"{"isAgreementSigned":true}"#),
                ok(
                    valid,
                    r#"{"validationResults":[{"partnerId":4800000,"isValidPartnerIdOnRecord":false,"errorCode":900154}]}"#,
                ),
            ],
            Fitness::Suspended,
        ),
    ];
    for (steps, expected) in cases {
        let call = Call::CheckReseller { tenant: RESELLER.parse().unwrap(), partner_id: "4800000".to_owned() };
        let Answer::ResellerFitness(found) = good(call, steps).await else { panic!() };
        assert_eq!(found, expected);
    }
}

#[tokio::test]
async fn customers_are_listed_with_their_resellers() {
    let other = "9a1c0f7e-3f0b-4e51-8d2a-5b6c7d8e9f00";
    let all = format!(
        r#"{{"items":[{{"id":"{TENANT}","companyProfile":{{"domain":"a.onmicrosoft.com"}}}},{{"id":"{other}"}}]}}"#
    );
    let theirs = format!(r#"{{"items":[{{"id":"{}"}}]}}"#, TENANT.to_uppercase());
    let relationships = format!(r#"{{"items":[{{"id":"{RESELLER}"}}]}}"#);
    let filter = format!(
        "GET /v1/customers?size=500&filter=%7B%22Field%22%3A%22IndirectReseller%22%2C%22Operator%22%3A%22starts_with%22%2C%22Value%22%3A%22{RESELLER}%22%7D"
    );
    let steps = vec![
        ok("GET /v1/customers?size=500", &all),
        ok("GET /v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf", &relationships),
        ok(&filter, &theirs),
    ];
    let Answer::Customers(found) = good(Call::ListCustomers, steps).await else { panic!() };
    assert_eq!(found[0].reseller_tenant.map(|id| id.to_string()).as_deref(), Some(RESELLER));
    assert_eq!(found[1].reseller_tenant, None);
}

#[tokio::test]
async fn account_review_in_all_words() {
    let get = format!("GET /v1/customers/{TENANT}/validationStatus?type=account");
    for (word, review) in [
        ("Allowed", AccountReview::Allowed),
        ("underreview", AccountReview::UnderReview),
        ("NotAllowed", AccountReview::NotAllowed),
        ("Not Ready", AccountReview::NotReady),
        ("Novel", AccountReview::Unknown),
    ] {
        let steps = vec![ok(&get, &format!(r#"{{"type":"account","status":"{word}"}}"#))];
        let Answer::Review(found) = good(Call::AccountReview { tenant: tenant() }, steps).await else { panic!() };
        assert_eq!(found, review);
    }
    let steps = vec![answer(&get, 404, &[], r#"{"code":600074}"#)];
    let (outcome, _) = run(Call::AccountReview { tenant: tenant() }, steps).await;
    assert!(matches!(outcome, Outcome::Refused { class: RefusalClass::NotFound, code: 600_074, .. }));
}

fn agreement(day: Option<&str>) -> Call {
    let payload = ConfirmAgreement {
        first_name: "Ana".to_owned(),
        last_name: "Moss".to_owned(),
        email: "ana@nordwindbakery.example".to_owned(),
        phone: None,
        agreed_on: day.map(|day| day.parse().unwrap()),
    };
    Call::ConfirmAgreement { tenant: tenant(), payload }
}

#[tokio::test]
async fn agreement_is_attested_under_the_newest_template() {
    let templates = r#"{"items":[{"templateId":"old","agreementType":"MicrosoftCustomerAgreement","versionRank":0},
        {"templateId":"new","agreementType":"MicrosoftCustomerAgreement","versionRank":1},{"templateId":"other","agreementType":"MicrosoftCloudAgreement","versionRank":9}]}"#;
    let get = "GET /v1/agreements?agreementType=MicrosoftCustomerAgreement";
    let post = format!("POST /v1/customers/{TENANT}/agreements");
    let steps = vec![ok(get, templates), answer(&post, 201, &[], "{}")];
    let (outcome, seen) = run(agreement(Some("2026-01-05")), steps).await;
    assert!(matches!(outcome, Outcome::Done { answer: Answer::AgreementConfirmed, .. }));
    assert_eq!(
        body(&seen[1]),
        json!({"primaryContact":{"firstName":"Ana","lastName":"Moss","email":"ana@nordwindbakery.example"},
            "templateId":"new","dateAgreed":"2026-01-05T00:00:00.000Z","type":"MicrosoftCustomerAgreement"})
    );
    assert_eq!(header(&seen[1], "ms-requestid"), "00000000-0000-0000-0000-000000000001");
    assert_ne!(header(&seen[0], "ms-requestid"), header(&seen[1], "ms-requestid"));

    let steps = vec![ok(get, templates), answer(&post, 403, &[], r#"{"code":600061}"#)];
    let (outcome, _) = run(agreement(Some("2026-01-05")), steps).await;
    assert!(matches!(outcome, Outcome::Refused { class: RefusalClass::DoneAlready, code: 600_061, .. }));
    let (outcome, _) = run(agreement(None), vec![]).await;
    assert!(matches!(outcome, Outcome::Refused { class: RefusalClass::Fixable, .. }), "nothing is sent without a day");
}

#[tokio::test]
async fn agreement_status_asks_both_ways() {
    let steps = vec![
        ok(
            &format!("GET /v1/customers/{TENANT}/agreements?agreementType=MicrosoftCustomerAgreement"),
            r#"{"items":[]}"#,
        ),
        ok(&format!("GET /v1/customers/{TENANT}/directSignedMicrosoftCustomerAgreementStatus"), r#"{"isSigned":true}"#),
    ];
    let found = good(Call::AgreementStatus { tenant: tenant() }, steps).await;
    assert!(matches!(found, Answer::Agreement { attested: false, signed_by_customer: true }));
}

#[tokio::test]
async fn n5_the_probe_believes_only_the_known_shape() {
    let get = "GET /v1/customers?size=1";
    let known = r#"{"totalCount":0,"items":[],"attributes":{"objectType":"Collection"}}"#;
    assert!(matches!(good(Call::Probe, vec![ok(get, known)]).await, Answer::Alive));
    for other in ["{}", "<html>", "[]", "null"] {
        let (outcome, _) = run(Call::Probe, vec![ok(get, other)]).await;
        assert!(matches!(outcome, Outcome::Unknown), "{other}");
    }
    let (outcome, _) = run(Call::Probe, vec![fail(get, cb_partner_center::transport::TransportError::NotSent)]).await;
    assert!(matches!(outcome, Outcome::NotSent));
}

#[tokio::test]
async fn a_profile_is_read_with_its_tag_and_changed_whole_under_it() {
    const PROFILE: &str = r#"{"id":"6c1d5f0a-12c4-5a0e-9d3f-1f7a6b2c3d44","email":"ana@nordwindbakery.example","culture":"de-DE",
        "language":"de","companyName":"Nordwind","firstName":"Ana","lastName":"Moss","defaultAddress":{"country":"DE",
        "city":"Hamburg","addressLine1":"Hafenstraße 12","postalCode":"20457","phoneNumber":"401234567"},
        "attributes":{"etag":"-3321094471562201995","objectType":"CustomerBillingProfile"}}"#;
    let read = format!("GET /v1/customers/{TENANT}/profiles/billing");
    let put = format!("PUT /v1/customers/{TENANT}/profiles/billing");
    let Answer::Profile(known) = good(Call::ReadProfile { tenant: tenant() }, vec![ok(&read, PROFILE)]).await else {
        panic!()
    };
    assert_eq!((known.etag.as_str(), known.profile.city.as_str()), ("-3321094471562201995", "Hamburg"));
    let mut profile = known.profile.clone();
    profile.last_name = "Anders ".to_owned();
    let change = || Call::UpdateProfile {
        tenant: tenant(),
        id: known.id.clone(),
        etag: known.etag.clone(),
        profile: Box::new(profile.clone()),
    };
    let (outcome, seen) = run(change(), vec![ok(&put, PROFILE)]).await;
    assert!(matches!(outcome, Outcome::Done { answer: Answer::Profile(_), .. }));
    assert_eq!(header(&seen[0], "if-match"), "\"-3321094471562201995\"");
    let sent = body(&seen[0]);
    assert_eq!(sent["lastName"], "Anders");
    assert_eq!(
        (&sent["defaultAddress"]["lastName"], &sent["defaultAddress"]["addressLine2"]),
        (&json!("Anders"), &json!(null))
    );
    let stale = vec![answer(&put, 400, &[], r#"{"code":2055}"#)];
    let (outcome, _) = run(change(), stale).await;
    assert!(matches!(outcome, Outcome::Refused { class: RefusalClass::Conflict, code: 2055, .. }), "{outcome:?}");
    // Without a tag it could never be changed safely: not read.
    let bare = run(Call::ReadProfile { tenant: tenant() }, vec![ok(&read, r#"{"id":"x"}"#)]).await.0;
    assert!(matches!(bare, Outcome::Unknown));
}
