//! Every operation's good path.

use crate::world::{BASIC, RESELLER_MPN, World, agreement, ids, line, payload, somebody};
use cb_domain::catalogue::{BillingCycle, Term};
use cb_domain::customer::AccountReview;
use cb_domain::reseller::Fitness;
use cb_partner_center::client::Failure;
use cb_partner_center::client::operations::{AuditQuestion, NewUser};
use cb_partner_center::wire;
use cb_sandbox::sample;
use cb_sync::remote::{Answer, Call, ResellerToCheck};

#[tokio::test]
async fn checks_before_a_customer_is_made() {
    let world = World::new().await;
    let free = |prefix: &str| Call::CheckDomain { prefix: prefix.to_owned() };
    assert!(matches!(world.good(&Call::Probe).await, Answer::Alive));
    assert!(matches!(world.good(&free("nordwind")).await, Answer::DomainFree(true)));
    assert!(matches!(world.good(&free("baeckereimorgenroete")).await, Answer::DomainFree(false)));
    let address = Call::CheckAddress { payload: payload("nordwind") };
    assert!(matches!(world.good(&address).await, Answer::Address { accepted: true, .. }));
    let Answer::CountryRules(rules) = world.good(&Call::CountryRules { country: "DE".to_owned() }).await else {
        panic!("no rules")
    };
    assert!(rules.contains("postalCodeRegex"));
}

#[tokio::test]
async fn resellers_and_profiles() {
    let world = World::new().await;
    let Answer::Resellers(resellers) = world.good(&Call::ListResellers).await else { panic!("no resellers") };
    let tenant = sample::tenant_id(RESELLER_MPN).to_string().parse().unwrap();
    assert!(resellers.iter().any(|one| one.tenant_id == Some(tenant)));
    let check = Call::CheckReseller { tenant, partner_id: RESELLER_MPN.to_owned() };
    assert!(matches!(world.good(&check).await, Answer::ResellerFitness(Fitness::Fit)));
    let one = ResellerToCheck { tenant, partner_id: RESELLER_MPN.to_owned() };
    let Answer::ResellersChecked(checked) = world.good(&Call::CheckResellers { resellers: vec![one] }).await else {
        panic!("not checked")
    };
    assert_eq!((checked[0].1.agreement_signed, checked[0].1.on_record), (Some(true), Some(Ok(()))));
    let client = &world.client;
    assert_eq!(client.mpn_profile(None, ids()).await.unwrap().mpn_id.as_deref(), Some(sample::PROVIDER_MPN_ID));
    assert_eq!(client.mpn_profile(Some(RESELLER_MPN), ids()).await.unwrap().mpn_id.as_deref(), Some(RESELLER_MPN));
    assert_eq!(client.legal_profile(ids()).await.unwrap().company_name.as_deref(), Some(sample::PROVIDER_NAME));
    assert!(client.support_profile(ids()).await.unwrap().email.is_some());
    let link = client.relationship_request(Some(tenant), ids()).await.unwrap().url.unwrap();
    assert!(link.contains("type=ResellerRelationship") && link.contains(&tenant.to_string()), "{link}");
}

