//! What will happen: each change with its effects, prices and deadlines.

use super::*;

fn brief(effects: &[Effect]) -> Vec<String> {
    effects
        .iter()
        .map(|effect| match effect {
            Effect::Licences { from, to } => format!("{from}→{to}"),
            Effect::Charged(b) => format!("charged {} for {} of {}", b.money.minor, b.days, b.of_days),
            Effect::Credited(b) => format!("credited {} for {} of {}", b.money.minor, b.days, b.of_days),
            Effect::PriceUnknown => "no price".to_owned(),
            Effect::PriceFrom { at, money } => format!("{} from {at}", money.minor),
            Effect::OnlyUntil { at, licences } => format!("only until {at} for {licences}"),
            Effect::WindowOpens { licences } => format!("{licences} can go back"),
            Effect::FixedUntil { licences, at } => format!("{licences} fixed until {at}"),
            Effect::UsersLose { licences } => format!("{licences} lose"),
            Effect::AccessEnds { at } => {
                at.map_or_else(|| "access ends now".to_owned(), |at| format!("access ends {at}"))
            }
            Effect::DropsPlanned { next } => format!("drops {}", next.quantity),
            Effect::TakesEffect { at } => {
                at.map_or_else(|| "takes effect".to_owned(), |at| format!("takes effect {at}"))
            }
            Effect::Renews { at, licences } => format!("renews {at} with {licences}"),
            Effect::Ends { at } => format!("ends {at}"),
            Effect::PaidExtension { at, month } => {
                format!("paid extension {at} at {}", month.as_ref().map_or(0, |month| month.minor))
            }
            Effect::Grace { until } => format!("grace until {until}"),
            Effect::BillingContinues => "billing goes on".to_owned(),
            Effect::BillingStops => "billing stops".to_owned(),
            Effect::AutoRenewGoesOff => "auto-renew off".to_owned(),
            Effect::Reassigned { licences, product } => format!("{licences} to {product}"),
            Effect::AssignByHand { licences, product } => format!("{licences} to {product} by hand"),
            Effect::SecondSubscription { .. } => "second".to_owned(),
            Effect::WindowKept { at } => format!("window kept {at}"),
            Effect::HeldByReview => "held".to_owned(),
            Effect::WaitsForOrder => "waits for order".to_owned(),
            Effect::WaitsForChange => "waits for change".to_owned(),
            Effect::RecordChecked => "record".to_owned(),
            Effect::NoteOnly { .. } => "note".to_owned(),
            Effect::ContactShown { .. } => "contact".to_owned(),
            Effect::Irreversible => "final".to_owned(),
        })
        .collect()
}

const END: &str = "2027-03-11T23:59:59Z";

#[test]
fn every_change_says_what_it_does() {
    let s = standing();
    let old = Standing { commerce: CommerceKind::Legacy, batches: Vec::new(), ..s.clone() };
    let whole = Standing {
        cancellable_until: Some(at("2026-11-24T18:40:00Z")),
        batches: vec![Batch { quantity: 40, until: at("2026-11-24T18:40:00Z") }],
        ..s.clone()
    };
    let mut with_plan = s.clone();
    with_plan.values.next_term = Some(planned());
    let mut suspended = s.clone();
    (suspended.values.status, suspended.values.auto_renew) = (SubscriptionStatus::Suspended, false);
    let mut wanted = s.clone();
    wanted.values.status = SubscriptionStatus::Wanted;
    (wanted.started_at, wanted.ends_at) = (None, None);
    let off = |end| Change::AutoRenew { on: false, end };
    let fixed = |licences: u32| format!("{licences} fixed until {END}");
    let extension = format!("paid extension {END} at 60360");
    for (name, change, standing, expected) in [
        (
            "ten more",
            Change::Licences { quantity: 50 },
            &s,
            vec![
                "40→50".into(),
                "charged 7326 for 18 of 30".into(),
                "10 can go back".into(),
                fixed(50),
                "record".into(),
            ],
        ),
        (
            "six fewer, with a plan",
            Change::Licences { quantity: 34 },
            &with_plan,
            vec![
                "40→34".into(),
                "6 lose".into(),
                "credited 4396 for 18 of 30".into(),
                "only until 2026-11-24T18:40:00Z for 6".into(),
                fixed(34),
                "record".into(),
                "drops 50".into(),
            ],
        ),
        (
            "more of the older kind",
            Change::Licences { quantity: 41 },
            &old,
            vec!["40→41".into(), "charged 733 for 18 of 30".into()],
        ),
        (
            "fewer of the older kind",
            Change::Licences { quantity: 20 },
            &old,
            vec!["40→20".into(), "20 lose".into(), "credited 14652 for 18 of 30".into()],
        ),
        (
            "more, before the order",
            Change::Licences { quantity: 41 },
            &wanted,
            vec!["40→41".into(), "no price".into(), "1 can go back".into(), "record".into(), "waits for order".into()],
        ),
        ("auto-renew off and silent", off(EndInstruction::None), &s, vec![extension.clone()]),
        (
            "auto-renew off and an end",
            off(EndInstruction::Cancel),
            &with_plan,
            vec!["drops 50".into(), format!("ends {END}"), format!("access ends {END}")],
        ),
        ("the paid extension", off(EndInstruction::Extend), &s, vec![extension.clone()]),
        (
            "auto-renew off, older kind",
            off(EndInstruction::None),
            &old,
            vec![format!("ends {END}"), "grace until 2027-04-10T23:59:59Z".into()],
        ),
        (
            "auto-renew on",
            Change::AutoRenew { on: true, end: EndInstruction::None },
            &s,
            vec![format!("renews {END} with 40")],
        ),
        (
            "another number at renewal",
            Change::AtRenewal { next: planned() },
            &with_plan,
            vec!["drops 50".into(), format!("takes effect {END}"), "40→50".into(), format!("103000 from {END}")],
        ),
        ("no plan", Change::DropAtRenewal, &with_plan, vec!["drops 50".into(), format!("renews {END} with 40")]),
        (
            "cancel",
            Change::Cancel,
            &whole,
            vec![
                "access ends now".into(),
                "credited 29304 for 18 of 30".into(),
                "only until 2026-11-24T18:40:00Z for 40".into(),
                "final".into(),
            ],
        ),
        (
            "suspend",
            Change::Suspend,
            &with_plan,
            vec![
                "access ends now".into(),
                "billing goes on".into(),
                "auto-renew off".into(),
                "drops 50".into(),
                extension.clone(),
            ],
        ),
        ("suspend, older kind", Change::Suspend, &old, vec!["access ends now".into(), "billing stops".into()]),
        ("resume", Change::Resume, &suspended, vec!["40→40".into(), extension]),
    ] {
        assert_eq!(brief(&effects(&change, standing)), expected, "{name}");
    }
}

