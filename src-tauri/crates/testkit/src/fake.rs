//! A Partner Center in memory that counts exactly what it did, with faults on schedule.

mod mishap;

pub use mishap::Mishap;

use crate::random::Seeded;
use async_trait::async_trait;
use cb_domain::catalogue::CommerceKind;
use cb_domain::change::{Change, UpgradeSubscription, Values, apply, is_done};
use cb_domain::customer::AccountReview;
use cb_domain::ids::{CustomerId, RequestKey, SubscriptionId, TenantId};
use cb_domain::operation::OrderLine;
use cb_domain::profile::CustomerProfile;
use cb_domain::reseller::Fitness;
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_sync::compare::{cycle_word, term_word};
use cb_sync::remote::{
    Answer, Call, CheckoutResult, CreatedCustomer, FoundCustomer, OneTimeSecret, Outcome, RefusalClass, Remote,
    RemoteContact, RemoteLine, RemoteOrder, RemoteProfile, RemoteSubscription, RemoteUpgrade, RequestIds, UpgradeState,
};
use jiff::{SignedDuration, Timestamp};
use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use std::time::Duration;

/// How often, in percent of requests, what goes wrong.
#[derive(Debug, Clone, Copy, Default)]
pub struct Faults {
    /// Nothing leaves the machine.
    pub not_sent: u64,
    /// The request is lost on its way.
    pub lost_before: u64,
    /// The answer is lost.
    pub lost_after: u64,
    /// The request takes effect up to 40 s after the client gave up.
    pub delayed: u64,
    /// 429.
    pub throttled: u64,
    /// All remembered request keys are forgotten.
    pub forgets_keys: u64,
    /// 409 at checkout.
    pub busy: u64,
    /// Orders show up to 15 minutes late.
    pub late_orders: bool,
    /// A checkout buys only the first line.
    pub partial: u64,
    /// All carts that were not bought are forgotten.
    pub expires: u64,
    /// A new account is under review for up to three hours.
    pub review: u64,
    /// 401.
    pub sign_in: u64,
}

/// A cart.
#[derive(Debug, Clone)]
struct Cart {
    tenant: TenantId,
    lines: Vec<OrderLine>,
    order: Option<String>,
    errors: Vec<u32>,
}

/// What the fake holds.
#[derive(Debug)]
pub struct State {
    random: Seeded,
    /// Faults in force.
    pub faults: Faults,
    /// What happens to single requests, by their number from 0.
    pub mishaps: Vec<(u64, Mishap)>,
    /// Requests so far, of every kind.
    pub requests: u64,
    /// Time as the server sees it.
    pub now: Timestamp,
    /// Prefixes taken by others.
    pub taken: HashSet<String>,
    /// Customers by prefix.
    customers: HashMap<String, (TenantId, String)>,
    remembered: HashMap<RequestKey, (TenantId, String)>,
    attested: HashSet<TenantId>,
    /// Accounts under review, and until when.
    under_review: HashMap<TenantId, Timestamp>,
    /// Orders posted directly, by key.
    direct: HashMap<RequestKey, RemoteOrder>,
    carts: HashMap<String, Cart>,
    orders: Vec<(TenantId, RemoteOrder, Timestamp)>,
    /// Ids of orders that somebody else has placed.
    foreign: HashSet<String>,
    delayed: Vec<(Timestamp, Call, RequestKey)>,
    /// Review of every account.
    pub review: Option<AccountReview>,
    /// Fitness of every reseller.
    pub fitness: Option<Fitness>,
    /// Name, contact and address of every customer.
    pub profile: CustomerProfile,
    /// Grows with each change of the profile: its tag.
    pub profile_version: u64,
    /// What is answered to every question about fitness.
    pub findings: cb_domain::fitness::Findings,
    /// PartnerID on record by subscription.
    pub records: HashMap<String, String>,
    /// Subscriptions as they stand, by id.
    pub owned: HashMap<String, RemoteSubscription>,
    /// Licences moved, with the subscription that they were moved from.
    pub moved: Vec<(String, RemoteUpgrade)>,
    /// Support contacts by subscription.
    pub contacts: HashMap<String, RemoteContact>,
    /// Changes of subscriptions that were carried out.
    pub changes: u64,
    /// Requests that changed or tried to change something.
    pub changing_requests: u64,
}

