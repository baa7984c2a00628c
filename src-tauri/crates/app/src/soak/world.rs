//! What is ordered in these runs, how it gets into a book, and what must have come of it on both sides.

use crate::transport::{Cable, Practice};
use cb_domain::customer::{AccountReview, AgreementState, Customer};
use cb_domain::draft::{DraftContent, DraftPurpose};
use cb_domain::ids::{SubscriptionId, TenantId};
use cb_domain::operation::{Onboarding, Operation, OperationPayload, OperationState, OrderLine};
use cb_domain::reseller::{Fitness, PartnershipState, Reseller};
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_partner_center::client::{Client, ClientConfig};
use cb_partner_center::token::FixedToken;
use cb_sandbox::Sandbox;
use cb_store::{Book, BookKey, OutboxQuery, Tx};
use cb_sync::remote::{Answer, Call, Outcome, Remote, RequestIds};
use cb_testkit::{Seeded, build};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// What every onboarding of a run orders, and for whom.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Ordered {
    pub(super) reseller: Reseller,
    pub(super) lines: Vec<OrderLine>,
}

pub(super) fn key() -> BookKey {
    BookKey::new([9; 32])
}

/// Name and wanted prefix of a customer, told apart by run and number.
pub(super) fn names(run: u64, number: u64) -> (String, String) {
    (format!("Kunde {run} {number} GmbH"), format!("kunde{run}x{number}"))
}

/// The server as seen from beside it, past all faults.
pub(super) struct Truth(Client);

impl Truth {
    pub(super) fn of(sandbox: &Sandbox) -> Self {
        let transport = Arc::new(Practice::new(sandbox.clone(), Cable::default()));
        let config = ClientConfig::new("https://practice.example", "en-US");
        Self(Client::new(transport, Arc::new(FixedToken::new("practice")), config))
    }

    pub(super) async fn ask(&self, call: Call) -> Answer {
        let ids = RequestIds { request_key: uuid::Uuid::new_v4().into(), correlation_id: uuid::Uuid::new_v4().into() };
        match self.0.send(&call, ids).await {
            Outcome::Done { answer, .. } => answer,
            other => panic!("{call:?}: {other:?}"),
        }
    }

    /// So many resellers who are fit.
    pub(super) async fn fit_resellers(&self, count: usize) -> Vec<Reseller> {
        let Answer::Resellers(all) = self.ask(Call::ListResellers).await else { panic!("no resellers") };
        let mut fit = Vec::new();
        for reseller in all.into_iter().filter(|one| one.tenant_id.is_some() && one.partner_id.is_some()) {
            let call = Call::CheckReseller {
                tenant: reseller.tenant_id.unwrap(),
                partner_id: reseller.partner_id.clone().unwrap(),
            };
            if matches!(self.ask(call).await, Answer::ResellerFitness(Fitness::Fit)) {
                fit.push(Reseller { partnership: PartnershipState::Active, ..reseller });
                if fit.len() == count {
                    return fit;
                }
            }
        }
        panic!("only {} resellers are fit", fit.len())
    }

    /// Something to order: a reseller who is fit, and two products.
    pub(super) async fn order(&self) -> Ordered {
        let fit = self.fit_resellers(1).await.remove(0);
        let Answer::Catalogue(offers) = self.ask(Call::Catalogue { country: "DE".into() }).await else {
            panic!("no catalogue")
        };
        let mut random = Seeded::new(3);
        let mut lines = Vec::new();
        for offer in offers.iter().filter(|one| !one.is_trial && !one.is_addon && one.segment == "commercial") {
            let Some(plan) = offer.plans.iter().find(|plan| plan.term == cb_domain::catalogue::Term::P1Y) else {
                continue;
            };
            let number = u32::try_from(lines.len()).unwrap();
            lines.push(OrderLine {
                sku: offer.sku.clone(),
                title: offer.title.clone(),
                cycle: plan.cycle,
                term_price: plan.term_price.clone(),
                quantity: offer.minimum_quantity.max(plan.minimum_quantity.unwrap_or(1)).max(2),
                ..build::line(number, "", 2, &mut random)
            });
            if lines.len() == 2 {
                break;
            }
        }
        Ordered { reseller: fit, lines }
    }

    /// Tenants of this name, and licences ordered per product.
    pub(super) async fn has(&self, name: &str, prefix: &str) -> (usize, BTreeMap<String, u32>) {
        let Answer::Customers(found) = self.ask(Call::FindCustomer { domain_prefix: prefix.to_owned() }).await else {
            panic!("no customers")
        };
        let ours: Vec<TenantId> = found.iter().filter(|one| one.company_name == name).map(|one| one.tenant).collect();
        let mut ordered = BTreeMap::new();
        for tenant in &ours {
            let Answer::Orders(orders) = self.ask(Call::ListOrders { tenant: *tenant }).await else {
                panic!("no orders")
            };
            for line in orders.iter().flat_map(|order| &order.lines) {
                *ordered.entry(line.sku.product_id.clone()).or_default() += line.quantity;
            }
        }
        (ours.len(), ordered)
    }

