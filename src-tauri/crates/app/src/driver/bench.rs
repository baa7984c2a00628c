//! A workbench for driver tests: a real book and a real sandbox in a temporary folder, reopened after each "kill".
#![allow(clippy::unwrap_used, clippy::panic, clippy::wildcard_enum_match_arm, reason = "a test may fail loudly")]

use crate::fakes::Fakes;
use crate::host::Host;
use crate::practice::PracticeDay;
use crate::transport::{Cable, Practice};
use crate::views::{Language, WorkspaceColour, WorkspaceKind, WorkspaceView};
use crate::{App, OpenBook};
use async_trait::async_trait;
use cb_domain::catalogue::Offer;
use cb_domain::customer::{AccountReview, AgreementState, Customer};
use cb_domain::draft::{DraftContent, DraftPurpose};
use cb_domain::ids::{CustomerId, OnboardingId, OperationId, ResellerId, SubscriptionId, TenantId};
use cb_domain::operation::{
    ConfirmAgreement, CreateCart, Onboarding, Operation, OperationKind, OperationPayload, OperationState, OrderLine,
};
use cb_domain::reseller::{Fitness, PartnershipState, Reseller};
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_partner_center::client::{Client, ClientConfig};
use cb_partner_center::token::FixedToken;
use cb_sandbox::{Options, Sandbox};
use cb_store::{Book, BookKey};
use cb_sync::remote::{Answer, Call, Outcome, Remote, RequestIds};
use cb_testkit::{Seeded, build};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

/// Domain prefix of the customer in these tests.
pub(crate) const PREFIX: &str = "nordwindbackstube";
/// Its name.
pub(crate) const NAME: &str = "Nordwind Backstube GmbH";

/// Where the process is "killed": a request that never comes back, before or after it took effect.
#[derive(Debug, Default)]
pub(crate) struct Kill {
    /// Counts down with each request; at zero the process hangs. `0` means never.
    pub(crate) at: AtomicU64,
    /// Hang after the request took effect.
    pub(crate) after: bool,
}

/// Happens while the first request of a kind is answered.
type Meanwhile = (OperationKind, Box<dyn FnOnce() + Send>);

/// A remote that can hang for good, and counts.
pub(crate) struct Counting {
    inner: Arc<dyn Remote>,
    kill: Arc<Kill>,
    /// Requests that an operation made.
    pub(crate) calls: AtomicU64,
    sandbox: Sandbox,
    /// The first request of this kind loses its answer.
    pub(crate) loses: std::sync::Mutex<Option<OperationKind>>,
    /// What happens while the first request of this kind is answered.
    pub(crate) meanwhile: std::sync::Mutex<Option<Meanwhile>>,
    /// The next probe waits for it with its answer in hand, and says so by taking it.
    pub(crate) probe_waits_for: std::sync::Mutex<Option<Arc<tokio::sync::Notify>>>,
}

fn kind_of(call: &Call) -> Option<OperationKind> {
    match call {
        Call::CreateCustomer { .. } => Some(OperationKind::CreateCustomer),
        Call::CreateCart { .. } => Some(OperationKind::CreateCart),
        Call::CheckoutCart { .. } => Some(OperationKind::CheckoutCart),
        _ => None,
    }
}

