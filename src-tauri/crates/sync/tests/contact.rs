//! `set_support_contact` on an older subscription: read first, set once; somebody else's choice is asked about.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::wildcard_enum_match_arm)]

use cb_domain::change::SetSupportContact;
use cb_domain::ids::{ResellerId, TenantId};
use cb_domain::operation::{AttentionReason, Operation, OperationPayload, OperationState};
use cb_sync::person::Action;
use cb_sync::remote::{Answer, Call, Outcome, RemoteContact};
use cb_sync::{Consequence, Effect, Event, Facts, Progress, step, wait};
use cb_testkit::{Seeded, build};

struct Case {
    operation: Operation,
    tenant: TenantId,
    progress: Progress,
}

/// By PartnerID; the provider has one of its own and says that it is the provider.
fn contact(partner_id: &str) -> RemoteContact {
    RemoteContact {
        is_provider: partner_id == "4700000",
        tenant: "t".into(),
        partner_id: partner_id.into(),
        name: "Somebody".into(),
    }
}

fn done(partner_id: &str) -> Outcome {
    Outcome::Done { answer: Answer::SupportContact(contact(partner_id)), server_date: None }
}

impl Case {
    /// Birch (4800002), or with `provider` nobody of the resellers, shall be it; `base` was it as last known.
    fn new(state: OperationState, base: Option<&str>, provider: bool) -> Self {
        let mut random = Seeded::new(12);
        let birch = |text: &str| if provider { String::new() } else { text.to_owned() };
        let wanted = SetSupportContact {
            subscription_id: random.uuid().into(),
            remote_id: Some("sub-1".into()),
            product_name: "Suite".into(),
            contact: (!provider).then(|| ResellerId(random.uuid())),
            tenant: birch("tenant"),
            partner_id: birch("4800002"),
            name: birch("Birch"),
            base: base.map(str::to_owned),
            defaults: vec!["4800009".into()],
        };
        let payload = OperationPayload::SetSupportContact(Box::new(wanted));
        let (onboarding, customer) = (random.uuid().into(), random.uuid().into());
        let mut operation = build::operation(payload, onboarding, customer, 0, Vec::new(), &mut random);
        operation.state = state;
        operation.ever_unknown = state == OperationState::Unknown;
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
            subscription: Some("sub-1".into()),
            now: build::start(),
            steady: build::start(),
            held_since: None,
            random: 1,
            fresh_key: self.operation.request_key,
        };
        step(&facts, &mut self.progress, event).unwrap()
    }

    fn reads(&mut self, partner_id: &str) -> Vec<Effect> {
        let call = Call::ReadSupportContact { tenant: self.tenant, subscription: "sub-1".into() };
        self.step(Event::Heard { call, outcome: done(partner_id) })
    }
}

