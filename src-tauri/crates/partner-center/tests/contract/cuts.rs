//! An answer that breaks off is no answer, wherever it breaks off and whatever was asked (N5): every kind of call, cut at
//! offsets through head and body, and at each of the last bytes. Taken for whole it is only when it is whole.

use crate::world::{BASIC, World, agreement, cart, create, ids, line, payload, somebody};
use cb_domain::catalogue::{BillingCycle, SkuKey, Term};
use cb_domain::change::{Change, UpgradeSubscription, Values};
use cb_domain::ids::TenantId;
use cb_sandbox::sample;
use cb_sandbox::serve::Fault;
use cb_sync::remote::{Answer, Call, Outcome, Remote, RequestIds, ResellerToCheck};
use std::sync::atomic::{AtomicU32, Ordering};

/// Offsets tried of an answer, besides its last bytes.
const OFFSETS: usize = 24;
/// Each of the last bytes is tried.
const LAST: usize = 12;

/// A kind of call: its name at the server, and its request by number.
pub struct Asked {
    pub name: &'static str,
    pub call: Box<dyn Fn(u32) -> Call + Send + Sync>,
    /// `Some`: always under this key, so that what the first one changed is repeated to the others.
    key: Option<RequestIds>,
    number: AtomicU32,
}

impl Asked {
    fn same(name: &'static str, call: Call) -> Self {
        Self { name, call: Box::new(move |_| call.clone()), key: Some(ids()), number: AtomicU32::new(0) }
    }

    /// One that asks for something else each time: what is already so is not asked of the server.
    fn other(name: &'static str, call: impl Fn(u32) -> Call + Send + Sync + 'static) -> Self {
        Self { name, call: Box::new(call), key: None, number: AtomicU32::new(0) }
    }
}

/// Sends it with an answer that breaks off after so many bytes.
async fn cut(world: &World, asked: &Asked, after: usize) -> Outcome {
    world.next(asked.name, Fault::Cut { after });
    let call = (asked.call)(asked.number.fetch_add(1, Ordering::SeqCst));
    let outcome = world.client.send(&call, asked.key.unwrap_or_else(ids)).await;
    assert!(world.served.troubles_left().is_empty(), "{} was not asked: {outcome:?}", asked.name);
    outcome
}

/// How long the whole answer is: the fewest bytes after which it may break off without harm.
async fn length(world: &World, asked: &Asked) -> usize {
    let good = async |after| match cut(world, asked, after).await {
        Outcome::Done { .. } => true,
        Outcome::Unknown => false,
        other => panic!("{} cut after {after}: {other:?}", asked.name),
    };
    let mut most = 512;
    while !good(most).await {
        most *= 2;
    }
    let mut least = 0;
    while most - least > 1 {
        let middle = usize::midpoint(least, most);
        if good(middle).await { most = middle } else { least = middle }
    }
    most
}