    /// Lost and doubled of the customers `0..count` of a run.
    pub(super) async fn judge(&self, run: u64, count: u64, wanted: &Ordered) -> (u64, u64) {
        let (mut lost, mut doubled) = (0, 0);
        for number in 0..count {
            let (name, prefix) = names(run, number);
            let (tenants, ordered) = self.has(&name, &prefix).await;
            let short = wanted.lines.iter().any(|line| ordered.get(&line.sku.product_id) < Some(&line.quantity));
            let long = wanted.lines.iter().any(|line| ordered.get(&line.sku.product_id) > Some(&line.quantity));
            lost += u64::from(short || tenants == 0);
            doubled += u64::from(long || tenants > 1);
        }
        (lost, doubled)
    }
}

/// All operations of a book, in order.
pub(super) async fn operations(book: &Book) -> Vec<Operation> {
    let every = OutboxQuery { limit: 10_000, ..OutboxQuery::default() };
    let listed = book.read(move |db| db.operations().list(&every)).await.unwrap();
    let mut all: Vec<Operation> = listed.into_iter().map(|(operation, _)| operation).collect();
    all.sort_by_key(|operation| operation.sequence);
    all
}

pub(super) fn story(all: &[Operation]) -> String {
    let line = |one: &Operation| {
        let kind = one.payload.kind();
        format!("{} {kind:?} {:?} {:?} tries {}\n", one.sequence, one.state, one.attention, one.wire_tries)
    };
    all.iter().map(line).collect()
}

/// Nothing is left to do.
pub(super) fn is_over(all: &[Operation]) -> bool {
    all.iter().all(|one| matches!(one.state, OperationState::Confirmed | OperationState::Cancelled))
}

/// A new folder for books: in memory where there is such a place. A kill loses nothing that was written, wherever.
pub(super) fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// A folder with everything in it.
pub(super) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

/// A new, empty book at that place, to be copied for each run.
pub(super) fn empty_book(at: &Path) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { Book::create(at, &key()).unwrap().close().await });
}

/// Submits customer `number` of a run, in one transaction as the wizard does.
pub(super) async fn submit(book: &Book, ordered: &Ordered, run: u64, number: u64, now: Timestamp) {
    let (name, prefix) = names(run, number);
    let mut random = Seeded::new(run.wrapping_mul(1_000_003) ^ number);
    let first = book.read(|db| db.operations().next_sequence()).await.unwrap();
    let fallback = format!("{prefix}gmbh");
    let mut operations = build::onboarding(&name, &[&prefix, &fallback], first, &mut random);
    let mut ordered = ordered.clone();
    for line in &mut ordered.lines {
        line.subscription_id = SubscriptionId(random.uuid());
    }
    for operation in &mut operations {
        match &mut operation.payload {
            OperationPayload::CreateCustomer(payload) => {
                payload.reseller_tenant = ordered.reseller.tenant_id.unwrap();
                payload.phone = Some("+49 40 1234567".into());
            }
            OperationPayload::ConfirmAgreement(agreement) => {
                agreement.agreed_on = now.to_zoned(jiff::tz::TimeZone::UTC).date().yesterday().ok();
            }
            OperationPayload::CreateCart(cart) => {
                cart.reseller_partner_id.clone_from(&ordered.reseller.partner_id);
                cart.lines.clone_from(&ordered.lines);
            }
            _ => {}
        }
        operation.payload_hash = cb_domain::freeze::payload_hash(&operation.payload).unwrap();
        (operation.approved_at, operation.updated_at) = (now, now);
    }
    book.write(move |tx| write(tx, &ordered, &operations, &name, prefix, now)).await.unwrap();
}

fn write(
    tx: &Tx,
    ordered: &Ordered,
    operations: &[Operation],
    name: &str,
    prefix: String,
    now: Timestamp,
) -> Result<(), cb_store::StoreError> {
    let (customer, onboarding) = (operations[0].customer_id, operations[0].onboarding_id);
    let reseller = ordered.reseller.id;
    if tx.resellers().get(reseller)?.is_none() {
        tx.put_reseller(&ordered.reseller)?;
    }
    tx.put_customer(&Customer {
        id: customer,
        tenant_id: None,
        name: name.to_owned(),
        alias: String::new(),
        domain_prefix: prefix,
        country: "DE".into(),
        town: "Hamburg".into(),
        contact_name: "Ana Moos".into(),
        contact_email: "ana@example.com".into(),
        registration_number: String::new(),
        reseller_id: Some(reseller),
        review: AccountReview::Unknown,
        agreement: AgreementState::Open,
        created_at: now,
        confirmed_at: None,
    })?;
    tx.insert_onboarding(&Onboarding {
        id: onboarding,
        purpose: DraftPurpose::NewCustomer,
        customer_id: customer,
        reseller_id: Some(reseller),
        reseller_of_record: Some(reseller),
        content: DraftContent::default(),
        hash: "00".into(),
        submitted_at: now,
    })?;
    for operation in operations {
        tx.insert_operation(operation)?;
    }
    for line in &ordered.lines {
        tx.put_subscription(&Subscription {
            id: line.subscription_id,
            customer_id: customer,
            remote_id: None,
            order_id: None,
            operation_id: Some(operations[3].id),
            commerce: cb_domain::catalogue::CommerceKind::New,
            sku: line.sku.clone(),
            product_name: line.title.clone(),
            quantity: line.quantity,
            term: line.term,
            cycle: line.cycle,
            unit_price: None,
            status: SubscriptionStatus::Wanted,
            auto_renew: true,
            reseller_of_record: None,
            ends_at: None,
            cancellable_until: None,
            created_at: now,
            confirmed_at: None,
        })?;
    }
    Ok(())
}
