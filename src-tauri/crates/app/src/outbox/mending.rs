//! Mending, partial checkouts and differences, over a real book and a real sandbox.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use crate::App;
use crate::driver::bench::{Bench, NAME, PREFIX, all_confirmed, story};
use crate::error::AppError;
use crate::views::{
    DecidedField, DraftPurposeView, DraftView, HistoryKind, LineState, OperationAction, PracticeView, SaveDraftRequest,
    WizardStepView,
};
use cb_domain::operation::{Attention, AttentionReason, Found, Operation, OperationKind, OperationState};
use cb_domain::subscription::SubscriptionStatus;
use std::sync::atomic::Ordering;

fn attention(all: &[Operation]) -> bool {
    all.iter().any(|one| one.state == OperationState::NeedsAttention)
}

fn stuck(all: &[Operation]) -> &Operation {
    all.iter().find(|one| one.state == OperationState::NeedsAttention).unwrap()
}

async fn play(app: &App, switch: impl FnOnce(&mut PracticeView)) {
    let mut day = app.practice().await.unwrap();
    switch(&mut day);
    app.set_practice(day).await.unwrap();
}

async fn save_and_submit(app: &App, draft: DraftView) -> (String, String) {
    let saved = app
        .save_draft(SaveDraftRequest {
            id: draft.id.clone(),
            revision: draft.revision,
            step: WizardStepView::Review,
            focus: String::new(),
            content: draft.content,
        })
        .await
        .unwrap();
    assert!(saved.check.problems.is_empty(), "{:?}", saved.check.problems);
    let review = app.review_draft(draft.id.clone()).await.unwrap();
    app.submit_draft(draft.id.clone(), review.hash.clone(), vec![]).await.unwrap();
    (draft.id, review.hash)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_is_mended_at_its_line_and_a_second_press_is_harmless() {
    let bench = Bench::new(31);
    bench.too_many.store(1_000_000, Ordering::SeqCst);
    let app = bench.open().await;
    let submitted = bench.submit(&app).await;
    let all = bench.until(&app, attention).await;
    let bad = stuck(&all);
    let found = bad.attention.clone().unwrap();
    assert_eq!((bad.payload.kind(), found.reason), (OperationKind::CreateCart, AttentionReason::Quantity));
    let mut draft = app.mend_operation(bad.id.to_string()).await.unwrap();
    assert_eq!((draft.purpose, draft.step), (DraftPurposeView::MendOrder, WizardStepView::Subscriptions));
    assert_eq!(draft.focus, "lines.1.quantity");
    assert_eq!(draft.content.lines.len(), 3);
    assert!(draft.check.problems.iter().any(|problem| problem.field == "lines.1.quantity"), "told at the field");
    draft.content.lines[0].quantity = 4;
    draft.content.lines.pop();
    let (id, hash) = save_and_submit(&app, draft).await;
    // The draft is gone: pressed again, it shows what the first press did.
    let again = app.submit_draft(id, hash, vec![]).await.unwrap();
    assert_eq!(again.onboarding_id, submitted.onboarding.to_string());
    let all = bench.until(&app, all_confirmed).await;
    assert_eq!(all.len(), 5, "{}", story(&all));
    let (_, ordered) = bench.server(NAME, PREFIX).await;
    assert_eq!(ordered.len(), 2, "{ordered:?}");
    let customer = submitted.customer;
    let open = app.open_book().await.unwrap();
    let book = open.book.read(move |db| db.subscriptions().of_customer(customer)).await.unwrap();
    let live: Vec<u32> =
        book.iter().filter(|one| one.status == SubscriptionStatus::Active).map(|one| one.quantity).collect();
    assert_eq!(live.len(), 2, "the line that was taken out is no subscription");
    assert!(live.contains(&4));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_agreement_is_mended_at_the_signer_alone() {
    let bench = Bench::new(32);
    let app = bench.open().await;
    play(&app, |day| day.agreement_refused = true).await;
    bench.submit(&app).await;
    let all = bench.until(&app, attention).await;
    let bad = stuck(&all);
    assert_eq!(bad.payload.kind(), OperationKind::ConfirmAgreement);
    let detail = app.operation_detail(bad.id.to_string()).await.unwrap();
    assert_eq!(detail.actions, [OperationAction::Mend, OperationAction::Cancel]);
    assert_eq!((detail.field.as_str(), detail.field_value.as_str()), ("customer.signerEmail", "ana@example.com"));
    assert!(!detail.attempts.is_empty() && detail.attempts.iter().all(|one| !one.correlation_id.is_empty()));
    let mut draft = app.mend_operation(bad.id.to_string()).await.unwrap();
    assert_eq!((draft.purpose, draft.focus.as_str()), (DraftPurposeView::MendAgreement, "customer.signerEmail"));
    draft.content.customer.signer_email = "moos@example.com".into();
    draft.content.customer.company_name = "Not this".into();
    save_and_submit(&app, draft).await;
    bench.until(&app, all_confirmed).await;
    assert_eq!(bench.server(NAME, PREFIX).await.0, 1, "the name stayed");
}

/// The agreement is cancelled before it was recorded, and the order placed all the same: Partner Center refuses the
/// checkout, the person is asked, *Mend* opens the form of the agreement, and the very order goes once it is recorded.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agreement_after_its_cancellation_is_missed_at_the_checkout_and_mended_in_its_form() {
    let bench = Bench::new(38);
    let app = bench.open().await;
    app.set_work_offline(true).await.unwrap();
    let submitted = bench.submit_named(&app, NAME, &[PREFIX], false).await;
    app.cancel_operation(submitted.operations[1].to_string()).await.unwrap();
    let kept = app.list_drafts().await.unwrap();
    assert_eq!(kept.len(), 1, "what was ordered is kept");
    let order = app.get_draft(kept[0].id.clone()).await.unwrap();
    assert_eq!((order.purpose, order.content.lines.len()), (DraftPurposeView::AddSubscription, 3));
    save_and_submit(&app, order).await;
    app.set_work_offline(false).await.unwrap();

    let all = bench.until(&app, attention).await;
    let bad = stuck(&all);
    let found = bad.attention.clone().unwrap();
    assert_eq!((bad.payload.kind(), found.reason), (OperationKind::CheckoutCart, AttentionReason::AgreementMissing));
    assert!(!found.ambiguous && bad.result.order_ids.is_empty(), "{}", story(&all));
    let detail = app.operation_detail(bad.id.to_string()).await.unwrap();
    let offered = [OperationAction::Mend, OperationAction::ApproveAgain, OperationAction::Cancel];
    assert_eq!(detail.actions, offered);
    let mut form = app.mend_operation(bad.id.to_string()).await.unwrap();
    assert_eq!((form.purpose, form.step), (DraftPurposeView::MendAgreement, WizardStepView::Customer));
    assert_eq!(form.focus, "customer.signerEmail");
    let signer = &mut form.content.customer;
    signer.signer_first_name = "Ana".into();
    signer.signer_last_name = "Moos".into();
    signer.signer_email = "ana@example.com".into();
    signer.agreement_date = "2027-01-14".into();
    save_and_submit(&app, form).await;

    let settled = |all: &[Operation]| {
        all.iter().all(|one| matches!(one.state, OperationState::Confirmed | OperationState::Cancelled))
    };
    let all = bench.until(&app, settled).await;
    let of = |kind, state| all.iter().filter(|one| one.payload.kind() == kind && one.state == state).count();
    for (kind, confirmed, cancelled) in [
        (OperationKind::CreateCustomer, 1, 0),
        (OperationKind::ConfirmAgreement, 1, 1),
        (OperationKind::CreateCart, 1, 1),
        (OperationKind::CheckoutCart, 1, 1),
        (OperationKind::VerifyOrder, 1, 1),
    ] {
        let stands = (of(kind, OperationState::Confirmed), of(kind, OperationState::Cancelled));
        assert_eq!(stands, (confirmed, cancelled), "{kind:?}\n{}", story(&all));
    }
    let (tenants, ordered) = bench.server(NAME, PREFIX).await;
    assert_eq!((tenants, ordered.len()), (1, 3), "{ordered:?}");
    assert!(ordered.values().all(|licences| *licences == 2), "each line once: {ordered:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s5_a_partial_checkout_keeps_each_line_and_the_rest_is_ordered_on_the_persons_word() {
    for give_up in [false, true] {
        let bench = Bench::new(33);
        bench.mixed_cycles.store(true, Ordering::SeqCst);
        let app = bench.open().await;
        play(&app, |day| day.partial_checkout = true).await;
        let submitted = bench.submit(&app).await;
        let all = bench.until(&app, attention).await;
        let bad = stuck(&all);
        assert_eq!(bad.attention.as_ref().unwrap().reason, AttentionReason::PartialCheckout, "{}", story(&all));
        let id = bad.id.to_string();
        let detail = app.operation_detail(id.clone()).await.unwrap();
        assert_eq!(detail.actions, [OperationAction::OrderRest, OperationAction::GiveUpRest]);
        let states: Vec<(LineState, u32)> = detail.order_lines.iter().map(|line| (line.state, line.code)).collect();
        assert_eq!(states, [(LineState::Bought, 0), (LineState::Bought, 0), (LineState::Refused, 800_066)]);
        assert!(matches!(app.cancel_operation(id.clone()).await, Err(AppError::NotAllowed)), "bought is bought");
        if give_up {
            app.give_up_rest(id.clone()).await.unwrap();
        } else {
            app.order_rest(id.clone(), detail.approval).await.unwrap();
        }
        let all = bench.until(&app, all_confirmed).await;
        assert_eq!(all.len(), if give_up { 5 } else { 8 }, "{}", story(&all));
        let (_, ordered) = bench.server(NAME, PREFIX).await;
        assert_eq!(ordered.len(), if give_up { 2 } else { 3 }, "{ordered:?}");
        let customer = submitted.customer;
        let open = app.open_book().await.unwrap();
        let book = open.book.read(move |db| db.subscriptions().of_customer(customer)).await.unwrap();
        let active = book.iter().filter(|one| one.status == SubscriptionStatus::Active).count();
        assert_eq!(active, if give_up { 2 } else { 3 }, "{book:?}");
        assert!(book.iter().all(|one| ordered.get(&one.sku.product_id).is_none_or(|bought| *bought == one.quantity)));
        assert!(matches!(app.order_rest(id, String::new()).await, Err(AppError::NotAllowed)), "once");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cancelling_what_was_refused_takes_its_key_out_of_the_keychain() {
    let bench = Bench::new(34);
    let app = bench.open().await;
    play(&app, |day| day.domain_taken = true).await;
    let submitted = bench.submit_named(&app, NAME, &[PREFIX], true).await;
    bench.until(&app, attention).await;
    assert_eq!(bench.fakes.keychain.names().len(), 1, "C1: it was there before sending");
    app.cancel_operation(submitted.operations[0].to_string()).await.unwrap();
    assert!(bench.fakes.keychain.names().is_empty());
}

fn field(name: &str, value: &str) -> DecidedField {
    DecidedField { field: name.into(), value: value.into() }
}

/// A customer that exists, a waiting change of its town, and a change of somebody else in Partner Center.
async fn differing(bench: &Bench) -> (App, String, String) {
    let app = bench.open().await;
    let submitted = bench.submit(&app).await;
    bench.until(&app, all_confirmed).await;
    let customer = submitted.customer.to_string();
    for _ in 0..400 {
        if app.customer_profile(customer.clone()).await.unwrap().known {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    app.set_work_offline(true).await.unwrap();
    let mine = vec![field("lastName", "Mein"), field("phone", "+49 40 7654321")];
    let id = app.change_customer_profile(customer.clone(), mine).await.unwrap();
    assert_eq!(app.change_customer_elsewhere().await.unwrap(), NAME);
    app.set_work_offline(false).await.unwrap();
    bench.until(&app, attention).await;
    (app, customer, id)
}

async fn last_name(app: &App, customer: &str) -> String {
    let view = app.customer_profile(customer.to_owned()).await.unwrap();
    view.fields.into_iter().find(|one| one.field == "lastName").unwrap().value
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_on_both_sides_is_a_difference_and_nothing_is_overwritten_until_it_is_decided() {
    for (decision, chosen, expected) in
        [("mine", "Mein", "Mein"), ("theirs", "Neumann", "Neumann"), ("edited", "Drittens", "Drittens")]
    {
        let bench = Bench::new(35);
        let (app, customer, id) = differing(&bench).await;
        let detail = app.operation_detail(id.clone()).await.unwrap();
        assert_eq!(detail.actions, [OperationAction::Resolve]);
        let difference = detail.difference.unwrap();
        let told = difference.fields.iter().find(|one| one.field == "lastName").unwrap();
        assert_eq!((told.base.as_str(), told.mine.as_str(), told.theirs.as_str()), ("Moos", "Mein", "Neumann"));
        assert!(told.conflict);
        let phone = difference.fields.iter().find(|one| one.field == "phone").unwrap();
        assert!(!phone.conflict && phone.theirs == phone.base);
        let mut fields = Vec::new();
        for one in &difference.fields {
            let value = match decision {
                "mine" => &one.mine,
                "theirs" => &one.theirs,
                _ if one.field == "lastName" => chosen,
                _ => &one.theirs,
            };
            fields.push(field(&one.field, value));
        }
        app.resolve_difference(id.clone(), fields.clone()).await.unwrap();
        let settled = |all: &[Operation]| {
            all.iter().all(|one| matches!(one.state, OperationState::Confirmed | OperationState::Cancelled))
        };
        let all = bench.until(&app, settled).await;
        let last = all.last().unwrap();
        let state = if decision == "theirs" { OperationState::Cancelled } else { OperationState::Confirmed };
        assert_eq!(last.state, state, "{}", story(&all));
        let detail = app.operation_detail(id.clone()).await.unwrap();
        let entry = detail.history.iter().find(|one| one.kind == HistoryKind::Resolved).unwrap();
        assert_eq!(entry.reason, decision);
        assert_eq!(last_name(&app, &customer).await, expected);
        assert!(matches!(app.resolve_difference(id, fields).await, Err(AppError::NotAllowed)), "decided once");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_profile_is_checked_by_the_rules_of_its_country_and_a_waiting_change_is_replaced() {
    let bench = Bench::new(36);
    let (app, customer, id) = differing(&bench).await;
    let bad = app.resolve_difference(id.clone(), vec![field("email", "nobody")]).await;
    let Err(AppError::Validation(problems)) = bad else { panic!("{bad:?}") };
    assert_eq!(problems[0].field, "email");
    // Not settled: nothing else may be wanted meanwhile.
    let other = app.change_customer_profile(customer.clone(), vec![field("city", "Kiel")]).await;
    assert!(matches!(other, Err(AppError::NotAllowed)));
    let detail = app.operation_detail(id.clone()).await.unwrap();
    let theirs: Vec<DecidedField> =
        detail.difference.unwrap().fields.iter().map(|one| field(&one.field, &one.theirs)).collect();
    app.resolve_difference(id, theirs).await.unwrap();
    app.set_work_offline(true).await.unwrap();
    let first = app.change_customer_profile(customer.clone(), vec![field("phone", "+49 40 1111111")]).await.unwrap();
    let second = app.change_customer_profile(customer.clone(), vec![field("phone", "+49 40 2222222")]).await.unwrap();
    let all = bench.operations(&app).await;
    let state = |id: &str| all.iter().find(|one| one.id.to_string() == id).unwrap().state;
    assert_eq!((state(&first), state(&second)), (OperationState::Cancelled, OperationState::Queued));
    // What waits is shown; whether it can restart the account review is told by what Partner Center has.
    let before = app.customer_profile(customer.clone()).await.unwrap();
    app.change_customer_profile(customer.clone(), vec![field("city", "Plön")]).await.unwrap();
    let view = app.customer_profile(customer.clone()).await.unwrap();
    let value = |of: &[DecidedField], name: &str| of.iter().find(|one| one.field == name).map(|one| one.value.clone());
    assert_eq!(value(&view.fields, "city").as_deref(), Some("Plön"));
    assert_eq!(value(&view.reviewed, "city"), value(&before.reviewed, "city"));
    assert_ne!(value(&view.reviewed, "city").as_deref(), Some("Plön"));
    assert_eq!((value(&view.reviewed, "companyName").as_deref(), value(&view.reviewed, "phone")), (Some(NAME), None));
    assert_eq!(app.change_customer_profile(customer, Vec::new()).await.unwrap(), "", "nothing is wanted any more");
    let all = bench.operations(&app).await;
    assert!(all.iter().all(|one| one.state != OperationState::Queued), "{}", story(&all));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_found_is_linked_on_the_persons_word_and_never_twice() {
    let bench = Bench::new(37);
    let app = bench.open().await;
    let first = bench.submit(&app).await;
    bench.until(&app, all_confirmed).await;
    let open = app.open_book().await.unwrap();
    let customer = first.customer;
    let known = open.book.read(move |db| db.customers().get(customer)).await.unwrap().unwrap();
    // The second has the same prefix and another name: its answer is lost, and the look-up finds the first one.
    app.set_work_offline(true).await.unwrap();
    let second = bench.submit_named(&app, "Weberei Holm GmbH", &[PREFIX], true).await;
    let id = second.operations[0];
    let now = bench.fakes.host().clock.now();
    let tenant = known.tenant_id.unwrap();
    let free = uuid::Uuid::from_u128(77);
    open.book
        .write(move |tx| {
            let begun = tx.operations().get(id)?.unwrap();
            let sent = Operation { state: OperationState::InFlight, ..begun.clone() };
            tx.update_operation(&sent, OperationState::Queued)?;
            let lost = Operation { state: OperationState::Unknown, ever_unknown: true, ..sent };
            tx.update_operation(&lost, OperationState::InFlight)?;
            let found = |id: String| Found { id, name: "Weberei".into(), at: None, lines: Vec::new(), same: false };
            let mut asks = Operation { state: OperationState::NeedsAttention, updated_at: now, ..lost };
            asks.attention = Some(Attention {
                reason: AttentionReason::DomainTakenOrHalfCreated,
                ambiguous: true,
                field: String::new(),
                status: 0,
                code: 0,
            });
            asks.result.found = vec![found(tenant.to_string()), found(free.to_string())];
            tx.update_operation(&asks, OperationState::Unknown)
        })
        .await
        .unwrap();
    let detail = app.operation_detail(id.to_string()).await.unwrap();
    assert_eq!(detail.actions[0], OperationAction::Link);
    assert_eq!(detail.found.len(), 2);
    assert!(matches!(app.cancel_operation(id.to_string()).await, Err(AppError::NotAllowed)), "S9");
    let taken = app.link_operation(id.to_string(), tenant.to_string()).await;
    assert!(matches!(taken, Err(AppError::NotAllowed)), "the book has it already");
    let unknown = app.link_operation(id.to_string(), uuid::Uuid::nil().to_string()).await;
    assert!(matches!(unknown, Err(AppError::NotAllowed)), "only what was found");
    app.link_operation(id.to_string(), free.to_string()).await.unwrap();
    let all = bench.operations(&app).await;
    let linked = all.iter().find(|one| one.id == id).unwrap();
    assert_eq!((linked.state, linked.result.tenant_id), (OperationState::Confirmed, Some(free.into())));
    let customer = second.customer;
    let known = open.book.read(move |db| db.customers().get(customer)).await.unwrap().unwrap();
    assert_eq!(known.tenant_id, Some(free.into()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_is_edited_offline_from_what_was_submitted() {
    let bench = Bench::new(37);
    let app = bench.open().await;
    let submitted = bench.submit(&app).await;
    bench.until(&app, all_confirmed).await;
    app.set_work_offline(true).await.unwrap();
    let customer = submitted.customer.to_string();
    let view = app.customer_profile(customer.clone()).await.unwrap();
    let value = |name: &str| view.fields.iter().find(|one| one.field == name).unwrap().value.clone();
    assert!(!view.known && view.read_at.is_none(), "not compared with Partner Center yet");
    assert!(value("lastName") == "Moos" && !value("addressLine1").is_empty());
    let id = app.change_customer_profile(customer.clone(), vec![field("lastName", "Mein")]).await.unwrap();
    assert_eq!(app.customer_profile(customer.clone()).await.unwrap().operation_id, id);
    app.set_work_offline(false).await.unwrap();
    bench.until(&app, all_confirmed).await;
    assert_eq!(last_name(&app, &customer).await, "Mein");
}
