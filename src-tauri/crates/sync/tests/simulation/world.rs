//! What would be on disk, the machine's memory beside it, a server with faults, and a person: one schedule.

mod presses;

use cb_domain::ids::{CustomerId, OnboardingId, OperationId, RequestKey, TenantId};
use cb_domain::operation::{
    AttentionReason, HoldReason, LineOutcome, Operation, OperationKind, OperationPayload, OperationResult,
    OperationState,
};
use cb_sync::person::{self, Action, Look, ReorderIds};
use cb_sync::queue::Choice;
use cb_sync::remote::{Call, Outcome};
use cb_sync::{
    Change, Consequence, Effect, Event, Facts, Pause, Pick, Progress, QueueState, Secret, pick, restart, step,
};
use cb_testkit::{FakePartnerCenter, Faults, Seeded, build};
use jiff::{SignedDuration, Timestamp};
use std::collections::{HashMap, HashSet};
use std::time::Duration;

/// Bugs planted on purpose: each must be caught.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    None,
    NewKeyAfterUnknown,
    NewCartOnTimeOut,
    CartIdInMemoryOnly,
    DirectOrdersWithStableKeys,
    DirectOrdersWithNewKeys,
    TwoWritersWithoutCompareAndSet,
    HoldOfTheSessionForgotten,
    TimeReleasesTheSession,
    /// The person may order anew although an order was found.
    WordThoughFound,
    /// What was disowned is not kept.
    DisownedForgotten,
}

/// How rough a schedule was: a calm one proves nothing.
#[derive(Debug, Default)]
pub struct Roughness {
    pub kills: u32,
    pub unknown: u32,
    pub asked: u32,
    pub partial: u32,
    pub expired: u32,
    pub stale: u32,
    pub released: u32,
    pub put_right: u32,
    pub disowned: u32,
}

impl Roughness {
    pub fn add(&mut self, other: &Self) {
        self.kills += other.kills;
        self.unknown += other.unknown;
        self.asked += other.asked;
        self.partial += other.partial;
        self.expired += other.expired;
        self.stale += other.stale;
        self.released += other.released;
        self.put_right += other.put_right;
        self.disowned += other.disowned;
    }
}

const NAMES: [&str; 2] = ["Nordwind Bäckerei", "Seeblick Hotel"];

/// One schedule under way.
pub struct World {
    random: Seeded,
    pub remote: FakePartnerCenter,
    /// Time as it is; what the machine sees is this and `offset`.
    now: Timestamp,
    /// How wrong the clock of the computer is, seconds.
    offset: i64,
    /// The clock is set now and then, by up to two hours.
    pub jumps: bool,
    /// A second process works on the same book, as if the lock had failed.
    pub two_writers: bool,
    second_process: bool,
    pub disk: Vec<Operation>,
    tenants: HashMap<CustomerId, TenantId>,
    pub passwords: HashMap<CustomerId, bool>,
    last_sent: HashMap<OperationId, Timestamp>,
    progress: HashMap<OperationId, Progress>,
    queue: QueueState,
    pub crash_percent: u64,
    /// The process dies at these points too, counted from 0.
    pub dies_at: Vec<u64>,
    /// Points passed at which it could have died.
    pub points: u64,
    bug: Bug,
    pub rough: Roughness,
    /// Customers of whose order a person said which one it is: it may be a part, which the person then knows.
    linked: HashSet<CustomerId>,
    nested: bool,
    /// Submits whose session the person has not released.
    unreleased: HashSet<OnboardingId>,
    /// Others order for the same customers.
    pub strangers: bool,
    /// Customers for whom they have.
    visited: HashSet<CustomerId>,
    /// When what needs attention was last looked up, in this run, by the monotonic clock.
    looked: HashMap<OperationId, Timestamp>,
    /// Requests that left for one of them: there must be none.
    pub early: u32,
}

fn is_held(operation: &Operation) -> bool {
    operation.state == OperationState::Queued && operation.hold == Some(HoldReason::SessionNotReleased)
}

