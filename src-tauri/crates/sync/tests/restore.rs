//! Old backups restored at random moments of random histories (D8, P2): nothing doubled, nothing lost. A seed that
//! fails is printed and can be replayed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::wildcard_enum_match_arm)]

use cb_domain::ids::{CustomerId, OnboardingId, OperationId, RequestKey, TenantId};
use cb_domain::operation::{Operation, OperationKind, OperationState};
use cb_sync::person::{self, Action, ReorderIds};
use cb_sync::queue::Choice;
use cb_sync::remote::{Answer, Outcome};
use cb_sync::restore::{self, Case, Decision, Next, Quarantine, Seen, Why};
use cb_sync::{Change, Consequence, Effect, Event, Facts, Pause, Pick, Progress, QueueState, pick, restart, step};
use cb_testkit::{FakePartnerCenter, Faults, Seeded, build};
use jiff::{SignedDuration, Timestamp};
use std::collections::{HashMap, HashSet};
use std::time::Duration;

const NAMES: [&str; 2] = ["Nordwind Bäckerei", "Seeblick Hotel"];

/// What a backup holds.
#[derive(Clone)]
struct Disk {
    operations: Vec<Operation>,
    tenants: HashMap<CustomerId, TenantId>,
    last_sent: HashMap<OperationId, Timestamp>,
}

struct World {
    random: Seeded,
    remote: FakePartnerCenter,
    now: Timestamp,
    disk: Disk,
    progress: HashMap<OperationId, Progress>,
    queue: QueueState,
    quarantine: Option<Quarantine>,
    looks_up: bool,
}

impl World {
    fn new(seed: u64, faults: Faults) -> Self {
        let mut random = Seeded::new(seed);
        let remote = FakePartnerCenter::new(random.draw(), faults);
        let mut operations = Vec::new();
        for (at, name) in NAMES.into_iter().enumerate() {
            let (prefix, fallback) = (format!("kunde{at}"), format!("kunde{at}gmbh"));
            let first = i64::try_from(operations.len()).unwrap();
            operations.extend(build::onboarding(name, &[&prefix, &fallback], first, &mut random));
        }
        let disk = Disk { operations, tenants: HashMap::new(), last_sent: HashMap::new() };
        Self {
            random,
            remote,
            now: build::start(),
            disk,
            progress: HashMap::new(),
            queue: QueueState::default(),
            quarantine: None,
            looks_up: true,
        }
    }

    fn pass(&mut self, wait: Duration) {
        self.now = self.now.checked_add(SignedDuration::try_from(wait).unwrap()).unwrap();
        let now = self.now;
        self.remote.with(|state| state.pass(now));
    }

    fn save(&mut self, changes: Vec<Change>) {
        for change in changes {
            let at = self.disk.operations.iter().position(|one| one.id == change.operation.id).unwrap();
            assert_eq!(self.disk.operations[at].state, change.from, "the store compares and sets");
            self.disk.operations[at] = change.operation;
        }
    }

    fn chain(&self, onboarding: OnboardingId) -> Vec<Operation> {
        self.disk.operations.iter().filter(|one| one.onboarding_id == onboarding).cloned().collect()
    }

    fn take_over(&mut self, customer: CustomerId, consequence: Consequence) {
        if let Consequence::CustomerMade { tenant, .. } = consequence {
            self.disk.tenants.insert(customer, tenant);
        }
    }

    fn ask(&mut self, call: &cb_sync::remote::Call) -> Outcome {
        let key = RequestKey(self.random.uuid());
        let outcome = self.remote.answer(call, key);
        self.pass(Duration::from_millis(300));
        outcome
    }