#[async_trait]
impl Remote for Counting {
    async fn send(&self, call: &Call, ids: RequestIds) -> Outcome {
        // Whether there is a Partner Center, and how the resellers of the book stand, is asked for no operation.
        if !matches!(call, Call::Probe | Call::CheckResellers { .. }) {
            self.calls.fetch_add(1, Ordering::SeqCst);
        }
        let loses = self.loses.lock().unwrap().take_if(|kind| kind_of(call) == Some(*kind)).is_some();
        if loses {
            self.sandbox.set_faults(cb_sandbox::Faults { lose_next_answer: true, ..Default::default() }).unwrap();
        }
        let left = self.kill.at.load(Ordering::SeqCst);
        let hangs = left == 1;
        if left > 0 {
            self.kill.at.store(left - 1, Ordering::SeqCst);
        }
        if hangs && !self.kill.after {
            std::future::pending::<()>().await;
        }
        let outcome = self.inner.send(call, ids).await;
        let due = self.meanwhile.lock().unwrap().take_if(|(kind, _)| kind_of(call) == Some(*kind));
        if let Some((_, act)) = due {
            act();
        }
        let gate = if matches!(call, Call::Probe) { self.probe_waits_for.lock().unwrap().take() } else { None };
        if let Some(gate) = gate {
            gate.notified().await;
        }
        if hangs {
            std::future::pending::<()>().await;
        }
        outcome
    }
}

/// Everything that survives a kill.
pub(crate) struct Bench {
    pub(crate) fakes: Fakes,
    dir: tempfile::TempDir,
    pub(crate) sandbox: Sandbox,
    pub(crate) cable: Cable,
    pub(crate) kill: Arc<Kill>,
    pub(crate) remote: Arc<Counting>,
    cheaper: AtomicU64,
    /// The last line is billed otherwise than the others: a second group in the checkout.
    pub(crate) mixed_cycles: AtomicBool,
    /// Licences of the first line, where they shall not be within the limits; 0 otherwise.
    pub(crate) too_many: AtomicU32,
}

/// What was submitted.
#[derive(Debug, Clone)]
pub(crate) struct Submitted {
    pub(crate) onboarding: OnboardingId,
    pub(crate) customer: CustomerId,
    pub(crate) operations: Vec<OperationId>,
}

impl Bench {
    pub(crate) fn new(seed: u64) -> Self {
        Self::with_kill(seed, Kill::default())
    }

    pub(crate) fn with_kill(seed: u64, kill: Kill) -> Self {
        Self::in_folder(seed, kill, tempfile::tempdir().unwrap())
    }

    pub(crate) fn in_folder(seed: u64, kill: Kill, dir: tempfile::TempDir) -> Self {
        let fakes = Fakes::new(seed);
        let clock = Arc::clone(&fakes.clock);
        let options = Options::new(Arc::new(move || crate::host::Clock::now(&*clock)));
        let sandbox = Sandbox::open(&dir.path().join("sandbox"), options).unwrap();
        drop(Book::create(&dir.path().join("book"), &key()).unwrap());
        let cable = Cable::default();
        let kill = Arc::new(kill);
        let transport = Arc::new(Practice::new(sandbox.clone(), cable.clone()));
        let config = ClientConfig::new("https://practice.example", "en-US");
        let client = Client::new(transport, Arc::new(FixedToken::new("practice")), config);
        let remote = Arc::new(Counting {
            inner: Arc::new(client),
            kill: Arc::clone(&kill),
            calls: AtomicU64::new(0),
            sandbox: sandbox.clone(),
            loses: std::sync::Mutex::default(),
            meanwhile: std::sync::Mutex::default(),
            probe_waits_for: std::sync::Mutex::default(),
        });
        let (mixed_cycles, too_many) = (AtomicBool::new(false), AtomicU32::new(0));
        Self { fakes, dir, sandbox, cable, kill, remote, cheaper: AtomicU64::new(0), mixed_cycles, too_many }
    }

    /// The person sees prices lower by this per licence than Partner Center asks.
    pub(crate) fn cheaper_by(&self, minor: u64) {
        self.cheaper.store(minor, Ordering::SeqCst);
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.dir.path().join("book")
    }

    /// Opens the book as after a start of the app.
    pub(crate) async fn open(&self) -> App {
        self.open_with(self.fakes.host()).await
    }

