//! Every trouble that the server can make, and what the client makes of it (N5, N6).

use crate::world::{BASIC, PREMIUM, World, cart, create, ids, line, somebody};
use cb_domain::catalogue::{BillingCycle, Term};
use cb_sandbox::serve::{Fault, FaultRule};
use cb_sync::remote::{Answer, Call, Outcome, RefusalClass, Remote};
use std::sync::atomic::Ordering;
use std::time::Duration;

fn status(status: u16) -> Fault {
    Fault::Answer { status, code: None, data: Vec::new(), newer: false, carried_out: false, retry_after: None }
}

#[tokio::test]
async fn an_answer_lost_before_or_after_is_unknown_and_the_same_key_settles_it() {
    let world = World::new().await;
    for (prefix, fault, done) in [("eins", Fault::LostBefore, false), ("zwei", Fault::LostAfter, true)] {
        world.next("create_customer", fault);
        let (call, ids) = (create(prefix), ids());
        assert!(matches!(world.client.send(&call, ids).await, Outcome::Unknown), "{prefix}");
        let taken = world.good(&Call::CheckDomain { prefix: prefix.to_owned() }).await;
        assert!(matches!(taken, Answer::DomainFree(free) if free != done), "{prefix}");
        let Outcome::Done { answer: Answer::Created(created), .. } = world.client.send(&call, ids).await else {
            panic!("{prefix} is not repeated")
        };
        assert!(created.password.is_some(), "only a repeated answer brings the password");
    }
}

#[tokio::test]
async fn a_forgotten_request_id_does_not_double_a_customer() {
    let world = World::new().await;
    world.next("create_customer", Fault::LostAfter);
    let (call, ids) = (create("nordwind"), ids());
    assert!(matches!(world.client.send(&call, ids).await, Outcome::Unknown));
    world.next("create_customer", Fault::ForgottenRequestId);
    let again = world.client.send(&call, ids).await;
    assert!(matches!(again, Outcome::Refused { status: 409, .. }), "{again:?}");
}

#[tokio::test]
async fn an_answer_cut_at_any_offset_is_unknown() {
    let world = World::new().await;
    // The head is some 450 bytes; a page of customers is longer than any offset here.
    for after in (0..600).step_by(13).chain([1, 2, 3]) {
        world.next("list_customers", Fault::Cut { after });
        let outcome = world.send(&Call::Probe).await;
        assert!(matches!(outcome, Outcome::Unknown), "cut after {after}: {outcome:?}");
    }
    for after in [0, 9, 200, 420, 700] {
        world.next("create_cart", Fault::Cut { after });
        let lines = vec![line(0, BASIC, Term::P1Y, BillingCycle::Annual)];
        let outcome = world.send(&cart(somebody(), lines)).await;
        assert!(matches!(outcome, Outcome::Unknown), "cart cut after {after}: {outcome:?}");
    }
    assert!(matches!(world.good(&Call::Probe).await, Answer::Alive), "and nothing is left of it");
}