    fn turn(&mut self, id: OperationId) {
        let mut event = Event::Turn;
        loop {
            let operation = self.disk.operations.iter().find(|one| one.id == id).unwrap().clone();
            let mut progress = self.progress.remove(&id).unwrap_or_default();
            let held_since = progress.held_since(&operation, self.now);
            let facts = Facts {
                tenant: self.disk.tenants.get(&operation.customer_id).copied(),
                chain: self.chain(operation.onboarding_id),
                country: "DE".into(),
                reseller_partner_id: "4800000".into(),
                known_orders: Vec::new(),
                last_sent_at: self.disk.last_sent.get(&id).copied(),
                subscription: None,
                now: self.now,
                steady: self.now,
                held_since,
                random: self.random.draw(),
                fresh_key: RequestKey(self.random.uuid()),
                operation,
            };
            let effects = step(&facts, &mut progress, event).expect("the machine contradicts its own table");
            self.progress.insert(id, progress);
            let mut next = None;
            for effect in effects {
                match effect {
                    Effect::Send { call, begin } => {
                        self.save(vec![begin]);
                        self.disk.last_sent.insert(id, self.now);
                        let key = self.disk.operations.iter().find(|one| one.id == id).unwrap().request_key;
                        let outcome = self.remote.answer(&call, key);
                        self.pass(Duration::from_millis(300));
                        next = Some(Event::Heard { call, outcome });
                    }
                    Effect::LookUp { call } => {
                        let outcome = self.ask(&call);
                        next = Some(Event::Heard { call, outcome });
                    }
                    Effect::Save { changes, consequence } => {
                        let customer = changes.first().unwrap().operation.customer_id;
                        self.save(changes);
                        self.take_over(customer, consequence);
                    }
                    Effect::PauseQueue(Pause::Throttled(wait)) => {
                        self.queue.throttled_until = Some(cb_sync::wait::after(self.now, wait));
                    }
                    Effect::PauseQueue(_) => self.queue.offline = true,
                }
            }
            match next {
                Some(heard) => event = heard,
                None => return,
            }
        }
    }

    /// An old backup comes back: everything since is forgotten here, and stays as it is over there.
    fn restore(&mut self, backup: Disk) {
        self.disk = backup;
        self.progress.clear();
        self.queue = QueueState::default();
        if !self.looks_up {
            // The bug that must be caught: the old queue simply goes on.
            let changes: Vec<_> = self.disk.operations.iter().filter_map(|one| restart(one, self.now)).collect();
            self.save(changes);
            return;
        }
        for operation in self.disk.operations.clone() {
            let changes = restore::restored(&operation, self.now).unwrap();
            self.save(changes);
        }
        let mut open: Vec<OnboardingId> = Vec::new();
        for one in &self.disk.operations {
            if one.state != OperationState::Confirmed
                && one.state != OperationState::Cancelled
                && !open.contains(&one.onboarding_id)
            {
                open.push(one.onboarding_id);
            }
        }
        self.quarantine = Some(Quarantine::begin(Why::Restored, None, open, self.now));
    }

    /// One round of lookups and decisions.
    fn quarantined(&mut self) {
        let Some(mut quarantine) = self.quarantine.take() else { return };
        if let Some(onboarding) = quarantine.due(self.now) {
            let decision = quarantine.held.iter().find(|held| held.onboarding == onboarding).unwrap().decision;
            if let Some(seen) = self.look(onboarding, decision) {
                let held = quarantine.held.iter_mut().find(|held| held.onboarding == onboarding).unwrap();
                (held.seen, held.looked_at, held.decision) = (seen, Some(self.now), None);
                if decision == Some(Decision::TakeOver) && held.seen == Seen::Harmless {
                    quarantine.release(onboarding);
                }
            }
        }
        for held in quarantine.held.clone() {
            if quarantine.may(held.onboarding, Decision::TakeOver, self.now) {
                quarantine.held.iter_mut().find(|one| one.onboarding == held.onboarding).unwrap().decision =
                    Some(Decision::TakeOver);
            } else if held.seen != Seen::NotYet
                && !matches!(held.seen, Seen::Orders { .. })
                && quarantine.may(held.onboarding, Decision::Send, self.now)
            {
                let chain = self.chain(held.onboarding);
                let random = &mut self.random;
                let changes = restore::let_go(&chain, || RequestKey(random.uuid()), self.now).unwrap();
                self.save(changes);
                quarantine.release(held.onboarding);
            }
        }
        if !quarantine.held.is_empty() {
            self.quarantine = Some(quarantine);
        }
    }