#[test]
fn nothing_is_fixed_by_a_window_that_is_open_beyond_the_end_of_the_term() {
    let fixed = |now: &str, change: u32, until: &str| {
        let batches = vec![Batch { quantity: 6, until: at(until) }];
        let s = Standing { now: at(now), batches, ..standing() };
        effects(&Change::Licences { quantity: change }, &s).iter().any(|one| matches!(one, Effect::FixedUntil { .. }))
    };
    // The term ends on 11 March 2027, 23:59:59.
    for (now, until, is_fixed) in [
        ("2027-03-04T23:59:58Z", "2027-03-11T23:59:58Z", true),
        ("2027-03-04T23:59:59Z", "2027-03-11T23:59:59Z", false),
        ("2027-03-07T12:00:00Z", "2027-03-14T12:00:00Z", false),
    ] {
        assert_eq!((fixed(now, 50, until), fixed(now, 39, until)), (is_fixed, is_fixed), "{now}");
    }
}

#[test]
fn upgrades_say_what_moves_and_what_is_final() {
    let mut s = standing();
    s.values.next_term = Some(planned());
    s.cancellable_until = Some(at("2026-11-24T18:40:00Z"));
    s.under_review = true;
    // 40 × 20.60 and 40 × 12.21 for 18 of 30 days.
    let full = brief(&upgrade_effects(40, "E3", &s));
    assert_eq!(
        full,
        [
            "40 to E3",
            "charged 49440 for 18 of 30",
            "credited 29304 for 18 of 30",
            "record",
            "drops 50",
            "held",
            "final"
        ]
    );
    s.under_review = false;
    s.values.next_term = None;
    let part = brief(&upgrade_effects(10, "E3", &s));
    assert_eq!(
        part,
        [
            "40→30",
            "second",
            "10 to E3 by hand",
            "charged 12360 for 18 of 30",
            "credited 7326 for 18 of 30",
            "window kept 2026-11-24T18:40:00Z",
            "record",
            "final",
        ]
    );
    let unknown = Standing { prices: Prices::default(), ..s };
    assert!(brief(&upgrade_effects(10, "E3", &unknown)).contains(&"no price".to_owned()));
}

#[test]
fn a_deadline_is_the_one_of_the_last_batch_that_is_needed() {
    let s = Standing {
        batches: vec![
            Batch { quantity: 3, until: at("2026-11-26T08:00:00Z") },
            Batch { quantity: 6, until: at("2026-11-24T18:40:00Z") },
            Batch { quantity: 9, until: at("2026-11-24T09:40:00Z") },
        ],
        ..standing()
    };
    let deadline = |to| {
        effects(&Change::Licences { quantity: to }, &s).into_iter().find_map(|effect| match effect {
            Effect::OnlyUntil { at, .. } => Some(at),
            _ => None,
        })
    };
    assert_eq!(deadline(37), Some(at("2026-11-26T08:00:00Z")), "three of the newest");
    assert_eq!(deadline(36), Some(at("2026-11-24T18:40:00Z")), "one of the older ones is needed");
    // Three that wait to go back have the newest window for themselves.
    let mut waiting = s.clone();
    waiting.values.quantity = 37;
    let told = effects(&Change::Licences { quantity: 36 }, &waiting);
    assert!(told.contains(&Effect::OnlyUntil { at: at("2026-11-24T18:40:00Z"), licences: 1 }), "{told:?}");
    assert_eq!(allowed(Action::FewerLicences, &s).unwrap().lowest, 31, "nine closed this very second");
}