    /// The same with another host.
    pub(crate) async fn open_with(&self, host: Host) -> App {
        let book = loop {
            match Book::open(&self.folder(), &key()) {
                Ok(book) => break book,
                // The killed run's thread lets go of the file a moment later.
                Err(cb_store::StoreError::Locked) => tokio::time::sleep(Duration::from_millis(5)).await,
                Err(error) => panic!("{error}"),
            }
        };
        let app = App::new(host.clone(), self.dir.path().to_owned(), Language::En);
        let practice = PracticeDay { sandbox: self.sandbox.clone(), cable: self.cable.clone() };
        let workspace = WorkspaceView {
            id: String::new(),
            name: String::new(),
            kind: WorkspaceKind::Practice,
            colour: WorkspaceColour::Purple,
            folder: String::new(),
        };
        let remote: Arc<dyn Remote> = self.remote.clone();
        let open = OpenBook::start(&host, workspace, book, remote, Some(practice)).await.unwrap();
        *app.inner.open.write().await = Some(Arc::new(open));
        app
    }

    /// Every byte of the book's folder, WAL included.
    pub(crate) fn bytes(&self) -> Vec<(PathBuf, Vec<u8>)> {
        bytes_below(self.folder())
    }

    /// Files of the book's folder in which the text stands, in any of five encodings.
    pub(crate) fn leaks(&self, text: &str) -> Vec<PathBuf> {
        leaks_below(self.folder(), text)
    }

    async fn ask(&self, call: Call) -> Answer {
        let random = &self.fakes.random;
        let id = || crate::host::Random::request_id(&**random);
        let ids = RequestIds { request_key: id().into(), correlation_id: id().into() };
        match self.remote.inner.send(&call, ids).await {
            Outcome::Done { answer, .. } => answer,
            other => panic!("{call:?}: {other:?}"),
        }
    }

    /// The reseller that practice customers are made for.
    async fn reseller(&self) -> Reseller {
        let Answer::Resellers(all) = self.ask(Call::ListResellers).await else { panic!("no resellers") };
        for reseller in all.into_iter().filter(|one| one.tenant_id.is_some() && one.partner_id.is_some()) {
            let tenant = reseller.tenant_id.unwrap();
            let partner_id = reseller.partner_id.clone().unwrap();
            let fit = self.ask(Call::CheckReseller { tenant, partner_id }).await;
            if matches!(fit, Answer::ResellerFitness(Fitness::Fit)) {
                let id = ResellerId(crate::host::Random::id(&*self.fakes.random));
                return Reseller { id, partnership: PartnershipState::Active, ..reseller };
            }
        }
        panic!("no reseller is fit")
    }