    /// `None` when the network gave no answer.
    fn look(&mut self, onboarding: OnboardingId, decision: Option<Decision>) -> Option<Seen> {
        for asked in 0..8 {
            let chain = self.chain(onboarding);
            let customer = chain.first().unwrap().customer_id;
            let tenant = self.disk.tenants.get(&customer).copied();
            let case = Case { chain: &chain, tenant, known_orders: &[], now: self.now };
            let call = match restore::next(case, asked) {
                Next::Known(seen) => return Some(seen),
                Next::Ask(call) => call,
            };
            match self.ask(&call) {
                Outcome::Done { answer: Answer::Customers(found), .. } => {
                    if let Some((change, made)) = restore::customer_found(case, &found).unwrap() {
                        self.save(vec![change]);
                        self.take_over(customer, made);
                    }
                }
                Outcome::Done { answer: Answer::Orders(orders), .. } => {
                    if decision == Some(Decision::TakeOver) {
                        for (change, _) in restore::take_over(case, &orders).unwrap() {
                            self.save(vec![change]);
                        }
                        let chain = self.chain(onboarding);
                        let case = Case { chain: &chain, ..case };
                        return Some(match restore::next(case, 8) {
                            Next::Known(seen) => seen,
                            Next::Ask(_) => restore::orders_seen(case, &orders),
                        });
                    }
                    return Some(restore::orders_seen(case, &orders));
                }
                _ => return None,
            }
        }
        None
    }

    /// A person who presses what is offered; `false` when nothing is left to press.
    fn person(&mut self) -> bool {
        let held = |one: &&Operation| !self.queue.held.contains(&one.onboarding_id);
        let waiting =
            self.disk.operations.iter().filter(held).find(|one| one.state == OperationState::NeedsAttention).cloned();
        let Some(waiting) = waiting else { return false };
        self.progress.remove(&waiting.id);
        let actions = person::actions(&waiting);
        let again = actions.contains(&Action::SendAgain) || actions.contains(&Action::ApproveAgain);
        if actions.contains(&Action::CheckAgain) && (self.random.chance(50) || !again) {
            self.save(vec![person::check_again(&waiting, self.now).unwrap()]);
        } else if again && waiting.payload.kind() == OperationKind::CheckoutCart {
            let ids = ReorderIds {
                operations: std::array::from_fn(|_| OperationId(self.random.uuid())),
                keys: std::array::from_fn(|_| RequestKey(self.random.uuid())),
                first_sequence: i64::try_from(self.disk.operations.len()).unwrap(),
            };
            let chain = self.chain(waiting.onboarding_id);
            let reorder = person::reorder(&chain, &waiting, ids, self.now).unwrap();
            self.save(reorder.changes);
            self.disk.operations.extend(reorder.new);
        } else if again {
            let key = RequestKey(self.random.uuid());
            self.save(vec![person::correct(&waiting, key, self.now).unwrap()]);
        } else {
            return false;
        }
        true
    }