#[tokio::test]
async fn faults_of_the_service_leave_it_open_whether_they_did_anything() {
    let world = World::new().await;
    for fault in [
        status(500),
        status(502),
        status(503),
        status(504),
        status(408),
        status(302),
        status(200),
        Fault::Html { status: 502, carried_out: true },
        Fault::Html { status: 200, carried_out: false },
    ] {
        world.next("create_cart", fault.clone());
        let lines = vec![line(0, BASIC, Term::P1Y, BillingCycle::Annual)];
        let outcome = world.send(&cart(somebody(), lines)).await;
        assert!(matches!(outcome, Outcome::Unknown), "{fault:?}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_burst_of_429_and_a_503_that_asks_to_wait() {
    let world = World::new().await;
    let burst = Fault::Throttled { retry_after: Some("57".to_owned()) };
    world.served.trouble(vec![FaultRule { times: 3, ..FaultRule::next("create_customer", burst) }]);
    for _ in 0..3 {
        let outcome = world.send(&create("nordwind")).await;
        assert!(matches!(outcome, Outcome::Throttled { retry_after: Some(wait) } if wait.as_secs() == 57));
    }
    world.customer("nordwind").await;
    let busy = Fault::Answer {
        status: 503,
        code: None,
        data: Vec::new(),
        newer: false,
        carried_out: false,
        retry_after: Some("soon".to_owned()),
    };
    world.next("list_customers", busy);
    let outcome = world.send(&Call::Probe).await;
    assert!(matches!(outcome, Outcome::Throttled { retry_after: Some(wait) } if wait.as_secs() == 60), "N2");
}

#[tokio::test]
async fn an_expired_token_is_renewed_once_under_the_same_key() {
    let world = World::new().await;
    world.next("create_customer", Fault::TokenExpired);
    world.customer("nordwind").await;
    assert_eq!(world.tokens.refreshed.load(Ordering::SeqCst), 1);
    world.served.trouble(vec![FaultRule { times: 2, ..FaultRule::next("create_customer", Fault::TokenExpired) }]);
    assert!(matches!(world.send(&create("suedwind")).await, Outcome::SignIn), "refused twice");
    world.next("create_customer", Fault::Mfa);
    assert!(matches!(world.send(&create("suedwind")).await, Outcome::MfaNeeded));
    assert_eq!(world.tokens.refreshed.load(Ordering::SeqCst), 2, "a second factor is not got by renewing");
}

#[tokio::test]
async fn review_stale_ids_half_tenants_and_partial_checkouts() {
    let world = World::new().await;
    let tenant = world.customer("nordwind").await;
    let basic = || vec![line(0, BASIC, Term::P1Y, BillingCycle::Annual)];
    world.next("create_cart", Fault::StaleAvailability);
    let outcome = world.send(&cart(tenant, basic())).await;
    assert!(matches!(outcome, Outcome::Refused { status: 404, code: 400_019, .. }), "{outcome:?}");

    let cart_id = world.cart(tenant, basic()).await;
    world.next("checkout", Fault::AccountReview);
    let outcome = world.send(&Call::CheckoutCart { tenant, cart_id }).await;
    assert!(matches!(outcome, Outcome::Refused { class: RefusalClass::Fixable, code: 800_073, .. }), "{outcome:?}");

    let two = vec![line(0, BASIC, Term::P1Y, BillingCycle::Annual), line(1, PREMIUM, Term::P1Y, BillingCycle::Monthly)];
    let cart_id = world.cart(tenant, two).await;
    world.next("checkout", Fault::PartialCheckout);
    let Answer::CheckedOut(result) = world.good(&Call::CheckoutCart { tenant, cart_id }).await else {
        panic!("not bought")
    };
    assert_eq!((result.orders.len(), result.errors.as_slice()), (1, &[800_066][..]), "S5");

    world.next("list_orders", Fault::OrderLag { seconds: 900 });
    assert!(matches!(world.good(&Call::ListOrders { tenant }).await, Answer::Orders(orders) if orders.is_empty()));
    assert!(matches!(world.good(&Call::ListOrders { tenant }).await, Answer::Orders(orders) if orders.len() == 1));

    world.next("create_customer", Fault::HalfCreated);
    let outcome = world.send(&create("halb")).await;
    assert!(matches!(outcome, Outcome::Refused { status: 400, code: 27_002, .. }), "{outcome:?}");
    let taken = world.good(&Call::CheckDomain { prefix: "halb".to_owned() }).await;
    assert!(matches!(taken, Answer::DomainFree(false)), "the tenant is there all the same");
}

#[tokio::test]
async fn slow_answers_and_odd_headers_are_still_answers() {
    let world = World::new().await;
    let started = std::time::Instant::now();
    world.next("list_customers", Fault::Delay { ms: 80 });
    world.next("list_customers", Fault::WithoutBom);
    world.next("list_customers", Fault::DoubledHeaders);
    assert!(matches!(world.good(&Call::Probe).await, Answer::Alive));
    assert!(started.elapsed() >= Duration::from_millis(80));
}

#[tokio::test]
async fn nobody_there_is_not_sent() {
    let world = World::new().await;
    let nobody = World::new().await.base;
    // A port that was free a moment ago and has no listener: bound once more and let go.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_ne!(nobody, address);
    let transport = cb_partner_center::transport::HttpsTransport::new(vec!["127.0.0.1".to_owned()]).unwrap();
    let config = cb_partner_center::client::ClientConfig::new(&address, "de-DE");
    let client = cb_partner_center::client::Client::new(std::sync::Arc::new(transport), world.tokens.clone(), config);
    assert!(matches!(client.send(&Call::Probe, ids()).await, Outcome::NotSent));
}