#[tokio::test]
async fn a_customer_from_creation_to_the_end() {
    let world = World::new().await;
    let tenant = world.customer("nordwind").await;
    let client = &world.client;
    assert_eq!(client.customer(tenant, ids()).await.unwrap().id, Some(tenant.to_string()));
    assert!(client.company_profile(tenant, ids()).await.unwrap().domain.unwrap().starts_with("nordwind."));
    assert_eq!(client.resellers_of(tenant, ids()).await.unwrap()[0].mpn_id.as_deref(), Some(RESELLER_MPN));
    let Answer::Customers(found) = world.good(&Call::FindCustomer { domain_prefix: "nordwind".to_owned() }).await
    else {
        panic!("not found")
    };
    assert_eq!(found[0].tenant, tenant);
    let Answer::Customers(all) = world.good(&Call::ListCustomers).await else { panic!("no list") };
    assert_eq!(all.len(), 61);
    assert!(matches!(world.good(&Call::AccountReview { tenant }).await, Answer::Review(AccountReview::Allowed)));
    assert!(matches!(world.good(&agreement(tenant)).await, Answer::AgreementConfirmed));
    let status = world.good(&Call::AgreementStatus { tenant }).await;
    assert!(matches!(status, Answer::Agreement { attested: true, .. }));
    let Answer::Profile(read) = world.good(&Call::ReadProfile { tenant }).await else { panic!("no profile") };
    let mut profile = read.profile.clone();
    profile.city = "Bremen".to_owned();
    profile.postal_code = "28195".to_owned();
    let update = Call::UpdateProfile { tenant, id: read.id, etag: read.etag, profile: Box::new(profile) };
    let Answer::Profile(written) = world.good(&update).await else { panic!("not written") };
    assert_eq!(written.profile.city, "Bremen");

    let removed = client.remove_relationship(tenant, ids()).await.unwrap();
    assert_eq!(removed.relationship_to_partner, Some(wire::RelationshipToPartner::None));
    assert!(matches!(client.customer(tenant, ids()).await, Err(Failure::Refused { status: 404, .. })));
    let other = world.customer("suedwind").await;
    client.delete_customer(other, ids()).await.unwrap();
    assert!(matches!(client.customer(other, ids()).await, Err(Failure::Refused { status: 404, .. })));
}

#[tokio::test]
async fn an_order_from_cart_to_subscription() {
    let world = World::new().await;
    let tenant = world.customer("nordwind").await;
    let client = &world.client;
    let cart_id = world.cart(tenant, vec![line(0, BASIC, Term::P1Y, BillingCycle::Annual)]).await;
    let mut cart = client.cart(tenant, &cart_id, ids()).await.unwrap();
    cart.partner_on_record_attestation_accepted = Some(true);
    if let Some(lines) = cart.line_items.as_mut() {
        lines[0].quantity = Some(7);
    }
    let replaced = client.replace_cart(tenant, &cart_id, &cart, ids()).await.unwrap();
    assert_eq!(replaced.line_items.unwrap()[0].quantity, Some(7));
    let read = Call::ReadCart { tenant, cart_id: cart_id.clone() };
    assert!(matches!(world.good(&read).await, Answer::CartStatus(status) if status == "active"));
    let checkout = Call::CheckoutCart { tenant, cart_id };
    let Answer::CheckedOut(first) = world.good(&checkout).await else { panic!("not bought") };
    let Answer::CheckedOut(again) = world.good(&checkout).await else { panic!("not repeated") };
    assert_eq!(first, again, "the same cart again gives the first result, under any request id");
    let order = &first.orders[0].id;
    assert_eq!(client.order(tenant, order, ids()).await.unwrap().id.as_deref(), Some(order.as_str()));
    let status = client.order_provisioning(tenant, order, ids()).await.unwrap();
    assert_eq!(status[0].status, Some(wire::ProvisioningStatus::Fulfilled));
    let Answer::Orders(orders) = world.good(&Call::ListOrders { tenant }).await else { panic!("no orders") };
    assert_eq!(orders.len(), 1);
    let Answer::Subscriptions(owned) = world.good(&Call::ListSubscriptions { tenant }).await else {
        panic!("no subscriptions")
    };
    assert_eq!(owned[0].quantity, 7);
    let id = first.orders[0].lines[0].subscription_id.clone().unwrap();
    let provisioned = client.subscription_provisioning(tenant, &id, ids()).await.unwrap();
    assert_eq!(provisioned.status, Some(wire::SubscriptionProvisioning::Success));
    let record = Call::ReadRecord { tenant, subscription: id };
    assert!(matches!(world.good(&record).await, Answer::Record(Some(number)) if number == RESELLER_MPN));
    let licences = client.licences(tenant, ids()).await.unwrap();
    assert_eq!(licences[0].total_units, Some(7));
    let question = wire::PromotionQuestion {
        catalog_item_id: Some(format!("{}:{}:X", BASIC.0, BASIC.1)),
        quantity: Some(1),
        ..wire::PromotionQuestion::default()
    };
    let promotions = client.promotions(tenant, vec![question], ids()).await.unwrap();
    assert_eq!(promotions[0].eligibilities.as_ref().unwrap()[0].is_eligible, Some(false));
}