/// Why a turn ended before its time.
#[derive(Debug, PartialEq, Eq)]
pub enum Ended {
    /// The process was killed.
    Killed,
    /// Somebody else was faster (compare and set).
    Stale,
}

impl World {
    pub fn new(seed: u64, faults: Faults, bug: Bug) -> Self {
        let mut random = Seeded::new(seed);
        let remote = FakePartnerCenter::new(random.draw(), faults);
        let mut disk = Vec::new();
        for (at, name) in NAMES.into_iter().enumerate() {
            let prefix = format!("kunde{at}");
            let fallback = format!("{prefix}gmbh");
            let first = i64::try_from(disk.len()).unwrap();
            disk.extend(build::onboarding(name, &[&prefix, &fallback], first, &mut random));
        }
        Self {
            remote,
            now: build::start(),
            offset: 0,
            jumps: false,
            two_writers: false,
            second_process: false,
            disk,
            tenants: HashMap::new(),
            passwords: HashMap::new(),
            last_sent: HashMap::new(),
            progress: HashMap::new(),
            queue: QueueState::default(),
            crash_percent: 4,
            dies_at: Vec::new(),
            points: 0,
            random,
            bug,
            rough: Roughness::default(),
            linked: HashSet::new(),
            nested: false,
            unreleased: HashSet::new(),
            strangers: false,
            visited: HashSet::new(),
            looked: HashMap::new(),
            early: 0,
        }
    }

    /// With the first customer alone.
    pub fn with_one_customer(mut self) -> Self {
        let first = self.disk[0].onboarding_id;
        self.disk.retain(|one| one.onboarding_id == first);
        self
    }

    /// The last customer was onboarded in a session that holds until it is released.
    pub fn hold_session(&mut self) {
        let Some(held) = self.disk.last().map(|one| one.onboarding_id) else { return };
        for operation in self.disk.iter_mut().filter(|one| one.onboarding_id == held) {
            operation.hold = Some(HoldReason::SessionNotReleased);
            operation.hold_since = Some(operation.updated_at);
        }
        self.unreleased.insert(held);
    }

    /// The person releases the session: all of it or nothing, as one transaction.
    fn release_session(&mut self) {
        let now = self.wall();
        let held = |one: &&Operation| is_held(one);
        let changes: Vec<_> = self.disk.iter().filter(held).map(|one| person::release(one, now).unwrap()).collect();
        self.unreleased.clear();
        self.rough.released += 1;
        assert!(self.save(changes).is_ok(), "nobody else writes what is held");
    }

    /// The person puts something right that is held, before its session is released.
    fn put_right(&mut self) {
        let now = self.wall();
        let key = RequestKey(self.random.uuid());
        let kind = if self.random.chance(50) { OperationKind::CreateCustomer } else { OperationKind::CreateCart };
        let held = |one: &&Operation| is_held(one) && one.payload.kind() == kind;
        let Some(change) = self.disk.iter().find(held).map(|one| person::correct(one, key, now).unwrap()) else {
            return;
        };
        self.rough.put_right += 1;
        assert!(self.save(vec![change]).is_ok(), "nobody else writes what is held");
    }

    /// An operation as the machine gets to see it.
    fn seen(&self, operation: &Operation) -> Operation {
        let held = operation.hold == Some(HoldReason::SessionNotReleased);
        let late = cb_sync::wait::passed(operation.updated_at, Duration::from_secs(3600), self.wall());
        let forgets = self.bug == Bug::HoldOfTheSessionForgotten || (self.bug == Bug::TimeReleasesTheSession && late);
        let hold = operation.hold.filter(|_| !(held && forgets));
        Operation { hold, ..operation.clone() }
    }

    fn leaves(&mut self, facts: &Facts) {
        self.early += u32::from(self.unreleased.contains(&facts.operation.onboarding_id));
    }