    async fn lines(&self) -> (Vec<Offer>, Vec<OrderLine>) {
        let Answer::Catalogue(mut offers) = self.ask(Call::Catalogue { country: "DE".into() }).await else {
            panic!("no catalogue")
        };
        let less = i64::try_from(self.cheaper.load(Ordering::SeqCst)).unwrap();
        for price in offers.iter_mut().flat_map(|offer| &mut offer.plans).filter_map(|plan| plan.term_price.as_mut()) {
            price.minor -= less;
        }
        let mut random = Seeded::new(3);
        let mut lines = Vec::new();
        for offer in offers.iter().filter(|one| !one.is_trial && !one.is_addon && one.segment == "commercial") {
            let first: Option<&OrderLine> = lines.first();
            let other = self.mixed_cycles.load(Ordering::SeqCst) && lines.len() == 2;
            let fits = |plan: &&cb_domain::catalogue::Plan| {
                plan.term == cb_domain::catalogue::Term::P1Y
                    && first.is_none_or(|first| {
                        !self.mixed_cycles.load(Ordering::SeqCst) || (first.cycle != plan.cycle) == other
                    })
            };
            let Some(plan) = offer.plans.iter().find(fits) else {
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
            if lines.len() == 3 {
                break;
            }
        }
        assert_eq!(lines.len(), 3);
        let too_many = self.too_many.load(Ordering::SeqCst);
        if too_many > 0 {
            lines[0].quantity = too_many;
        }
        (offers, lines)
    }

    /// Submits a new customer with three subscriptions, as the wizard does.
    pub(crate) async fn submit(&self, app: &App) -> Submitted {
        self.submit_named(app, NAME, &[PREFIX, "nordwindbackstubegmbh"], true).await
    }

    pub(crate) async fn submit_named(&self, app: &App, name: &str, prefixes: &[&str], signed: bool) -> Submitted {
        let reseller = self.reseller().await;
        let (offers, lines) = self.lines().await;
        let open = app.open_book().await.unwrap();
        let now = crate::host::Clock::now(&*self.fakes.clock);
        let random = &self.fakes.random;
        let ids = || crate::host::Random::request_id(&**random);
        let customer = CustomerId(ids());
        let onboarding = OnboardingId(ids());
        let mut payload = build::create_customer(name, prefixes, reseller.tenant_id.unwrap());
        payload.phone = Some("+49 40 1234567".into());
        let agreement = ConfirmAgreement {
            first_name: "Ana".into(),
            last_name: "Moos".into(),
            email: "ana@example.com".into(),
            phone: None,
            agreed_on: signed.then(|| jiff::civil::date(2027, 1, 14)),
        };
        let lines: Vec<OrderLine> =
            lines.into_iter().map(|line| OrderLine { subscription_id: SubscriptionId(ids()), ..line }).collect();
        let cart = CreateCart { reseller_partner_id: reseller.partner_id.clone(), lines: lines.clone() };
        let payloads = [
            OperationPayload::CreateCustomer(Box::new(payload.clone())),
            OperationPayload::ConfirmAgreement(agreement),
            OperationPayload::CreateCart(cart),
            OperationPayload::CheckoutCart,
            OperationPayload::VerifyOrder,
        ];
        let mut seeded = Seeded::new(ids().as_u64_pair().0);
        let mut operations: Vec<Operation> = Vec::new();
        let first = open.book.read(|db| db.operations().next_sequence()).await.unwrap();
        for (sequence, payload) in (first..).zip(payloads) {
            let parents = operations.last().map(|last| last.id).into_iter().collect();
            let mut operation = build::operation(payload, onboarding, customer, sequence, parents, &mut seeded);
            operation.payload_hash = cb_domain::freeze::payload_hash(&operation.payload).unwrap();
            operation.approved_at = now;
            operation.updated_at = now;
            operations.push(operation);
        }
        let submitted =
            Submitted { onboarding, customer, operations: operations.iter().map(|operation| operation.id).collect() };
        let prefix = prefixes[0].to_owned();
        let name = name.to_owned();
        open.book
            .write(move |tx| {
                if tx.resellers().by_tenant(payload.reseller_tenant)?.is_none() {
                    tx.put_reseller(&reseller)?;
                }
                let commercial: Vec<Offer> = offers.into_iter().filter(|one| one.segment == "commercial").collect();
                tx.replace_offers("DE", "commercial", &commercial)?;
                let reseller_id = tx.resellers().by_tenant(payload.reseller_tenant)?.map(|one| one.id);
                tx.put_customer(&wanted(customer, &name, prefix, reseller_id, now))?;
                tx.insert_onboarding(&Onboarding {
                    id: onboarding,
                    purpose: DraftPurpose::NewCustomer,
                    customer_id: customer,
                    reseller_id,
                    reseller_of_record: reseller_id,
                    content: DraftContent::default(),
                    hash: "00".into(),
                    submitted_at: now,
                })?;
                let checkout = operations[3].id;
                for operation in &operations {
                    tx.insert_operation(operation)?;
                }
                for line in &lines {
                    tx.put_subscription(&wanted_subscription(line, customer, checkout, now))?;
                }
                Ok(())
            })
            .await
            .unwrap();
        open.wake();
        submitted
    }

    /// Waits until this holds, or says how it stands.
    pub(crate) async fn until(&self, app: &App, wanted: impl Fn(&[Operation]) -> bool) -> Vec<Operation> {
        for _ in 0..6_000 {
            let all = self.operations(app).await;
            if wanted(&all) {
                return all;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("{}", story(&self.operations(app).await))
    }

    pub(crate) async fn operations(&self, app: &App) -> Vec<Operation> {
        let open = app.open_book().await.unwrap();
        let every = cb_store::OutboxQuery {
            states: vec![
                OperationState::Queued,
                OperationState::InFlight,
                OperationState::Unknown,
                OperationState::NeedsAttention,
                OperationState::Confirmed,
                OperationState::Cancelled,
            ],
            limit: 500,
            ..cb_store::OutboxQuery::default()
        };
        let mut all: Vec<Operation> = open
            .book
            .read(move |db| db.operations().list(&every))
            .await
            .unwrap()
            .into_iter()
            .map(|(operation, _)| operation)
            .collect();
        all.sort_by_key(|operation| operation.sequence);
        all
    }

    /// What the server has: tenants under the name, and licences ordered per product.
    pub(crate) async fn server(&self, name: &str, prefix: &str) -> (usize, BTreeMap<String, u32>) {
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
}

/// Every byte below a folder.
fn bytes_below(folder: PathBuf) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.clone(), std::fs::read(path).unwrap()));
            }
        }
    }
    found
}

