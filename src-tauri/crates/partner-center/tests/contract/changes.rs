//! Changes of what exists, over HTTP: each kind with its answer lost before and after it was carried out, and with each
//! trouble that any call can meet. What was asked for is there once, or not at all, and the client says which.

use crate::cuts::{older, upgrade};
use crate::world::{World, ids, somebody};
use cb_domain::change::{Change, EndInstruction, NextTerm, Values, apply, text, watched};
use cb_domain::ids::TenantId;
use cb_sandbox::sample;
use cb_sandbox::serve::{Fault, FaultRule};
use cb_sync::remote::{Answer, Call, Outcome, RefusalClass, Remote};

/// Another reseller that takes orders.
const OTHER_RESELLER: &str = "4873318";

/// A change of a subscription, and what has to be so before it can be asked for.
struct Kind {
    name: &'static str,
    before: fn(&Values) -> Option<Change>,
    change: fn(&Values) -> Change,
}

fn planned(values: &Values) -> Change {
    let Values { sku, term, cycle, .. } = values.clone();
    Change::AtRenewal { next: NextTerm { sku, quantity: values.quantity + 1, term, cycle } }
}

const KINDS: [Kind; 8] = [
    Kind { name: "more", before: |_| None, change: |values| Change::Licences { quantity: values.quantity + 3 } },
    Kind { name: "fewer", before: |_| None, change: |values| Change::Licences { quantity: values.quantity - 2 } },
    Kind {
        name: "autorenew",
        before: |_| None,
        change: |values| Change::AutoRenew { on: !values.auto_renew, end: EndInstruction::None },
    },
    Kind { name: "planned", before: |_| None, change: planned },
    Kind { name: "dropped", before: |values| Some(planned(values)), change: |_| Change::DropAtRenewal },
    Kind { name: "suspend", before: |_| None, change: |_| Change::Suspend },
    Kind { name: "resume", before: |_| Some(Change::Suspend), change: |_| Change::Resume },
    Kind { name: "cancel", before: |_| None, change: |_| Change::Cancel },
];

/// A new customer's subscription, and how it stands.
async fn bought(world: &World, prefix: &str) -> (TenantId, String, Values) {
    let tenant = world.ordered(prefix).await;
    let Answer::Subscriptions(owned) = world.good(&Call::ListSubscriptions { tenant }).await else {
        panic!("no subscriptions")
    };
    let id = owned[0].remote_id.clone().expect("an id");
    let values = stands(world, tenant, &id).await;
    (tenant, id, values)
}

async fn stands(world: &World, tenant: TenantId, subscription: &str) -> Values {
    let read = Call::ReadSubscription { tenant, subscription: subscription.to_owned() };
    let Answer::Subscription(found) = world.good(&read).await else { panic!("not read") };
    found.values
}

fn changing(tenant: TenantId, subscription: &str, seen: &Values, change: &Change) -> Call {
    Call::ChangeSubscription {
        tenant,
        subscription: subscription.to_owned(),
        seen: Box::new(seen.clone()),
        change: Box::new(change.clone()),
    }
}

/// The values that the change is about, as text.
fn told(values: &Values, change: &Change) -> Vec<String> {
    watched(change).iter().map(|field| text(values, *field)).collect()
}

#[tokio::test]
async fn an_answer_that_was_lost_leaves_every_change_done_once() {
    let world = World::new().await;
    for kind in &KINDS {
        for (fault, done) in [(Fault::LostBefore, false), (Fault::LostAfter, true)] {
            let name = format!("{}{}", kind.name, u8::from(done));
            let (tenant, id, mut seen) = bought(&world, &name).await;
            if let Some(first) = (kind.before)(&seen) {
                world.good(&changing(tenant, &id, &seen, &first)).await;
                seen = stands(&world, tenant, &id).await;
            }
            let change = (kind.change)(&seen);
            let wanted = told(&apply(&seen, &change), &change);
            assert_ne!(told(&seen, &change), wanted, "{name} changes something");
            let (call, ids) = (changing(tenant, &id, &seen, &change), ids());
            world.next("change_subscription", fault);
            let outcome = world.client.send(&call, ids).await;
            assert!(matches!(outcome, Outcome::Unknown), "{name}: {outcome:?}");
            assert!(world.served.troubles_left().is_empty(), "{name} was asked for");
            let there = told(&stands(&world, tenant, &id).await, &change);
            assert_eq!(there == wanted, done, "{name}: {there:?}");
            let again = world.client.send(&call, ids).await;
            assert!(matches!(again, Outcome::Done { .. }), "{name} again: {again:?}");
            assert_eq!(told(&stands(&world, tenant, &id).await, &change), wanted, "{name} once");
        }
    }
}