/// The fake; one lock, so that it can stand behind the async trait.
#[derive(Debug)]
pub struct FakePartnerCenter {
    state: Mutex<State>,
}

impl FakePartnerCenter {
    /// Empty, with faults drawn from `seed`.
    #[must_use]
    pub fn new(seed: u64, faults: Faults) -> Self {
        let state = State {
            random: Seeded::new(seed),
            faults,
            mishaps: Vec::new(),
            requests: 0,
            now: crate::build::start(),
            taken: HashSet::new(),
            customers: HashMap::new(),
            remembered: HashMap::new(),
            attested: HashSet::new(),
            under_review: HashMap::new(),
            direct: HashMap::new(),
            carts: HashMap::new(),
            orders: Vec::new(),
            foreign: HashSet::new(),
            delayed: Vec::new(),
            review: None,
            fitness: None,
            findings: cb_domain::fitness::Findings { agreement_signed: Some(true), on_record: Some(Ok(())) },
            records: HashMap::new(),
            owned: HashMap::new(),
            moved: Vec::new(),
            contacts: HashMap::new(),
            changes: 0,
            profile: CustomerProfile::default(),
            profile_version: 1,
            changing_requests: 0,
        };
        Self { state: Mutex::new(state) }
    }

    /// Looks at or changes the state.
    pub fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state.lock().unwrap())
    }

    /// Answers, faults included.
    pub fn answer(&self, call: &Call, key: RequestKey) -> Outcome {
        self.with(|state| state.answer(call, key))
    }
}

#[async_trait]
impl Remote for FakePartnerCenter {
    async fn send(&self, call: &Call, ids: RequestIds) -> Outcome {
        self.answer(call, ids.request_key)
    }
}

fn done(answer: Answer) -> Outcome {
    Outcome::Done { answer, server_date: None }
}

fn refused(class: RefusalClass, status: u16, code: u32) -> Outcome {
    Outcome::Refused { class, status, code, data: Vec::new() }
}

impl State {
    /// Tenants made for a company name.
    #[must_use]
    pub fn tenants_of(&self, company: &str) -> usize {
        self.customers.values().filter(|(_, name)| name == company).count()
    }

    /// Orders, all.
    #[must_use]
    pub fn orders(&self) -> usize {
        self.orders.len()
    }

    /// Time passes; what was delayed arrives.
    pub fn pass(&mut self, now: Timestamp) {
        self.now = self.now.max(now);
        let due: Vec<_> = {
            let (due, later) = std::mem::take(&mut self.delayed).into_iter().partition(|(at, ..)| *at <= self.now);
            self.delayed = later;
            due
        };
        for (_, call, key) in due {
            drop(self.perform(&call, key));
        }
    }

