//! Every table gives back what was put in, and refuses what its rules forbid.

use crate::support::*;
use cb_domain::catalogue::{BillingCycle, Offer, Plan, SkuKey, Term};
use cb_domain::draft::DraftPurpose;
use cb_domain::ids::CorrelationId;
use cb_domain::money::{Currency, Money};
use cb_domain::operation::{Event, EventKind, OperationPayload, OperationState, SecretState};
use cb_domain::topic::Topic;
use cb_store::StoreError;
use std::collections::BTreeSet;

#[tokio::test]
async fn settings_and_country_rules_are_replaced() {
    let book = book();
    let written = book
        .write(|tx| {
            tx.set_setting("language", "en")?;
            tx.set_setting("language", "de")?;
            tx.put_country_rules("DE", "{}")?;
            tx.put_country_rules("DE", "{\"a\":1}")
        })
        .await
        .unwrap();
    assert_eq!(written.topics, BTreeSet::from([Topic::Settings, Topic::Catalogue]));
    let read = book.read(|db| Ok((db.settings().get("language")?, db.country_rules("DE")?, db.country_rules("AT")?)));
    assert_eq!(read.await.unwrap(), (Some("de".into()), Some("{\"a\":1}".into()), None));
}

#[tokio::test]
async fn resellers_come_back_and_count_their_customers() {
    let book = book();
    let (one, mut other) = (reseller("Ärzte IT"), reseller("Zeta"));
    (other.tenant_id, other.partner_id, other.partnership_since) = (None, None, None);
    let member = customer("Contoso", Some(one.id));
    let (first, second) = (one.clone(), other.clone());
    book.write(move |tx| {
        tx.put_reseller(&second)?;
        tx.put_reseller(&first)?;
        tx.put_customer(&member)?;
        tx.put_subscription(&subscription(member.id, 25))
    })
    .await
    .unwrap();
    let (id, tenant) = (one.id, one.tenant_id.unwrap());
    let (all, by_tenant, by_partner, figures, got) = book
        .read(move |db| {
            let table = db.resellers();
            Ok((
                table.all()?,
                table.by_tenant(tenant)?,
                table.by_partner_id("4801234")?,
                table.figures()?,
                table.get(id)?,
            ))
        })
        .await
        .unwrap();
    assert_eq!(all, [one.clone(), other], "sorted by folded name");
    assert_eq!((by_tenant, by_partner, got), (Some(one.clone()), Some(one.clone()), Some(one)));
    assert_eq!((figures[&id].customers, figures[&id].seats, figures.len()), (1, 25, 1));
}