#[tokio::test]
async fn the_older_commerce() {
    let world = World::new().await;
    let tenant = world.customer("nordwind").await;
    let client = &world.client;
    let offers = client.older_offers("DE", ids()).await.unwrap();
    let base = offers.iter().find(|one| one.has_add_ons == Some(true)).unwrap();
    let item = |offer: &str, parent: Option<String>| wire::OrderLineItem {
        offer_id: Some(offer.to_owned()),
        quantity: Some(3),
        parent_subscription_id: parent,
        ..wire::OrderLineItem::default()
    };
    let order = wire::Order { line_items: Some(vec![item(&base.id, None)]), ..wire::Order::default() };
    let placed = client.place_older_order(tenant, &order, ids()).await.unwrap();
    let bought = placed.line_items.unwrap()[0].subscription_id.clone();
    let addons = client.older_addons(&base.id, "DE", ids()).await.unwrap();
    let more = wire::Order { line_items: Some(vec![item(&addons[0].id, bought)]), ..wire::Order::default() };
    let id = placed.id.unwrap();
    let changed = client.change_older_order(tenant, &id, &more, ids()).await.unwrap();
    assert_eq!(changed.line_items.unwrap().len(), 2);
    let cancel = wire::Order { status: Some(wire::OrderStatus::Cancelled), ..wire::Order::default() };
    let cancelled = client.change_older_order(tenant, &id, &cancel, ids()).await.unwrap();
    assert_eq!(cancelled.status, Some(wire::OrderStatus::Cancelled));
}

#[tokio::test]
async fn users_their_passwords_and_roles() {
    let world = World::new().await;
    let tenant = world.customer("nordwind").await;
    let client = &world.client;
    let secret = || wire::Secret::new("Xy4!example".to_owned());
    let new = NewUser::new("ana@nordwind.onmicrosoft.com", "Ana", "Moss", "DE", secret());
    let user = client.create_user(tenant, &new, ids()).await.unwrap();
    let id = user.id.clone().unwrap();
    assert_eq!(client.users(tenant, ids()).await.unwrap().len(), 2, "with the administrator of the tenant");
    client.reset_password(tenant, &id, secret(), ids()).await.unwrap();
    let role = "62e90394-69f5-4237-9190-012177145e10";
    let member = client.give_role(tenant, role, &user, ids()).await.unwrap();
    assert_eq!(member.role_id.as_deref(), Some(role));
    assert_eq!(client.role_members(tenant, role, ids()).await.unwrap().len(), 2);
    assert_eq!(client.roles_of(tenant, &id, ids()).await.unwrap()[0].id.as_deref(), Some(role));
}

#[tokio::test]
async fn the_catalogue_with_its_prices() {
    let world = World::new().await;
    let Answer::Catalogue(offers) = world.good(&Call::Catalogue { country: "DE".to_owned() }).await else {
        panic!("no catalogue")
    };
    let basic = offers.iter().find(|offer| offer.sku.product_id == BASIC.0 && offer.sku.sku_id == BASIC.1).unwrap();
    assert!(basic.plans.iter().all(|plan| plan.term_price.is_some()), "prices come along");
}

#[tokio::test]
async fn the_audit_trail_tells_what_a_lost_call_did() {
    let world = World::new().await;
    let lost = ids();
    world.next("create_customer", cb_sandbox::serve::Fault::LostAfter);
    let call = crate::world::create("nordwind");
    cb_sync::remote::Remote::send(&world.client, &call, lost).await;
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let question = AuditQuestion { from: today.yesterday().unwrap(), to: None, customer: None };
    let trail = world.client.audit(question, ids()).await.unwrap();
    let found = trail.iter().find(|one| one.original_correlation_id == Some(lost.correlation_id.to_string()));
    assert_eq!(found.and_then(|one| one.operation_type.as_deref()), Some("add_customer"));
    let of_another = AuditQuestion { customer: Some(somebody()), ..question };
    assert!(world.client.audit(of_another, ids()).await.unwrap().is_empty());
}
