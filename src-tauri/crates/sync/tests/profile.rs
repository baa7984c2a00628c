//! `update_customer_profile`: read before written, repeated only while nothing changed, a difference otherwise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::wildcard_enum_match_arm)]

use cb_domain::ids::TenantId;
use cb_domain::operation::{AttentionReason, Operation, OperationPayload, OperationState};
use cb_domain::profile::{CustomerProfile, UpdateCustomerProfile};
use cb_sync::remote::{Answer, Call, Outcome, RefusalClass, RemoteProfile};
use cb_sync::{Consequence, Effect, Event, Facts, Progress, step};
use cb_testkit::{Seeded, build};

fn profile(city: &str) -> CustomerProfile {
    CustomerProfile { city: city.into(), ..CustomerProfile::default() }
}

struct Case {
    operation: Operation,
    tenant: TenantId,
    progress: Progress,
}

impl Case {
    fn new(state: OperationState, tries: u32) -> Self {
        let mut random = Seeded::new(9);
        let wanted =
            UpdateCustomerProfile { base: profile("Kiel"), base_read_at: build::start(), wanted: profile("Plön") };
        let payload = OperationPayload::UpdateCustomerProfile(Box::new(wanted));
        let (onboarding, customer) = (random.uuid().into(), random.uuid().into());
        let mut operation = build::operation(payload, onboarding, customer, 0, Vec::new(), &mut random);
        operation.state = state;
        operation.ever_unknown = state == OperationState::Unknown;
        operation.wire_tries = tries;
        Self { operation, tenant: TenantId(random.uuid()), progress: Progress::default() }
    }

    fn step(&mut self, event: Event) -> Vec<Effect> {
        let facts = Facts {
            operation: self.operation.clone(),
            chain: vec![self.operation.clone()],
            tenant: Some(self.tenant),
            country: "DE".into(),
            reseller_partner_id: String::new(),
            known_orders: Vec::new(),
            last_sent_at: None,
            subscription: None,
            now: build::start(),
            steady: build::start(),
            held_since: None,
            random: 1,
            fresh_key: self.operation.request_key,
        };
        step(&facts, &mut self.progress, event).unwrap()
    }

    fn reads(&mut self, city: &str) -> Vec<Effect> {
        let call = Call::ReadProfile { tenant: self.tenant };
        self.step(Event::Heard { call, outcome: done(city) })
    }

    fn writes(&mut self, outcome: Outcome) -> Vec<Effect> {
        let call = Call::UpdateProfile {
            tenant: self.tenant,
            id: "p".into(),
            etag: "7".into(),
            profile: Box::new(profile("Plön")),
        };
        self.step(Event::Heard { call, outcome })
    }
}

fn done(city: &str) -> Outcome {
    let profile = RemoteProfile { id: "p".into(), etag: "7".into(), profile: profile(city) };
    Outcome::Done { answer: Answer::Profile(Box::new(profile)), server_date: None }
}

fn saved(effects: Vec<Effect>) -> (Operation, Consequence) {
    match effects.into_iter().next() {
        Some(Effect::Save { mut changes, consequence }) => (changes.pop().unwrap().operation, consequence),
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_reads_first_and_writes_under_the_tag_it_has_read() {
    let mut case = Case::new(OperationState::Queued, 0);
    assert!(matches!(case.step(Event::Turn)[..], [Effect::LookUp { call: Call::ReadProfile { .. } }]));
    let effects = case.reads("Kiel");
    let [Effect::Send { call: Call::UpdateProfile { etag, profile: sent, .. }, begin }] = &effects[..] else {
        panic!()
    };
    assert_eq!((etag.as_str(), sent.city.as_str(), begin.operation.state), ("7", "Plön", OperationState::InFlight));
}

#[test]
fn what_was_changed_there_is_a_difference_and_nothing_is_sent() {
    for (state, ambiguous) in
        [(OperationState::Queued, false), (OperationState::InFlight, false), (OperationState::Unknown, true)]
    {
        let mut case = Case::new(state, 1);
        let (operation, consequence) = saved(case.reads("Hamburg"));
        let found = operation.attention.unwrap();
        assert_eq!((operation.state, found.reason), (OperationState::NeedsAttention, AttentionReason::Difference));
        assert_eq!(found.ambiguous, ambiguous, "{state:?}");
        assert_eq!(operation.result.theirs.unwrap().profile.city, "Hamburg");
        assert!(matches!(consequence, Consequence::Profile(_)), "the book learns what is there");
    }
}

#[test]
fn an_equal_state_is_done_however_it_came_about() {
    for state in [OperationState::Queued, OperationState::InFlight, OperationState::Unknown] {
        let (operation, _) = saved(Case::new(state, 8).reads("Plön"));
        assert_eq!(operation.state, OperationState::Confirmed, "{state:?}");
    }
}

#[test]
fn n6_a_stale_tag_is_read_again_and_a_lost_answer_is_repeated_until_the_tries_are_spent() {
    let conflict = || Outcome::Refused { class: RefusalClass::Conflict, status: 400, code: 2055, data: Vec::new() };
    let effects = Case::new(OperationState::InFlight, 0).writes(conflict());
    assert!(matches!(effects[..], [Effect::LookUp { call: Call::ReadProfile { .. } }]));
    let (lost, _) = saved(Case::new(OperationState::InFlight, 0).writes(Outcome::Unknown));
    assert_eq!((lost.state, lost.ever_unknown), (OperationState::Unknown, true));
    assert!(matches!(Case::new(OperationState::Unknown, 3).reads("Kiel")[..], [Effect::Send { .. }]));
    let (spent, _) = saved(Case::new(OperationState::Unknown, 8).reads("Kiel"));
    assert_eq!(spent.attention.unwrap().reason, AttentionReason::OutcomeUnknown);
}

/// Partner Center may spell it its own way; that it took it is what the answer says.
#[test]
fn an_answer_to_the_writing_is_done_as_it_is_spelled_there() {
    let (after, consequence) = saved(Case::new(OperationState::InFlight, 0).writes(done("PLOEN")));
    assert_eq!((after.state, after.attention), (OperationState::Confirmed, None));
    let Consequence::Profile(now) = consequence else { panic!("{consequence:?}") };
    assert_eq!(now.profile.city, "PLOEN", "the book learns what is there");
}