    fn answer(&mut self, call: &Call, key: RequestKey) -> Outcome {
        let changing = matches!(
            call,
            Call::CreateCustomer { .. }
                | Call::ConfirmAgreement { .. }
                | Call::CreateCart { .. }
                | Call::CheckoutCart { .. }
                | Call::UpdateProfile { .. }
                | Call::SetRecord { .. }
                | Call::ChangeSubscription { .. }
                | Call::Upgrade { .. }
                | Call::SetSupportContact { .. }
        );
        self.changing_requests += u64::from(changing);
        let number = self.requests;
        self.requests += 1;
        if let Some((_, mishap)) = self.mishaps.iter().find(|(at, _)| *at == number) {
            return self.go_wrong(*mishap, call, key);
        }
        let faults = self.faults;
        if self.random.chance(faults.not_sent) {
            return Outcome::NotSent;
        }
        if self.random.chance(faults.sign_in) {
            return Outcome::SignIn;
        }
        if self.random.chance(faults.expires) {
            self.expire_carts();
        }
        if self.random.chance(faults.throttled) {
            let wait = Duration::from_secs(self.random.below(30));
            return Outcome::Throttled { retry_after: Some(wait) };
        }
        if self.random.chance(faults.forgets_keys) {
            self.remembered.clear();
            self.direct.clear();
        }
        if self.random.chance(faults.lost_before) {
            return Outcome::Unknown;
        }
        if changing && self.random.chance(faults.delayed) {
            let delay = SignedDuration::from_secs(i64::try_from(self.random.below(40)).unwrap());
            self.delayed.push((self.now.checked_add(delay).unwrap(), call.clone(), key));
            return Outcome::Unknown;
        }
        if matches!(call, Call::CheckoutCart { .. }) && self.random.chance(faults.busy) {
            return refused(RefusalClass::Busy, 409, 800_064);
        }
        let outcome = self.perform(call, key);
        if self.random.chance(faults.lost_after) {
            return Outcome::Unknown;
        }
        outcome
    }

    fn perform(&mut self, call: &Call, key: RequestKey) -> Outcome {
        match call {
            Call::Probe => done(Answer::Alive),
            Call::CheckDomain { prefix } => {
                done(Answer::DomainFree(!self.taken.contains(prefix) && !self.customers.contains_key(prefix)))
            }
            Call::CheckAddress { .. } => done(Answer::Address { accepted: true, suggestion: None }),
            Call::CountryRules { .. } => done(Answer::CountryRules("{}".into())),
            Call::CheckReseller { .. } => done(Answer::ResellerFitness(self.fitness.unwrap_or(Fitness::Fit))),
            Call::ListResellers => done(Answer::Resellers(Vec::new())),
            Call::CreateCustomer { payload, prefix_index } => {
                let prefix = payload.prefixes[usize::try_from(*prefix_index).unwrap()].clone();
                self.create(&prefix, &payload.company_name, key)
            }
            Call::FindCustomer { domain_prefix } => done(Answer::Customers(
                self.customers
                    .iter()
                    .filter(|(prefix, _)| prefix.starts_with(domain_prefix.as_str()))
                    .map(|(prefix, (tenant, name))| FoundCustomer {
                        tenant: *tenant,
                        domain_prefix: prefix.clone(),
                        company_name: name.clone(),
                        reseller_tenant: None,
                    })
                    .collect(),
            )),
            Call::AccountReview { tenant } => {
                let waits = self.under_review.get(tenant).is_some_and(|until| *until > self.now);
                let stands = if waits { AccountReview::UnderReview } else { AccountReview::Allowed };
                done(Answer::Review(self.review.unwrap_or(stands)))
            }
            Call::ConfirmAgreement { tenant, .. } => {
                if self.attested.insert(*tenant) {
                    done(Answer::AgreementConfirmed)
                } else {
                    refused(RefusalClass::DoneAlready, 403, 600_061)
                }
            }
            Call::AgreementStatus { tenant } => {
                done(Answer::Agreement { attested: self.attested.contains(tenant), signed_by_customer: false })
            }
            Call::CreateCart { tenant, lines, .. } => self.make_cart(*tenant, lines),
            Call::CheckoutCart { cart_id, .. } => self.check_out(cart_id),
            Call::ReadCart { cart_id, .. } => match self.carts.get(cart_id) {
                Some(cart) => done(Answer::CartStatus(if cart.order.is_some() { "ordered" } else { "active" }.into())),
                None => refused(RefusalClass::NotFound, 404, 800_008),
            },
            Call::ListOrders { tenant } => done(Answer::Orders(
                self.orders
                    .iter()
                    .filter(|(owner, _, visible)| owner == tenant && *visible <= self.now)
                    .map(|(_, order, _)| order.clone())
                    .collect(),
            )),
            Call::ListSubscriptions { tenant } => done(Answer::Subscriptions(self.subscriptions(*tenant))),
            Call::CheckResellers { resellers } => {
                done(Answer::ResellersChecked(resellers.iter().map(|one| (one.clone(), self.findings)).collect()))
            }
            Call::ReadRecord { subscription, .. } => done(Answer::Record(self.records.get(subscription).cloned())),
            Call::SetRecord { subscription, partner_id, .. } => {
                self.records.insert(subscription.clone(), partner_id.clone());
                done(Answer::Record(Some(partner_id.clone())))
            }
            Call::ReadSubscription { subscription, .. } => match self.owned.get(subscription) {
                Some(there) => done(Answer::Subscription(Box::new(there.clone()))),
                None => refused(RefusalClass::NotFound, 404, 2011),
            },
            Call::ChangeSubscription { subscription, seen, change, .. } => self.change(subscription, seen, change),
            Call::ReadUpgrades { subscription, .. } => done(Answer::Upgrades(
                self.moved.iter().filter(|(from, _)| from == subscription).map(|(_, one)| one.clone()).collect(),
            )),
            Call::UpgradeTargets { .. } => done(Answer::UpgradeTargets(Vec::new())),
            Call::Upgrade { subscription, payload, .. } => self.upgrade(subscription, payload),
            Call::ReadSupportContact { subscription, .. } => {
                done(Answer::SupportContact(self.contacts.get(subscription).cloned().unwrap_or_else(provider)))
            }
            Call::SetSupportContact { subscription, contact, .. } => {
                self.contacts.insert(subscription.clone(), contact.clone());
                done(Answer::SupportContact(contact.clone()))
            }
            Call::ReadProfile { .. } => done(Answer::Profile(Box::new(self.profile()))),
            Call::UpdateProfile { etag, .. } if *etag != self.profile_version.to_string() => {
                Outcome::Refused { class: RefusalClass::Conflict, status: 400, code: 2055, data: Vec::new() }
            }
            Call::UpdateProfile { profile, .. } => {
                self.profile = (**profile).clone();
                self.profile_version += 1;
                done(Answer::Profile(Box::new(self.profile())))
            }
            Call::ListCustomers => done(Answer::Customers(Vec::new())),
            Call::CustomerPage { .. } => done(Answer::CustomerPage { customers: Vec::new(), next: None }),
            Call::Catalogue { .. } => done(Answer::Catalogue(Vec::new())),
        }
    }

