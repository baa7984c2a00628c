//! Whatever the real service turns out to do where nothing is published, the client gets along with it.

use crate::world::{BASIC, World, line};
use cb_domain::catalogue::{BillingCycle, Term};
use cb_sync::remote::{Answer, Call, Outcome, Remote};

#[tokio::test]
async fn an_onboarding_goes_through_under_every_choice() {
    for choices in [
        &[("bom", "off")][..],
        &[("doubled-headers", "on"), ("codes-as-text", "on")],
        &[("versioned-links", "on"), ("total-count", "whole")],
        &[("created-status", "200"), ("replaced-status", "200"), ("request-id-hours", "0")],
    ] {
        let world = World::with(choices).await;
        let tenant = world.customer("nordwind").await;
        let cart_id = world.cart(tenant, vec![line(0, BASIC, Term::P1Y, BillingCycle::Annual)]).await;
        let bought = world.good(&Call::CheckoutCart { tenant, cart_id }).await;
        assert!(matches!(bought, Answer::CheckedOut(result) if result.orders.len() == 1), "{choices:?}");
        let Answer::Customers(all) = world.good(&Call::ListCustomers).await else { panic!("{choices:?}") };
        assert_eq!(all.len(), 61, "{choices:?}");
    }
}

#[tokio::test]
async fn a_taken_domain_is_known_by_any_published_shape() {
    for chosen in ["409/600071", "400/600071", "409/0"] {
        let world = World::with(&[("domain-taken", chosen)]).await;
        let outcome = world.send(&crate::world::create("baeckereimorgenroete")).await;
        let Outcome::Refused { class, status, code, data } = outcome else { panic!("{chosen}: {outcome:?}") };
        let refusal = cb_sync::effect::Refusal { class, status, code, data };
        assert!(cb_sync::triage::is_domain_taken(&refusal), "{chosen}");
    }
}

#[tokio::test]
async fn late_orders_and_subscriptions_are_waited_for() {
    let world = World::with(&[("order-lag", "3600"), ("subscription-delay", "3600")]).await;
    let tenant = world.ordered("nordwind").await;
    assert!(matches!(world.good(&Call::ListOrders { tenant }).await, Answer::Orders(orders) if orders.is_empty()));
    let owned = world.good(&Call::ListSubscriptions { tenant }).await;
    assert!(matches!(owned, Answer::Subscriptions(owned) if owned.is_empty()));
}

#[tokio::test]
async fn both_forms_of_retry_after_and_a_repeat_that_conflicts() {
    for form in ["seconds", "date"] {
        let world = World::with(&[("retry-after", "7"), ("retry-after-form", form)]).await;
        world.next("list_customers", cb_sandbox::serve::Fault::Throttled { retry_after: None });
        let outcome = world.send(&Call::Probe).await;
        let Outcome::Throttled { retry_after: Some(wait) } = outcome else { panic!("{form}: {outcome:?}") };
        assert!((5..=7).contains(&wait.as_secs()), "{form}: {wait:?}");
    }
    let world = World::with(&[("request-id-repeat", "conflict")]).await;
    let (call, ids) = (crate::world::create("nordwind"), crate::world::ids());
    assert!(matches!(world.client.send(&call, ids).await, Outcome::Done { .. }));
    assert!(matches!(world.client.send(&call, ids).await, Outcome::Refused { status: 409, .. }));
}