    fn pass(&mut self, wait: Duration) {
        self.now = self.now.checked_add(SignedDuration::try_from(wait).unwrap()).unwrap();
        let now = self.now;
        self.remote.with(|state| state.pass(now));
    }

    /// Time as the computer's clock has it.
    fn wall(&self) -> Timestamp {
        self.now.checked_add(SignedDuration::from_secs(self.offset)).unwrap()
    }

    fn kill(&mut self) -> Result<(), Ended> {
        let point = self.points;
        self.points += 1;
        let dies = self.dies_at.contains(&point) || self.random.chance(self.crash_percent);
        if dies { Err(Ended::Killed) } else { Ok(()) }
    }

    /// One transaction: all of it or nothing, compared and set as the store does.
    fn save(&mut self, changes: Vec<Change>) -> Result<(), Ended> {
        let before = self.disk.clone();
        for change in changes {
            let at = self.disk.iter().position(|one| one.id == change.operation.id).unwrap();
            let stored = &self.disk[at];
            let fits = stored.state == change.from
                && (stored.revision == change.operation.revision
                    || (stored.revision + 1 == change.operation.revision
                        && stored.request_key != change.operation.request_key));
            if !fits && self.bug != Bug::TwoWritersWithoutCompareAndSet {
                self.disk = before;
                self.rough.stale += 1;
                return Err(Ended::Stale);
            }
            let mut after = change.operation;
            self.rough.unknown += u32::from(after.state == OperationState::Unknown);
            if let (Some(stored), Bug::None) = (&self.disk[at].result.cart_id, self.bug) {
                assert_eq!(after.result.cart_id.as_ref(), Some(stored), "S2: a cart id is stored once");
            }
            if self.bug == Bug::None {
                let kept = self.disk[at].result.disowned.iter().all(|one| after.result.disowned.contains(one));
                assert!(kept, "S3: what was disowned stays so");
                let sends = after.state == OperationState::InFlight && !after.result.disowned.is_empty();
                assert!(!sends, "S3: after that it is only looked up");
            }
            if self.bug == Bug::DisownedForgotten {
                after.result.disowned.clear();
            }
            if after.state == OperationState::NeedsAttention {
                self.looked.insert(after.id, self.now);
            }
            let reason = after.attention.as_ref().map(|found| found.reason);
            self.rough.partial += u32::from(reason == Some(AttentionReason::PartialCheckout));
            self.rough.expired += u32::from(reason == Some(AttentionReason::CartExpired));
            if self.bug == Bug::NewKeyAfterUnknown && after.state == OperationState::Unknown {
                after.request_key = RequestKey(self.random.uuid());
                after.ever_unknown = false;
            }
            if self.bug == Bug::NewCartOnTimeOut
                && after.state == OperationState::Unknown
                && after.payload.kind() == OperationKind::CheckoutCart
            {
                let cart = self.disk.iter().position(|one| after.parents.contains(&one.id)).unwrap();
                self.disk[cart].state = OperationState::Queued;
                self.disk[cart].result.cart_id = None;
                after.state = OperationState::Queued;
                after.ever_unknown = false;
            }
            self.disk[at] = after;
        }
        Ok(())
    }

    fn take_over(&mut self, customer: CustomerId, consequence: Consequence) {
        if let Consequence::CustomerMade { tenant, secret, .. } = consequence {
            self.tenants.insert(customer, tenant);
            self.passwords.insert(customer, matches!(secret, Secret::Seal(_)));
        }
    }

    fn facts(&mut self, id: OperationId) -> Facts {
        let operation = self.seen(self.disk.iter().find(|one| one.id == id).unwrap());
        let chain: Vec<_> =
            self.disk.iter().filter(|one| one.onboarding_id == operation.onboarding_id).cloned().collect();
        let held_since = self.progress.entry(id).or_default().held_since(&operation, self.now);
        Facts {
            tenant: self.tenants.get(&operation.customer_id).copied(),
            chain,
            country: "DE".into(),
            reseller_partner_id: "4800000".into(),
            known_orders: Vec::new(),
            last_sent_at: self.last_sent.get(&id).copied(),
            subscription: None,
            now: self.wall(),
            steady: self.now,
            held_since,
            random: self.random.draw(),
            fresh_key: RequestKey(self.random.uuid()),
            operation,
        }
    }

