//! One operation of a chain, and what is told to the machine about it.

use super::*;

/// One chain, one operation of it under test.
pub struct Case {
    pub chain: Vec<Operation>,
    pub at: usize,
    pub progress: Progress,
    pub now: Timestamp,
    /// The monotonic clock.
    pub steady: Timestamp,
    pub last_sent_at: Option<Timestamp>,
    pub tenant: TenantId,
}

impl Case {
    pub fn new(at: usize) -> Self {
        let mut random = Seeded::new(5);
        let mut chain = build::onboarding("Nordwind", &["nordwind", "nordwindgmbh"], 0, &mut random);
        for before in &mut chain[..at] {
            before.state = OperationState::Confirmed;
        }
        chain[CART].result.cart_id = (at > CART).then(|| "cart-1".to_owned());
        let tenant = TenantId(random.uuid());
        let (now, steady) = (build::start(), build::start());
        Self { chain, at, progress: Progress::default(), now, steady, last_sent_at: None, tenant }
    }

    pub fn unknown(at: usize, tries: u32) -> Self {
        let mut case = Self::new(at);
        case.operation().state = OperationState::Unknown;
        case.operation().ever_unknown = true;
        case.operation().wire_tries = tries;
        case.last_sent_at = Some(case.now);
        case
    }

    pub fn in_flight(at: usize) -> Self {
        let mut case = Self::new(at);
        case.operation().state = OperationState::InFlight;
        case
    }

    pub fn operation(&mut self) -> &mut Operation {
        &mut self.chain[self.at]
    }

    pub fn step(&mut self, event: Event) -> Vec<Effect> {
        let held_since = self.progress.held_since(&self.chain[self.at], self.steady);
        let facts = Facts {
            operation: self.chain[self.at].clone(),
            chain: self.chain.clone(),
            tenant: (self.at > CUSTOMER).then_some(self.tenant),
            country: "DE".into(),
            reseller_partner_id: "4800000".into(),
            known_orders: vec!["old-order".into()],
            last_sent_at: self.last_sent_at,
            subscription: None,
            now: self.now,
            steady: self.steady,
            held_since,
            random: u64::MAX / 2,
            fresh_key: RequestKey(uuid::Uuid::from_u128(77)),
        };
        let effects = step(&facts, &mut self.progress, event).unwrap();
        for effect in &effects {
            match effect {
                Effect::Send { begin, .. } => self.chain[self.at] = begin.operation.clone(),
                Effect::Save { changes, .. } => self.chain[self.at] = changes.last().unwrap().operation.clone(),
                Effect::LookUp { .. } | Effect::PauseQueue(_) => {}
            }
        }
        effects
    }

    pub fn turn(&mut self) -> Vec<Effect> {
        self.step(Event::Turn)
    }

    pub fn hear(&mut self, call: Call, answer: Answer) -> Vec<Effect> {
        self.step(Event::Heard { call, outcome: Outcome::Done { answer, server_date: None } })
    }

    pub fn refuse(&mut self, call: Call, class: RefusalClass, status: u16, code: u32) -> Vec<Effect> {
        let outcome = Outcome::Refused { class, status, code, data: Vec::new() };
        self.step(Event::Heard { call, outcome })
    }

    pub fn reason(&mut self) -> Option<(AttentionReason, bool)> {
        self.operation().attention.as_ref().map(|found| (found.reason, found.ambiguous))
    }

    pub fn create(&mut self) -> Call {
        match &self.chain[CUSTOMER].payload {
            cb_domain::operation::OperationPayload::CreateCustomer(payload) => {
                Call::CreateCustomer { payload: payload.clone(), prefix_index: 0 }
            }
            other => panic!("{other:?}"),
        }
    }

    pub fn checkout(&self) -> Call {
        Call::CheckoutCart { tenant: self.tenant, cart_id: "cart-1".into() }
    }

    pub fn orders(&self) -> Call {
        Call::ListOrders { tenant: self.tenant }
    }

    /// The order as approved.
    pub fn approved_order(&self, id: &str) -> RemoteOrder {
        let cb_domain::operation::OperationPayload::CreateCart(cart) = &self.chain[CART].payload else { panic!() };
        let lines = cart.lines.iter().map(|line| RemoteLine {
            number: line.number,
            sku: line.sku.clone(),
            quantity: line.quantity,
            term: "P1Y".into(),
            cycle: "monthly".into(),
            subscription_id: None,
            error: 0,
            extended_price_minor: Some(12_000 * i64::from(line.quantity)),
        });
        RemoteOrder { id: id.into(), status: "completed".into(), created_at: Some(self.now), lines: lines.collect() }
    }

    pub fn later(&mut self, secs: u64) {
        self.now = wait::after(self.now, Duration::from_secs(secs));
        self.steady = wait::after(self.steady, Duration::from_secs(secs));
    }

    /// Somebody sets the clock on the wall.
    pub fn jump(&mut self, minutes: i64) {
        self.now = self.now.checked_add(jiff::SignedDuration::from_mins(minutes)).unwrap();
    }
}

pub fn sends(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::Send { .. }))
}

pub fn looks_up(effects: &[Effect]) -> Option<&Call> {
    effects.iter().find_map(|effect| match effect {
        Effect::LookUp { call } => Some(call),
        _ => None,
    })
}

pub fn found(name: &str) -> Answer {
    Answer::Customers(vec![FoundCustomer {
        tenant: TenantId(uuid::Uuid::from_u128(9)),
        domain_prefix: "nordwind".into(),
        company_name: name.into(),
        reseller_tenant: None,
    }])
}

pub fn find() -> Call {
    Call::FindCustomer { domain_prefix: "nordwind".into() }
}