fn saved(effects: Vec<Effect>) -> (Operation, Consequence) {
    match effects.into_iter().next() {
        Some(Effect::Save { mut changes, consequence }) => (changes.pop().unwrap().operation, consequence),
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_reads_first_and_sets_only_what_the_person_looked_at() {
    let mut case = Case::new(OperationState::Queued, Some("4800001"), false);
    assert!(matches!(case.step(Event::Turn).as_slice(), [Effect::LookUp { call: Call::ReadSupportContact { .. } }]));
    let sent = case.reads("4800001");
    let [Effect::Send { call: Call::SetSupportContact { contact, .. }, .. }] = sent.as_slice() else {
        panic!("{sent:?}")
    };
    assert_eq!((contact.partner_id.as_str(), contact.is_provider), ("4800002", false));
}

#[test]
fn what_is_there_already_is_not_sent_again() {
    for (provider, there) in [(false, "4800002"), (true, "4700000")] {
        for state in [OperationState::Queued, OperationState::Unknown] {
            let (after, consequence) = saved(Case::new(state, Some("4800001"), provider).reads(there));
            assert_eq!(after.state, OperationState::Confirmed, "{state:?}");
            assert!(matches!(consequence, Consequence::SupportContact { .. }), "the book learns it");
        }
    }
}

#[test]
fn somebody_elses_choice_is_asked_about_once_and_not_overwritten() {
    for (provider, theirs) in [(false, "4800003"), (false, "4700000"), (true, "4800003")] {
        let mut case = Case::new(OperationState::Queued, Some("4800001"), provider);
        let (after, _) = saved(case.reads(theirs));
        assert_eq!(after.state, OperationState::NeedsAttention, "{theirs}");
        assert_eq!(after.attention.as_ref().unwrap().reason, AttentionReason::ContactChanged);
        case.operation = cb_sync::person::correct(&after, after.request_key, build::start()).unwrap().operation;
        assert!(matches!(case.reads(theirs).as_slice(), [Effect::Send { .. }]), "the person has seen it: {theirs}");
        let (again, _) = saved(case.reads("4800004"));
        assert_eq!(again.state, OperationState::NeedsAttention, "yet another one is asked about again");
    }
}

#[test]
fn the_provider_as_last_known_is_told_by_being_the_provider() {
    assert!(matches!(
        Case::new(OperationState::Queued, Some(""), false).reads("4700000").as_slice(),
        [Effect::Send { .. }]
    ));
    let (asked, _) = saved(Case::new(OperationState::Queued, Some(""), false).reads("4800003"));
    assert_eq!(asked.attention.as_ref().unwrap().reason, AttentionReason::ContactChanged);
}

#[test]
fn a_choice_that_nobody_here_has_seen_is_a_difference() {
    let mut case = Case::new(OperationState::Queued, None, false);
    let (asked, _) = saved(case.reads("4800003"));
    assert_eq!(asked.attention.as_ref().unwrap().reason, AttentionReason::ContactChanged);
    let theirs = asked.result.contact.as_ref().unwrap();
    assert_eq!((theirs.partner_id.as_str(), theirs.name.as_str(), theirs.is_provider), ("4800003", "Somebody", false));
    assert_eq!(cb_sync::person::actions(&asked), [Action::Resolve, Action::Cancel]);
    case.operation = cb_sync::person::correct(&asked, asked.request_key, build::start()).unwrap().operation;
    assert!(case.operation.result.contact.is_none(), "decided");
    assert!(matches!(case.reads("4800003").as_slice(), [Effect::Send { .. }]), "the person has seen it");
}

#[test]
fn where_nobody_is_named_the_first_one_is_set_without_a_question() {
    for by_itself in ["4700000", "4800009"] {
        let mut case = Case::new(OperationState::Queued, None, false);
        assert!(matches!(case.reads(by_itself).as_slice(), [Effect::Send { .. }]), "{by_itself}");
    }
}

#[test]
fn an_answer_to_the_sending_that_names_somebody_else_leaves_it_unknown() {
    let mut case = Case::new(OperationState::InFlight, Some("4800001"), false);
    let wanted = contact("4800002");
    let call = Call::SetSupportContact { tenant: case.tenant, subscription: "sub-1".into(), contact: wanted };
    let (after, consequence) = saved(case.step(Event::Heard { call, outcome: done("4800003") }));
    assert_eq!((after.state, after.attention), (OperationState::Unknown, None), "a look tells, not this answer");
    assert!(matches!(consequence, Consequence::Nothing));
}

#[test]
fn it_is_set_again_until_the_tries_are_spent() {
    for (tries, again) in [(0, true), (wait::WIRE_TRIES - 1, true), (wait::WIRE_TRIES, false)] {
        let mut case = Case::new(OperationState::Unknown, Some("4800001"), false);
        case.operation.wire_tries = tries;
        let effects = case.reads("4800001");
        assert_eq!(matches!(effects.as_slice(), [Effect::Send { .. }]), again, "{tries}");
        if !again {
            let found = saved(effects).0.attention.unwrap();
            assert_eq!((found.reason, found.ambiguous), (AttentionReason::OutcomeUnknown, true));
        }
    }
}
