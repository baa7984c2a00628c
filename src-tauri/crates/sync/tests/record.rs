//! `set_reseller_of_record`: read first, set once; a choice made elsewhere is asked about, refusals reach the person.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::wildcard_enum_match_arm)]

use cb_domain::ids::{ResellerId, TenantId};
use cb_domain::operation::{AttentionReason, HoldReason, Operation, OperationKind, OperationPayload, OperationState};
use cb_domain::record::SetResellerOfRecord;
use cb_sync::effect::Refusal;
use cb_sync::person::{Action, actions};
use cb_sync::remote::{Answer, Call, Outcome, RefusalClass};
use cb_sync::triage::{Verdict, judge};
use cb_sync::{Consequence, Effect, Event, Facts, Progress, step};
use cb_testkit::{Seeded, build};

struct Case {
    operation: Operation,
    tenant: TenantId,
    progress: Progress,
}

impl Case {
    fn new(state: OperationState, tries: u32) -> Self {
        let mut random = Seeded::new(11);
        let wanted = SetResellerOfRecord {
            subscription_id: random.uuid().into(),
            remote_id: "sub-1".into(),
            product_name: "Suite".into(),
            base: Some("4800001".into()),
            reseller_id: ResellerId(random.uuid()),
            partner_id: "4800002".into(),
            reseller_name: "Birch".into(),
        };
        let payload = OperationPayload::SetResellerOfRecord(Box::new(wanted));
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

    fn reads(&mut self, on_record: Option<&str>) -> Vec<Effect> {
        let call = Call::ReadRecord { tenant: self.tenant, subscription: "sub-1".into() };
        self.step(Event::Heard { call, outcome: done(on_record) })
    }

    fn sets(&mut self, outcome: Outcome) -> Vec<Effect> {
        let call = Call::SetRecord { tenant: self.tenant, subscription: "sub-1".into(), partner_id: "4800002".into() };
        self.step(Event::Heard { call, outcome })
    }
}

fn done(on_record: Option<&str>) -> Outcome {
    Outcome::Done { answer: Answer::Record(on_record.map(str::to_owned)), server_date: None }
}

fn saved(effects: Vec<Effect>) -> (Operation, Consequence) {
    match effects.into_iter().next() {
        Some(Effect::Save { mut changes, consequence }) => (changes.pop().unwrap().operation, consequence),
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_reads_first_and_sets_only_what_the_person_looked_at() {
    let mut case = Case::new(OperationState::Queued, 0);
    assert!(matches!(case.step(Event::Turn).as_slice(), [Effect::LookUp { call: Call::ReadRecord { .. } }]));
    let sent = case.reads(Some("4800001"));
    let [Effect::Send { call: Call::SetRecord { partner_id, .. }, .. }] = sent.as_slice() else { panic!("{sent:?}") };
    assert_eq!(partner_id, "4800002");
    case.operation.state = OperationState::InFlight;
    let (after, consequence) = saved(case.sets(done(Some("4800002"))));
    assert_eq!(after.state, OperationState::Confirmed);
    assert!(matches!(consequence, Consequence::Record { partner_id: Some(number), .. } if number == "4800002"));
}

#[test]
fn what_is_there_already_is_not_sent_again() {
    for (state, tries) in [(OperationState::Queued, 0), (OperationState::Unknown, 1), (OperationState::Unknown, 99)] {
        let (after, _) = saved(Case::new(state, tries).reads(Some("4800002")));
        assert_eq!(after.state, OperationState::Confirmed, "{state:?}");
    }
}

#[test]
fn after_a_lost_answer_it_is_read_and_at_need_sent_again_under_the_same_key() {
    let mut case = Case::new(OperationState::InFlight, 0);
    let (after, _) = saved(case.sets(Outcome::Unknown));
    assert_eq!(after.state, OperationState::Unknown);
    let key = after.request_key;
    case.operation = after;
    let sent = case.reads(Some("4800001"));
    let [Effect::Send { begin, .. }] = sent.as_slice() else { panic!("{sent:?}") };
    assert_eq!(begin.operation.request_key, key);
}

#[test]
fn somebody_elses_choice_is_asked_about_once_and_not_overwritten() {
    for theirs in [Some("4800003"), None] {
        let mut case = Case::new(OperationState::Queued, 0);
        let (after, consequence) = saved(case.reads(theirs));
        assert_eq!(after.state, OperationState::NeedsAttention);
        assert_eq!(after.attention.as_ref().unwrap().reason, AttentionReason::RecordChanged);
        assert!(matches!(consequence, Consequence::Record { .. }), "the book learns who is on record");
        assert_eq!(actions(&after), [Action::ApproveAgain, Action::Cancel]);
        case.operation = cb_sync::person::correct(&after, after.request_key, build::start()).unwrap().operation;
        assert!(matches!(case.reads(theirs).as_slice(), [Effect::Send { .. }]), "the person has seen it: {theirs:?}");
        let (again, _) = saved(case.reads(Some("4800004")));
        assert_eq!(again.state, OperationState::NeedsAttention, "yet another one is asked about again");
    }
}

#[test]
fn n6_each_refusal_has_its_reason() {
    for (status, code, reason) in [
        (400, 800_098, AttentionReason::RecordNotSupported),
        (404, 2072, AttentionReason::OwnPartnerId),
        (400, 800_016, AttentionReason::ResellerUnknown),
        (400, 2071, AttentionReason::ResellerUnknown),
        (400, 900_154, AttentionReason::ResellerNotFit),
    ] {
        let outcome = Outcome::Refused { class: RefusalClass::Fixable, status, code, data: Vec::new() };
        let (after, _) = saved(Case::new(OperationState::InFlight, 0).sets(outcome));
        assert_eq!(after.attention.as_ref().unwrap().reason, reason, "{code}");
    }
    let unsigned = Refusal { class: RefusalClass::Fixable, status: 403, code: 900_123, data: Vec::new() };
    assert_eq!(judge(OperationKind::SetResellerOfRecord, &unsigned), Verdict::Hold(HoldReason::ResellerNotFit));
}