    fn change(&mut self, id: &str, seen: &Values, change: &Change) -> Outcome {
        let Some(there) = self.owned.get_mut(id) else { return refused(RefusalClass::NotFound, 404, 2011) };
        if is_done(&there.values, change) {
            return done(Answer::Subscription(Box::new(there.clone())));
        }
        if there.values != *seen {
            return refused(RefusalClass::Conflict, 412, 0);
        }
        there.values = apply(&there.values, change);
        self.changes += 1;
        done(Answer::Subscription(Box::new(there.clone())))
    }

    /// Moves licences each time it is asked: that a key is known does not help, as S8 says.
    fn upgrade(&mut self, id: &str, payload: &UpgradeSubscription) -> Outcome {
        let Some(there) = self.owned.get_mut(id) else { return refused(RefusalClass::NotFound, 404, 2011) };
        if there.values.quantity < payload.quantity || there.values.sku == payload.target {
            return refused(RefusalClass::Fixable, 400, 900_236);
        }
        there.values.quantity -= payload.quantity;
        if there.values.quantity == 0 {
            there.values.quantity = payload.quantity;
            there.values.sku = payload.target.clone();
        }
        let moved = RemoteUpgrade {
            target: payload.target.clone(),
            quantity: payload.quantity,
            at: Some(self.now),
            state: UpgradeState::Completed,
            to: None,
        };
        self.moved.push((id.to_owned(), moved.clone()));
        done(Answer::Upgraded(moved))
    }