#[tokio::test]
async fn customers_and_subscriptions_come_back_and_are_updated() {
    let book = book();
    let mut owner = customer("Contoso", None);
    let mut bought = subscription(owner.id, 10);
    let (a, b) = (owner.clone(), bought.clone());
    book.write(move |tx| {
        tx.put_customer(&a)?;
        tx.put_subscription(&b)
    })
    .await
    .unwrap();
    owner.name = "Contoso Łódź".into();
    (bought.quantity, bought.unit_price, bought.ends_at) = (12, None, None);
    let (a, b) = (owner.clone(), bought.clone());
    let topics = book
        .write(move |tx| {
            tx.put_customer(&a)?;
            tx.put_subscription(&b)
        })
        .await
        .unwrap()
        .topics;
    assert_eq!(topics, BTreeSet::from([Topic::Customers, Topic::Subscriptions, Topic::Journal]));
    let (id, tenant, remote, sub) = (owner.id, owner.tenant_id.unwrap(), bought.remote_id.clone().unwrap(), bought.id);
    book.read(move |db| {
        assert_eq!(db.customers().get(id)?, Some(owner.clone()));
        assert_eq!(db.customers().by_tenant(tenant)?, Some(owner.clone()));
        assert_eq!(db.customers().by_prefix("CONTOSO")?, Some(owner));
        assert_eq!(db.subscriptions().get(sub)?, Some(bought.clone()));
        assert_eq!(db.subscriptions().by_remote_id(&remote)?, Some(bought.clone()));
        assert_eq!(db.subscriptions().of_customer(id)?, [bought]);
        let row = db.customers().row(id, now())?.unwrap();
        assert_eq!((row.subscriptions, row.seats), (1, 12), "figures follow an update");
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn the_catalogue_of_a_market_is_replaced_whole() {
    let offer = |number: u32| Offer {
        sku: SkuKey { product_id: format!("P{number}"), sku_id: "0001".into() },
        country: "DE".into(),
        segment: "commercial".into(),
        title: format!("Product {number}"),
        description: "One line".into(),
        family: "business".into(),
        minimum_quantity: 1,
        maximum_quantity: 300,
        is_trial: false,
        is_addon: true,
        prerequisites: vec![SkuKey { product_id: "P9".into(), sku_id: "0002".into() }],
        plans: vec![Plan {
            term: Term::P1Y,
            cycle: BillingCycle::Monthly,
            term_price: Some(Money { minor: 100, currency: Currency("EUR".into()) }),
            minimum_quantity: Some(25),
        }],
        prices_from: Some(jiff::civil::date(2026, 11, 1)),
    };
    let book = book();
    let (old, fresh) = (vec![offer(1), offer(2)], vec![offer(3), offer(2)]);
    let (key, wanted) = (fresh[0].sku.clone(), fresh.clone());
    book.write(move |tx| {
        tx.replace_offers("DE", "commercial", &old)?;
        tx.replace_offers("DE", "commercial", &fresh)?;
        tx.set_favourite(&key, true)?;
        tx.set_favourite(&key, true)?;
        tx.set_favourite(&old[0].sku, false)
    })
    .await
    .unwrap();
    book.read(move |db| {
        assert_eq!(db.offers().of_market("DE", "commercial")?, wanted, "in the order given");
        assert_eq!(db.offers().get("DE", "commercial", &wanted[0].sku)?.as_ref(), Some(&wanted[0]));
        assert_eq!(db.offers().countries()?, ["DE"]);
        assert_eq!(db.offers().favourites()?, [wanted[0].sku.clone()]);
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn recent_products_come_from_submitted_orders() {
    let book = book();
    with_operation(&book).await;
    let (recent, later) =
        book.read(|db| Ok((db.offers().recent(days(-90))?, db.offers().recent(days(1))?))).await.unwrap();
    assert_eq!(recent, [SkuKey { product_id: "CFQ7TTC0LH16".into(), sku_id: "0001".into() }]);
    assert!(later.is_empty(), "nothing was ordered after now");
}

#[tokio::test]
async fn a_draft_is_kept_as_typed_and_a_stale_save_is_refused() {
    let book = book();
    let mut draft = draft(DraftPurpose::NewCustomer);
    let (id, first) = (draft.id, draft.clone());
    book.write(move |tx| tx.insert_draft(&first)).await.unwrap();
    draft.revision = 2;
    draft.content.customer.company_name = "typed more".into();
    let second = draft.clone();
    book.write(move |tx| tx.save_draft(&second, 1)).await.unwrap();
    let late = draft.clone();
    let refused = book.write(move |tx| tx.save_draft(&late, 1)).await;
    assert!(matches!(refused, Err(StoreError::Stale)), "{refused:?}");
    let (got, all) = book.read(move |db| Ok((db.drafts().get(id)?, db.drafts().all()?))).await.unwrap();
    assert_eq!((got, all), (Some(draft.clone()), vec![draft]));
    book.write(move |tx| tx.delete_draft(id)).await.unwrap();
    assert_eq!(book.read(move |db| db.drafts().get(id)).await.unwrap(), None);
}

#[tokio::test]
async fn an_attempt_is_opened_once_and_closed_once() {
    let book = book();
    let operation = with_operation(&book).await;
    let (id, attempt) = (operation.id, attempt(&operation, 1));
    let mut closed = attempt.clone();
    (closed.ended_at, closed.outcome, closed.status, closed.code) = (Some(days(1)), "refused".into(), 400, 2001);
    let (one, again) = (attempt.clone(), crate::support::attempt(&operation, 1));
    book.write(move |tx| tx.open_attempt(&one)).await.unwrap();
    let twice = book.write(move |tx| tx.open_attempt(&again)).await;
    assert!(matches!(twice, Err(StoreError::Duplicate(_))), "S6: one attempt per number: {twice:?}");
    book.write(move |tx| tx.close_attempt(id, 1, days(1), "refused", 400, 2001)).await.unwrap();
    let late = book.write(move |tx| tx.close_attempt(id, 1, days(2), "done", 200, 0)).await;
    assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
    assert_eq!(book.read(move |db| db.attempts().of_operation(id)).await.unwrap(), [closed]);
}

#[tokio::test]
async fn history_is_chained() {
    let book = book();
    let operation = with_operation(&book).await;
    let event = |kind, reason: &str| Event {
        operation_id: operation.id,
        at: now(),
        kind,
        state: OperationState::InFlight,
        status: 503,
        code: 7,
        correlation_id: Some(CorrelationId(uuid())),
        reason: reason.into(),
    };
    let events = vec![event(EventKind::Submitted, ""), event(EventKind::Sent, "agreement_open")];
    let (id, wanted) = (operation.id, events.clone());
    book.write(move |tx| events.iter().try_for_each(|event| tx.append_event(event))).await.unwrap();
    let (got, broken) =
        book.read(move |db| Ok((db.events().of_operation(id)?, db.events().first_broken()?))).await.unwrap();
    assert_eq!((got, broken), (wanted, None));
}

#[tokio::test]
async fn a_password_goes_its_one_way() {
    let book = book();
    let operation = with_operation(&book).await;
    let (id, ready) = (operation.id, secret(&operation));
    let (renewed, steps) = (ready.clone(), [SecretState::Sealed, SecretState::Showing, SecretState::Destroying]);
    book.write(move |tx| {
        tx.put_secret(&ready)?;
        tx.put_secret(&renewed)?;
        tx.seal_secret(id, "", b"raw", b"n0", now())?;
        tx.seal_secret(id, "admin@contoso.onmicrosoft.com", b"sealed", b"n1", days(1))
    })
    .await
    .unwrap();
    let over = book.write(move |tx| tx.seal_secret(id, "other", b"x", b"y", now())).await;
    assert!(matches!(over, Err(StoreError::Stale)), "a sealed password is not written over: {over:?}");
    let unseen = book.write(move |tx| tx.set_secret_state(id, SecretState::Sealed, SecretState::Destroying)).await;
    assert!(matches!(unseen, Err(StoreError::NotAllowed(_))), "C6: {unseen:?}");
    assert_eq!(book.read(|db| db.secrets().waiting()).await.unwrap().len(), 1);
    for pair in steps.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        book.write(move |tx| tx.set_secret_state(id, from, to)).await.unwrap();
    }
    let topics = book.write(move |tx| tx.destroy_secret(id)).await.unwrap().topics;
    assert_eq!(topics, BTreeSet::from([Topic::SetupInfo, Topic::Journal]));
    let onboarding = operation.onboarding_id;
    let (left, same, waiting) = book
        .read(move |db| Ok((db.secrets().get(id)?, db.secrets().of_onboarding(onboarding)?, db.secrets().waiting()?)))
        .await
        .unwrap();
    let left = left.unwrap();
    assert_eq!((left.state, &left.ciphertext, &left.nonce), (SecretState::Destroyed, &None, &None));
    assert_eq!(left.user_name, "admin@contoso.onmicrosoft.com");
    assert_eq!(same, Some(left));
    assert!(waiting.is_empty());
}

#[tokio::test]
async fn the_outbox_is_listed_and_counted() {
    let book = book();
    let first = with_operation(&book).await;
    let onboarding = onboarding(first.customer_id);
    let mut held = operation(&onboarding, 2, OperationPayload::VerifyOrder);
    held.hold = Some(cb_domain::operation::HoldReason::AgreementOpen);
    let (two, submit) = (held.clone(), onboarding.clone());
    book.write(move |tx| {
        tx.insert_onboarding(&submit)?;
        tx.insert_operation(&two)
    })
    .await
    .unwrap();
    let mut done = first.clone();
    for (from, to) in
        [(OperationState::Queued, OperationState::InFlight), (OperationState::InFlight, OperationState::Confirmed)]
    {
        done.state = to;
        let next = done.clone();
        book.write(move |tx| tx.update_operation(&next, from)).await.unwrap();
    }
    book.read(move |db| {
        let table = db.operations();
        let counts = table.counts()?;
        assert_eq!((counts.all, counts.on_hold, counts.waiting, counts.confirmed), (2, 1, 0, 1));
        assert_eq!(table.open()?, [held.clone()]);
        let query = |on_hold| cb_store::OutboxQuery { states: vec![], on_hold, limit: 10, session: None };
        let all = table.list(&query(None))?;
        assert_eq!(
            all,
            [(held.clone(), "Contoso".to_owned()), (done.clone(), "Contoso".to_owned())],
            "open ones first"
        );
        assert_eq!(table.list(&query(Some(false)))?.len(), 1);
        assert_eq!(table.next_sequence()?, 3);
        assert_eq!(table.of_onboarding(onboarding.id)?, [held.clone()]);
        assert_eq!(table.of_customer(done.customer_id)?, [done.clone(), held.clone()]);
        assert_eq!(db.onboardings().get(onboarding.id)?, Some(onboarding));
        Ok(())
    })
    .await
    .unwrap();
}