#[tokio::test(flavor = "multi_thread")]
async fn n5_every_kind_of_call_cut_anywhere_is_unknown() {
    let world = World::new().await;
    let tenant = world.ordered("nordwind").await;
    for asked in calls(&world, tenant).await {
        let name = asked.name;
        let whole = length(&world, &asked).await;
        assert!(whole > 100, "{name} has a head at least: {whole}");
        for after in (0..whole).step_by((whole / OFFSETS).max(1)).chain(whole.saturating_sub(LAST)..whole) {
            let outcome = cut(&world, &asked, after).await;
            assert!(matches!(outcome, Outcome::Unknown), "{name} cut after {after} of {whole} was taken for whole");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn n5_a_checkout_cut_at_each_single_byte_is_unknown_and_buys_once() {
    let world = World::new().await;
    let tenant = world.customer("nordwind").await;
    let cart_id = world.cart(tenant, vec![line(0, BASIC, Term::P1Y, BillingCycle::Annual)]).await;
    let asked = Asked::same("checkout", Call::CheckoutCart { tenant, cart_id });
    let whole = length(&world, &asked).await;
    for after in 0..whole {
        let outcome = cut(&world, &asked, after).await;
        assert!(matches!(outcome, Outcome::Unknown), "cut after {after} of {whole}: {outcome:?}");
    }
    let Answer::Orders(orders) = world.good(&Call::ListOrders { tenant }).await else { panic!("no orders") };
    assert_eq!(orders.len(), 1);
}

/// One of each kind, in an order in which each can be carried out.
pub async fn calls(world: &World, tenant: TenantId) -> Vec<Asked> {
    let Answer::Subscriptions(owned) = world.good(&Call::ListSubscriptions { tenant }).await else {
        panic!("no subscriptions")
    };
    let subscription = owned[0].remote_id.clone().expect("an id");
    let read = Call::ReadSubscription { tenant, subscription: subscription.clone() };
    let Answer::Subscription(stands) = world.good(&read).await else { panic!("not read") };
    let Answer::Profile(profile) = world.good(&Call::ReadProfile { tenant }).await else { panic!("no profile") };
    let changed = {
        let mut changed = profile.profile.clone();
        changed.first_name = "Anna".to_owned();
        changed
    };
    let (older_tenant, older) = older(world).await;
    let of_older = Call::ReadSupportContact { tenant: older_tenant, subscription: older.clone() };
    let Answer::SupportContact(contact) = world.good(&of_older).await else { panic!("no contact") };
    let targets = Call::UpgradeTargets { tenant, subscription: subscription.clone(), legacy: false };
    let Answer::UpgradeTargets(found) = world.good(&targets).await else { panic!("no targets") };
    let upgrade = upgrade(&stands.values, &found[0].sku);
    let spare = world.cart(tenant, vec![line(0, BASIC, Term::P1Y, BillingCycle::Annual)]).await;
    let reseller = ResellerToCheck {
        tenant: sample::tenant_id(crate::world::RESELLER_MPN).to_string().parse().expect("a tenant"),
        partner_id: crate::world::RESELLER_MPN.to_owned(),
    };
    let (base, changing) = (stands.values.clone(), subscription.clone());
    let more = move |number: u32| Call::ChangeSubscription {
        tenant,
        subscription: changing.clone(),
        seen: Box::new(Values { quantity: base.quantity + number, ..base.clone() }),
        change: Box::new(Change::Licences { quantity: base.quantity + number + 1 }),
    };
    vec![
        Asked::same("list_customers", Call::Probe),
        Asked::same("check_domain", Call::CheckDomain { prefix: "baeckereimorgenroete".to_owned() }),
        Asked::same("validate_address", Call::CheckAddress { payload: payload("suedwind") }),
        Asked::same("country_rules", Call::CountryRules { country: "DE".to_owned() }),
        Asked::same("list_resellers", Call::ListResellers),
        Asked::same(
            "agreement_status",
            Call::CheckReseller { tenant: reseller.tenant, partner_id: reseller.partner_id.clone() },
        ),
        Asked::same("create_customer", create("suedwind")),
        Asked::same("list_customers", Call::FindCustomer { domain_prefix: "nordwind".to_owned() }),
        Asked::same("list_customers", Call::ListCustomers),
        Asked::same("list_customers", Call::CustomerPage { of: None, next: None }),
        Asked::same("account_review", Call::AccountReview { tenant }),
        Asked::same("billing_profile", Call::ReadProfile { tenant }),
        Asked::same(
            "update_profile",
            Call::UpdateProfile { tenant, id: profile.id, etag: profile.etag, profile: Box::new(changed) },
        ),
        Asked::same("confirm_agreement", agreement(tenant)),
        Asked::same("list_agreements", Call::AgreementStatus { tenant }),
        Asked::same("create_cart", cart(tenant, vec![line(0, BASIC, Term::P1Y, BillingCycle::Annual)])),
        Asked::same("get_cart", Call::ReadCart { tenant, cart_id: spare.clone() }),
        Asked::same("checkout", Call::CheckoutCart { tenant, cart_id: spare }),
        Asked::same("list_orders", Call::ListOrders { tenant }),
        Asked::same("list_subscriptions", Call::ListSubscriptions { tenant }),
        Asked::same("get_subscription", Call::ReadRecord { tenant, subscription: subscription.clone() }),
        Asked::same("get_subscription", Call::ReadSubscription { tenant, subscription: subscription.clone() }),
        Asked::other("change_subscription", more),
        Asked::same("transition_eligibilities", targets),
        Asked::same(
            "create_transition",
            Call::Upgrade { tenant, subscription: subscription.clone(), payload: Box::new(upgrade) },
        ),
        Asked::same(
            "list_transitions",
            Call::ReadUpgrades { tenant, subscription, legacy: false, target: found[0].sku.clone() },
        ),
        Asked::same("get_support_contact", of_older),
        Asked::same(
            "set_support_contact",
            Call::SetSupportContact { tenant: older_tenant, subscription: older, contact },
        ),
        Asked::same("products", Call::Catalogue { country: "DE".to_owned() }),
    ]
}

pub fn upgrade(base: &Values, target: &SkuKey) -> UpgradeSubscription {
    UpgradeSubscription {
        subscription_id: uuid::Uuid::from_u128(7).into(),
        remote_id: None,
        product_name: String::new(),
        legacy: false,
        base: base.clone(),
        base_read_at: jiff::Timestamp::UNIX_EPOCH,
        target: target.clone(),
        target_title: String::new(),
        quantity: base.quantity,
        term: base.term,
        cycle: base.cycle,
        effects: Vec::new(),
    }
}

/// A subscription of the older commerce and its customer.
pub async fn older(world: &World) -> (TenantId, String) {
    let Answer::Customers(all) = world.good(&Call::ListCustomers).await else { panic!("no list") };
    for customer in all {
        let ask = Call::ListSubscriptions { tenant: customer.tenant };
        let Answer::Subscriptions(owned) = world.good(&ask).await else { panic!("no subscriptions") };
        // Older products are named by one id, newer ones by product and SKU.
        if let Some(found) = owned.iter().find(|one| one.sku.sku_id.is_empty()) {
            return (customer.tenant, found.remote_id.clone().expect("an id"));
        }
    }
    panic!("{} has none", somebody())
}