    fn create(&mut self, prefix: &str, company: &str, key: RequestKey) -> Outcome {
        let (tenant, user) = match self.remembered.get(&key) {
            Some(known) => known.clone(),
            None if self.taken.contains(prefix) || self.customers.contains_key(prefix) => {
                return Outcome::Refused {
                    class: RefusalClass::Fixable,
                    status: 400,
                    code: 0,
                    data: vec!["companyProfile.domain".into()],
                };
            }
            None => {
                let made = (TenantId(self.random.uuid()), format!("admin@{prefix}.onmicrosoft.com"));
                self.customers.insert(prefix.to_owned(), (made.0, company.to_owned()));
                self.remembered.insert(key, made.clone());
                if self.random.chance(self.faults.review) {
                    let until = self.in_seconds(3 * 3600);
                    self.under_review.insert(made.0, until);
                }
                made
            }
        };
        done(Answer::Created(Box::new(CreatedCustomer {
            tenant,
            domain_prefix: prefix.to_owned(),
            user_name: user,
            password: Some(OneTimeSecret::new(b"canary-Xy4!".to_vec())),
            unreadable: None,
        })))
    }

    fn profile(&self) -> RemoteProfile {
        RemoteProfile { id: "profile".into(), etag: self.profile_version.to_string(), profile: self.profile.clone() }
    }

    fn make_cart(&mut self, tenant: TenantId, lines: &[OrderLine]) -> Outcome {
        let id = self.random.uuid().to_string();
        self.carts.insert(id.clone(), Cart { tenant, lines: lines.to_vec(), order: None, errors: Vec::new() });
        done(Answer::Cart { cart_id: id, lines: lines.iter().map(|line| remote_line(line, None)).collect() })
    }

    fn check_out(&mut self, cart_id: &str) -> Outcome {
        let Some(cart) = self.carts.get(cart_id).cloned() else {
            return refused(RefusalClass::NotFound, 404, 800_008);
        };
        if let Some(order) = cart.order {
            if self.random.chance(50) {
                return refused(RefusalClass::DoneAlready, 400, 800_065);
            }
            let orders = self.orders.iter().filter(|(_, one, _)| one.id == order).map(|(_, one, _)| one.clone());
            return done(Answer::CheckedOut(CheckoutResult { orders: orders.collect(), errors: cart.errors }));
        }
        let (lines, errors) = if cart.lines.len() > 1 && self.random.chance(self.faults.partial) {
            (vec![cart.lines[0].clone()], vec![800_028])
        } else {
            (cart.lines.clone(), Vec::new())
        };
        let order = RemoteOrder {
            id: self.random.uuid().to_string(),
            status: "completed".into(),
            created_at: Some(self.now),
            lines: lines.iter().map(|line| remote_line(line, Some(self.random.uuid().to_string()))).collect(),
        };
        let late = if self.faults.late_orders { self.random.below(15 * 60) } else { 0 };
        let visible = self.now.checked_add(SignedDuration::from_secs(i64::try_from(late).unwrap())).unwrap();
        self.orders.push((cart.tenant, order.clone(), visible));
        if let Some(cart) = self.carts.get_mut(cart_id) {
            cart.order = Some(order.id.clone());
            cart.errors.clone_from(&errors);
        }
        done(Answer::CheckedOut(CheckoutResult { orders: vec![order], errors }))
    }

    /// What S1 forbids: an order posted without a cart. The server remembers the key, as long as it remembers.
    pub fn order_directly(&mut self, tenant: TenantId, lines: &[OrderLine], key: RequestKey) -> Outcome {
        let faults = self.faults;
        if self.random.chance(faults.forgets_keys) {
            self.direct.clear();
        }
        if self.random.chance(faults.lost_before) {
            return Outcome::Unknown;
        }
        let known = self.direct.get(&key).cloned();
        let order = known.unwrap_or_else(|| {
            let order = RemoteOrder {
                id: self.random.uuid().to_string(),
                status: "completed".into(),
                created_at: Some(self.now),
                lines: lines.iter().map(|line| remote_line(line, Some(self.random.uuid().to_string()))).collect(),
            };
            self.orders.push((tenant, order.clone(), self.now));
            self.direct.insert(key, order.clone());
            order
        });
        if self.random.chance(faults.lost_after) {
            return Outcome::Unknown;
        }
        done(Answer::CheckedOut(CheckoutResult { orders: vec![order], errors: Vec::new() }))
    }