    /// Sends what changes something, or the forbidden thing that a planted bug sends instead.
    fn answer(&mut self, call: &Call, key: RequestKey, facts: &Facts) -> Outcome {
        let direct = match self.bug {
            Bug::DirectOrdersWithStableKeys => Some(key),
            Bug::DirectOrdersWithNewKeys => Some(RequestKey(self.random.uuid())),
            _ => None,
        };
        match (call, direct) {
            (Call::CheckoutCart { tenant, .. }, Some(key)) => {
                let lines = facts.chain.iter().find_map(|one| match &one.payload {
                    OperationPayload::CreateCart(cart) => Some(cart.lines.clone()),
                    _ => None,
                });
                self.remote.with(|state| state.order_directly(*tenant, &lines.unwrap(), key))
            }
            _ => self.remote.answer(call, key),
        }
    }

    /// The other process starts while this one waits for its answer: it settles what it finds, and works.
    fn second_writer(&mut self) {
        if !self.two_writers || self.nested || !self.random.chance(15) {
            return;
        }
        (self.nested, self.second_process) = (true, true);
        let (progress, queue) = (std::mem::take(&mut self.progress), std::mem::take(&mut self.queue));
        let now = self.wall();
        let left: Vec<_> = self.disk.iter().filter_map(|one| restart(one, now)).collect();
        for change in left {
            let _ = self.save(vec![change]);
        }
        for _ in 0..1 + self.random.below(3) {
            let Pick::Operation(id) = self.pick() else { break };
            if self.run_turn(id).is_err() {
                self.settle(id);
            }
        }
        (self.progress, self.queue) = (progress, queue);
        self.nested = false;
    }

    pub fn run_turn(&mut self, id: OperationId) -> Result<(), Ended> {
        let mut event = Event::Turn;
        let mut mine: Option<Operation> = None;
        loop {
            let mut facts = self.facts(id);
            if let (Bug::TwoWritersWithoutCompareAndSet, Some(mine)) = (self.bug, &mine) {
                // A writer that does not compare believes what it wrote itself.
                facts.operation = mine.clone();
            }
            let mut progress = self.progress.remove(&id).unwrap_or_default();
            let effects = match step(&facts, &mut progress, event) {
                Ok(effects) => effects,
                // Only a second writer can have changed the operation under way.
                Err(_) if self.two_writers => return Err(Ended::Stale),
                Err(error) => panic!("the machine contradicts its own table: {error}"),
            };
            self.progress.insert(id, progress);
            let mut next = None;
            for effect in effects {
                match effect {
                    Effect::Send { call, begin } => {
                        self.kill()?;
                        // Between reading and writing the other process may write.
                        self.second_writer();
                        let key = begin.operation.request_key;
                        mine = Some(begin.operation.clone());
                        self.save(vec![begin])?;
                        self.last_sent.insert(id, self.wall());
                        self.kill()?;
                        self.leaves(&facts);
                        let outcome = self.answer(&call, key, &facts);
                        self.pass(Duration::from_millis(300));
                        self.kill()?;
                        self.second_writer();
                        next = Some(Event::Heard { call, outcome });
                    }
                    Effect::LookUp { call } => {
                        self.leaves(&facts);
                        let outcome = self.remote.answer(&call, RequestKey(self.random.uuid()));
                        self.pass(Duration::from_millis(300));
                        self.kill()?;
                        self.second_writer();
                        next = Some(Event::Heard { call, outcome });
                    }
                    Effect::Save { changes, consequence } => {
                        let customer = changes.first().unwrap().operation.customer_id;
                        self.second_writer();
                        self.save(changes)?;
                        self.take_over(customer, consequence);
                        self.kill()?;
                    }
                    Effect::PauseQueue(pause) => match pause {
                        Pause::Offline => self.queue.offline = true,
                        Pause::Throttled(wait) => {
                            self.queue.throttled_until = Some(cb_sync::wait::after(self.wall(), wait));
                        }
                        Pause::SignIn | Pause::Mfa => self.queue.sign_in = true,
                    },
                }
            }
            match next {
                Some(heard) => event = heard,
                None => return Ok(()),
            }
        }
    }