/// Files below a folder in which the text stands, in any of five encodings.
pub(crate) fn leaks_below(folder: PathBuf, text: &str) -> Vec<PathBuf> {
    use base64::Engine;
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let engine = base64::engine::general_purpose::STANDARD;
    // Without its last characters, which depend on what follows in the stream.
    let base64 = engine.encode(text).chars().take(text.len() / 3 * 4).collect::<String>();
    let percent = percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    let forms = [text.as_bytes().to_vec(), utf16, base64.into_bytes(), hex::encode(text).into(), percent.into()];
    let stands = |bytes: &[u8]| {
        forms.iter().any(|form: &Vec<u8>| bytes.windows(form.len()).any(|window| window == form.as_slice()))
    };
    bytes_below(folder).into_iter().filter(|(_, bytes)| stands(bytes)).map(|(path, _)| path).collect()
}

/// All operations are confirmed.
pub(crate) fn all_confirmed(all: &[Operation]) -> bool {
    !all.is_empty() && all.iter().all(|one| one.state == OperationState::Confirmed)
}

/// For messages of failing tests.
pub(crate) fn story(all: &[Operation]) -> String {
    all.iter()
        .map(|one| {
            format!(
                "{:?} {:?} hold {:?} attention {:?} not before {:?} tries {}\n",
                one.payload.kind(),
                one.state,
                one.hold,
                one.attention,
                one.not_before,
                one.wire_tries
            )
        })
        .collect()
}

fn key() -> BookKey {
    BookKey::new([7; 32])
}

fn wanted(
    id: CustomerId,
    name: &str,
    prefix: String,
    reseller_id: Option<ResellerId>,
    now: jiff::Timestamp,
) -> Customer {
    Customer {
        id,
        tenant_id: None,
        name: name.to_owned(),
        alias: String::new(),
        domain_prefix: prefix,
        country: "DE".into(),
        town: "Hamburg".into(),
        contact_name: "Ana Moos".into(),
        contact_email: "ana@example.com".into(),
        registration_number: String::new(),
        reseller_id,
        review: AccountReview::Unknown,
        agreement: AgreementState::Open,
        created_at: now,
        confirmed_at: None,
    }
}

fn wanted_subscription(
    line: &OrderLine,
    customer_id: CustomerId,
    checkout: OperationId,
    now: jiff::Timestamp,
) -> Subscription {
    Subscription {
        id: line.subscription_id,
        customer_id,
        remote_id: None,
        order_id: None,
        operation_id: Some(checkout),
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
    }
}