    /// Somebody else orders for this customer, in the portal, say.
    pub fn order_elsewhere(&mut self, tenant: TenantId, lines: &[OrderLine], created_at: Timestamp) {
        let order = RemoteOrder {
            id: self.random.uuid().to_string(),
            status: "completed".into(),
            created_at: Some(created_at),
            lines: lines.iter().map(|line| remote_line(line, None)).collect(),
        };
        self.foreign.insert(order.id.clone());
        self.orders.push((tenant, order, self.now));
    }

    /// Somebody else has placed it.
    #[must_use]
    pub fn is_foreign(&self, order: &str) -> bool {
        self.foreign.contains(order)
    }

    /// Licences ordered per product for the tenants of a company, without what others ordered.
    #[must_use]
    pub fn ordered(&self, company: &str) -> HashMap<String, u32> {
        let tenants: HashSet<TenantId> =
            self.customers.values().filter(|(_, name)| name == company).map(|(tenant, _)| *tenant).collect();
        let mut ordered = HashMap::new();
        let ours = |id: &str| !self.foreign.contains(id);
        for (_, order, _) in self.orders.iter().filter(|(owner, one, _)| tenants.contains(owner) && ours(&one.id)) {
            for line in &order.lines {
                *ordered.entry(line.sku.product_id.clone()).or_default() += line.quantity;
            }
        }
        ordered
    }

    fn in_seconds(&mut self, end: u64) -> Timestamp {
        let wait = SignedDuration::from_secs(i64::try_from(self.random.below(end)).unwrap());
        self.now.checked_add(wait).unwrap()
    }

    /// The cart is forgotten unless it was bought.
    pub fn expire_carts(&mut self) {
        self.carts.retain(|_, cart| cart.order.is_some());
    }

    fn subscriptions(&self, tenant: TenantId) -> Vec<Subscription> {
        self.orders
            .iter()
            .filter(|(owner, _, visible)| *owner == tenant && *visible <= self.now)
            .flat_map(|(_, order, _)| order.lines.iter().map(move |line| (order, line)))
            .map(|(order, line)| Subscription {
                id: SubscriptionId(uuid::Uuid::nil()),
                customer_id: CustomerId(uuid::Uuid::nil()),
                remote_id: line.subscription_id.clone(),
                order_id: Some(order.id.clone()),
                operation_id: None,
                commerce: CommerceKind::New,
                sku: line.sku.clone(),
                product_name: line.sku.product_id.clone(),
                quantity: line.quantity,
                term: cb_domain::catalogue::Term::P1Y,
                cycle: cb_domain::catalogue::BillingCycle::Monthly,
                unit_price: None,
                status: SubscriptionStatus::Active,
                auto_renew: true,
                reseller_of_record: None,
                ends_at: None,
                cancellable_until: None,
                created_at: self.now,
                confirmed_at: None,
            })
            .collect()
    }
}

fn provider() -> RemoteContact {
    RemoteContact { is_provider: true, tenant: String::new(), partner_id: String::new(), name: String::new() }
}

fn remote_line(line: &OrderLine, subscription_id: Option<String>) -> RemoteLine {
    RemoteLine {
        number: line.number,
        sku: line.sku.clone(),
        quantity: line.quantity,
        term: term_word(line.term).into(),
        cycle: cycle_word(line.cycle).into(),
        subscription_id,
        error: 0,
        extended_price_minor: line.term_price.as_ref().map(|price| price.minor * i64::from(line.quantity)),
    }
}