    /// `false` when nothing is left to do.
    fn once(&mut self) -> bool {
        self.quarantined();
        self.queue.held = self.quarantine.iter().flat_map(|one| one.held.iter().map(|held| held.onboarding)).collect();
        let is_open = |one: &&Operation| !matches!(one.state, OperationState::Confirmed | OperationState::Cancelled);
        let open: Vec<Operation> = self.disk.operations.iter().filter(is_open).cloned().collect();
        let closed: HashMap<_, _> =
            self.disk.operations.iter().filter(|one| !is_open(one)).map(|one| (one.id, one.state)).collect();
        let made: HashSet<CustomerId> = self.disk.tenants.keys().copied().collect();
        let choice = Choice { open: &open, closed: &closed, made: &made, hurried: &HashSet::new() };
        match pick(choice, &self.queue, self.now) {
            Pick::Operation(id) => self.turn(id),
            Pick::Wait(wait) => self.pass(wait.clamp(Duration::from_millis(1), Duration::from_secs(120))),
            Pick::Idle if self.queue.offline => {
                self.pass(Duration::from_secs(10));
                self.queue.offline = false;
            }
            Pick::Idle if self.quarantine.is_some() => self.pass(Duration::from_secs(60)),
            Pick::Idle => return self.person(),
        }
        true
    }

    fn doubled(&self) -> bool {
        let orders = self.remote.with(|state| state.orders());
        let tenants: usize =
            NAMES.iter().map(|name| self.remote.with(|state| state.tenants_of(name)).saturating_sub(1)).sum();
        orders > NAMES.len() || tenants > 0
    }

    fn lost(&self) -> bool {
        let verified = |one: &&Operation| {
            one.payload.kind() == OperationKind::VerifyOrder && one.state == OperationState::Confirmed
        };
        self.disk.operations.iter().filter(verified).count() != NAMES.len()
            || self.remote.with(|state| state.orders()) < NAMES.len()
    }

    fn story(&self) -> String {
        let told = |one: &Operation| format!("{:?} {:?} {:?}\n", one.payload.kind(), one.state, one.attention);
        self.disk.operations.iter().map(told).collect::<String>() + &format!("{:#?}", self.quarantine)
    }
}

fn weather(seed: u64) -> Faults {
    let mut random = Seeded::new(seed ^ 0xD8);
    Faults {
        not_sent: random.below(10),
        lost_before: random.below(20),
        lost_after: random.below(25),
        delayed: random.below(10),
        throttled: random.below(5),
        forgets_keys: random.below(30),
        busy: random.below(10),
        late_orders: random.chance(50),
        ..Faults::default()
    }
}

/// A history with one backup, restored some time later; `None` when the history was over before the backup.
fn history(seed: u64, looks_up: bool) -> World {
    let mut world = World::new(seed, weather(seed));
    world.looks_up = looks_up;
    if seed.is_multiple_of(5) {
        world.remote.with(|state| state.taken.insert("kunde1".into()));
    }
    let (backup_at, restore_at) = (world.random.below(40), world.random.below(60));
    let mut backup = world.disk.clone();
    for turn in 0..=(backup_at + restore_at) {
        if turn == backup_at {
            backup = world.disk.clone();
        }
        if !world.once() {
            break;
        }
    }
    let idle = world.random.below(3) * 1200;
    world.pass(Duration::from_secs(idle));
    world.restore(backup);
    for turn in 0..6_000 {
        if turn == 1_500 {
            world.remote.with(|state| state.faults = Faults::default());
        }
        if !world.once() {
            break;
        }
    }
    world
}

#[test]
fn d8_an_old_backup_doubles_nothing_and_loses_nothing() {
    let figure = |name, otherwise| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let (first, restores): (u64, u64) = (figure("CHANNELBOOK_SEED", 0), figure("CHANNELBOOK_RESTORES", 2_000));
    for seed in first..first + restores {
        let world = history(seed, true);
        assert!(!world.doubled(), "seed {seed} doubled something\n{}", world.story());
        assert!(!world.lost(), "seed {seed} lost something\n{}", world.story());
    }
    println!("restores runs={restores} lost=0 doubled=0 seed={first}");
}

/// The simulation is only worth something if it finds the bug that is there.
#[test]
fn d8_restoring_without_lookups_is_caught() {
    let caught = (0..400).filter(|seed| history(*seed, false).doubled()).count();
    assert!(caught > 0, "orders doubled by an old queue were not noticed");
}