#[tokio::test]
async fn an_upgrade_whose_answer_was_lost_moves_licences_once() {
    let world = World::new().await;
    for (fault, done) in [(Fault::LostBefore, 0), (Fault::LostAfter, 1)] {
        let (tenant, id, seen) = bought(&world, &format!("upgrade{done}")).await;
        let ask = Call::UpgradeTargets { tenant, subscription: id.clone(), legacy: false };
        let Answer::UpgradeTargets(found) = world.good(&ask).await else { panic!("no targets") };
        let payload = Box::new(upgrade(&seen, &found[0].sku));
        let (call, ids) = (Call::Upgrade { tenant, subscription: id.clone(), payload }, ids());
        let read = Call::ReadUpgrades { tenant, subscription: id, legacy: false, target: found[0].sku.clone() };
        let moved = async || match world.good(&read).await {
            Answer::Upgrades(all) => all.len(),
            other => panic!("{other:?}"),
        };
        world.next("create_transition", fault);
        let outcome = world.client.send(&call, ids).await;
        assert!(matches!(outcome, Outcome::Unknown), "{outcome:?}");
        assert_eq!(moved().await, done);
        let again = world.client.send(&call, ids).await;
        assert!(matches!(again, Outcome::Done { .. }), "{again:?}");
        assert_eq!(moved().await, 1, "once");
    }
}

/// Every other kind of change that the outbox sends: its name at the server, its request, and how to read what it changes.
async fn others(world: &World) -> Vec<(&'static str, Call, Call)> {
    let tenant = somebody();
    let Answer::Profile(profile) = world.good(&Call::ReadProfile { tenant }).await else { panic!("no profile") };
    let mut changed = profile.profile.clone();
    changed.first_name = "Annegret".to_owned();
    let (owner, subscription) = older(world).await;
    let of_contact = Call::ReadSupportContact { tenant: owner, subscription: subscription.clone() };
    let Answer::SupportContact(mut contact) = world.good(&of_contact).await else { panic!("no contact") };
    contact.tenant = sample::tenant_id(OTHER_RESELLER).to_string();
    contact.partner_id = OTHER_RESELLER.to_owned();
    let (recorded, of_record, _) = bought(world, "recorded").await;
    let (suspended, of_suspended, seen) = bought(world, "suspended").await;
    let (upgraded, of_upgraded, base) = bought(world, "upgraded").await;
    let ask = Call::UpgradeTargets { tenant: upgraded, subscription: of_upgraded.clone(), legacy: false };
    let Answer::UpgradeTargets(found) = world.good(&ask).await else { panic!("no targets") };
    let payload = Box::new(upgrade(&base, &found[0].sku));
    let read = |tenant, id: &String| Call::ReadSubscription { tenant, subscription: id.clone() };
    vec![
        (
            "change_subscription",
            changing(suspended, &of_suspended, &seen, &Change::Suspend),
            read(suspended, &of_suspended),
        ),
        (
            "create_transition",
            Call::Upgrade { tenant: upgraded, subscription: of_upgraded.clone(), payload },
            read(upgraded, &of_upgraded),
        ),
        (
            "change_subscription",
            Call::SetRecord {
                tenant: recorded,
                subscription: of_record.clone(),
                partner_id: OTHER_RESELLER.to_owned(),
            },
            Call::ReadRecord { tenant: recorded, subscription: of_record },
        ),
        ("set_support_contact", Call::SetSupportContact { tenant: owner, subscription, contact }, of_contact),
        (
            "update_profile",
            Call::UpdateProfile { tenant, id: profile.id, etag: profile.etag, profile: Box::new(changed) },
            Call::ReadProfile { tenant },
        ),
    ]
}

#[tokio::test]
async fn a_trouble_at_any_change_comes_back_as_what_it_is_and_changes_nothing() {
    let world = World::new().await;
    let troubles: [(u16, Option<u32>, fn(&Outcome) -> bool); 6] = [
        (401, Some(800_001), |outcome| matches!(outcome, Outcome::SignIn)),
        (403, Some(2032), |outcome| {
            matches!(outcome, Outcome::Refused { class: RefusalClass::Permission, status: 403, code: 2032, .. })
        }),
        (412, None, |outcome| matches!(outcome, Outcome::Refused { class: RefusalClass::Conflict, .. })),
        (429, None, |outcome| matches!(outcome, Outcome::Throttled { .. })),
        (500, Some(800_003), |outcome| matches!(outcome, Outcome::Unknown)),
        (502, None, |outcome| matches!(outcome, Outcome::Unknown)),
    ];
    for (name, call, read) in others(&world).await {
        let before = format!("{:?}", world.good(&read).await);
        for (status, code, fits) in &troubles {
            let (status, code) = (*status, *code);
            let fault =
                Fault::Answer { status, code, data: Vec::new(), newer: false, carried_out: false, retry_after: None };
            // A refused token is tried twice.
            let times = if status == 401 { 2 } else { 1 };
            world.served.trouble(vec![FaultRule { times, ..FaultRule::next(name, fault) }]);
            let outcome = world.send(&call).await;
            assert!(fits(&outcome), "{name} {status}: {outcome:?}");
            assert!(world.served.troubles_left().is_empty(), "{name} {status} was met");
            assert_eq!(format!("{:?}", world.good(&read).await), before, "{name} {status}: nothing was changed");
        }
        world.good(&call).await;
        assert_ne!(format!("{:?}", world.good(&read).await), before, "{name} changes it at last");
    }
}