    fn start_again(&mut self) {
        self.rough.kills += 1;
        if self.bug == Bug::CartIdInMemoryOnly {
            for cart in self.disk.iter_mut().filter(|one| one.payload.kind() == OperationKind::CreateCart) {
                if cart.result.cart_id.take().is_some() {
                    cart.state = OperationState::Queued;
                }
            }
            let forgotten = |one: &&mut Operation| one.payload.kind() == OperationKind::CheckoutCart;
            for checkout in self.disk.iter_mut().filter(forgotten) {
                if checkout.state != OperationState::Confirmed {
                    (checkout.state, checkout.ever_unknown) = (OperationState::Queued, false);
                }
            }
        }
        self.progress.clear();
        self.looked.clear();
        self.queue = QueueState::default();
        let now = self.wall();
        let changes: Vec<_> = self.disk.iter().filter_map(|one| restart(one, now)).collect();
        assert!(self.save(changes).is_ok(), "nobody else is there at the start");
        self.pass(Duration::from_secs(5));
    }

    fn pick(&self) -> Pick {
        let over = |one: &&Operation| matches!(one.state, OperationState::Confirmed | OperationState::Cancelled);
        let open: Vec<Operation> = self.disk.iter().filter(|one| !over(one)).map(|one| self.seen(one)).collect();
        let closed: HashMap<_, _> = self.disk.iter().filter(over).map(|one| (one.id, one.state)).collect();
        let made: HashSet<CustomerId> = self.tenants.keys().copied().collect();
        let choice = Choice { open: &open, closed: &closed, made: &made, hurried: &HashSet::new() };
        pick(choice, &self.queue, self.wall())
    }

    pub fn run(&mut self) {
        for turn in 0..4000 {
            // After a long bad day the weather clears, so that every schedule ends.
            if turn == 1500 {
                self.remote.with(|state| state.faults = Faults::default());
                self.crash_percent = 0;
                self.two_writers = false;
            }
            if self.jumps && turn < 1500 && self.random.chance(3) {
                self.offset = i64::try_from(self.random.below(4 * 3600)).unwrap() - 2 * 3600;
            }
            if !self.unreleased.is_empty() && self.random.chance(2) {
                if self.random.chance(40) { self.release_session() } else { self.put_right() }
            }
            self.stranger();
            match self.pick() {
                Pick::Operation(id) => match self.run_turn(id) {
                    Ok(()) => {}
                    Err(Ended::Killed) => self.start_again(),
                    // As the driver does: an answer that could not be saved was not heard.
                    Err(Ended::Stale) => self.settle(id),
                },
                Pick::Wait(wait) => self.pass(wait.max(Duration::from_millis(1))),
                Pick::Idle if self.queue.offline || self.queue.sign_in => {
                    self.pass(Duration::from_secs(10));
                    self.queue.offline = false;
                    self.queue.sign_in = false;
                }
                Pick::Idle if !self.unreleased.is_empty() && self.random.chance(60) => {
                    // The person takes a long break, some of them more than a week.
                    let pause = 1 + self.random.below(10 * 24 * 3600);
                    self.pass(Duration::from_secs(pause));
                    self.release_session();
                }
                Pick::Idle => {
                    if !self.person() && self.unreleased.is_empty() {
                        return;
                    }
                }
            }
        }
    }

    /// Somebody else orders for a customer once it is there: other licences now, or the very same ones long before.
    fn stranger(&mut self) {
        let open = |id: &&CustomerId| !self.visited.contains(*id);
        let Some((customer, tenant)) = self.tenants.iter().find(|(id, _)| open(id)).map(|(id, one)| (*id, *one)) else {
            return;
        };
        if !self.strangers || !self.random.chance(30) {
            return;
        }
        self.visited.insert(customer);
        let lines = self.disk.iter().find_map(|one| match &one.payload {
            OperationPayload::CreateCart(cart) if one.customer_id == customer => Some(cart.lines.clone()),
            _ => None,
        });
        let mut lines = lines.unwrap();
        let mut created_at = build::start().checked_sub(SignedDuration::from_hours(12)).unwrap();
        if self.random.chance(50) {
            lines[0].quantity += 100;
            created_at = self.now;
        }
        self.remote.with(|state| state.order_elsewhere(tenant, &lines, created_at));
    }

    fn settle(&mut self, id: OperationId) {
        let operation = self.disk.iter().find(|one| one.id == id).unwrap();
        if let Some(change) = restart(operation, self.wall()) {
            assert!(self.save(vec![change]).is_ok(), "just read");
        }
    }

    /// A second tenant, or more licences of a product than approved.
    pub fn doubled(&self) -> bool {
        self.names().into_iter().any(|name| {
            self.remote.with(|state| {
                let ordered = state.ordered(name);
                state.tenants_of(name) > 1
                    || self.approved(name).iter().any(|(product, wanted)| ordered.get(product) > Some(wanted))
            })
        })
    }

    /// Names of the customers that are onboarded here.
    fn names(&self) -> Vec<&'static str> {
        let is_here = |name: &&str| {
            self.disk.iter().any(|one| match &one.payload {
                OperationPayload::CreateCustomer(payload) => payload.company_name == **name,
                _ => false,
            })
        };
        NAMES.into_iter().filter(is_here).collect()
    }

    /// Not everything that was approved was ordered and verified.
    pub fn lost(&self) -> bool {
        let over = |one: &Operation| matches!(one.state, OperationState::Confirmed | OperationState::Cancelled);
        let short = self.names().into_iter().filter(|name| !self.is_linked(name)).any(|name| {
            let ordered = self.remote.with(|state| state.ordered(name));
            self.approved(name).iter().any(|(product, wanted)| ordered.get(product) < Some(wanted))
        });
        if self.second_process {
            // The lock on the file is what keeps a second process out; should it fail, a task for the person is enough
            // (P5), and nothing may be doubled.
            let asked = |one: &Operation| one.state == OperationState::NeedsAttention;
            return short && !self.disk.iter().any(asked);
        }
        short || !self.disk.iter().all(over)
    }

    fn is_linked(&self, name: &str) -> bool {
        self.disk.iter().any(|one| match &one.payload {
            OperationPayload::CreateCustomer(payload) => {
                payload.company_name == name && self.linked.contains(&one.customer_id)
            }
            _ => false,
        })
    }

    /// Licences per product that the person approved for a company.
    fn approved(&self, name: &str) -> HashMap<String, u32> {
        let of = self.disk.iter().find_map(|one| match &one.payload {
            OperationPayload::CreateCustomer(payload) if payload.company_name == name => Some(one.onboarding_id),
            _ => None,
        });
        let carts = self.disk.iter().filter(|one| Some(one.onboarding_id) == of).find_map(|one| match &one.payload {
            OperationPayload::CreateCart(cart) => Some(cart),
            _ => None,
        });
        carts.unwrap().lines.iter().map(|line| (line.sku.product_id.clone(), line.quantity)).collect()
    }

    pub fn story(&self) -> String {
        self.disk
            .iter()
            .map(|one| {
                format!("{:?} {:?} {:?} tries {}\n", one.payload.kind(), one.state, one.attention, one.wire_tries)
            })
            .collect()
    }
}
