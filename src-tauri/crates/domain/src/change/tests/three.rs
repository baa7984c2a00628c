//! Last known, mine, theirs: what a change looks at, and when it is done already.

use super::*;

fn changes() -> Vec<Change> {
    vec![
        Change::Licences { quantity: 50 },
        Change::AutoRenew { on: false, end: EndInstruction::Cancel },
        Change::AtRenewal { next: planned() },
        Change::DropAtRenewal,
        Change::Cancel,
        Change::Suspend,
        Change::Resume,
    ]
}

fn base(change: &Change) -> Values {
    let mut values = standing().values;
    match change {
        Change::DropAtRenewal => values.next_term = Some(planned()),
        Change::Resume => values.status = SubscriptionStatus::Suspended,
        Change::Licences { .. }
        | Change::AutoRenew { .. }
        | Change::AtRenewal { .. }
        | Change::Cancel
        | Change::Suspend => {}
    }
    values
}

#[test]
fn a_change_is_done_once_it_was_carried_out_and_not_before() {
    for change in changes() {
        let before = base(&change);
        assert!(!is_done(&before, &change), "{change:?}");
        assert!(is_done(&apply(&before, &change), &change), "{change:?}");
        assert_eq!(apply(&apply(&before, &change), &change), apply(&before, &change), "twice is once: {change:?}");
    }
}

/// Which of six foreign changes make which of ours a question: `x` asks, `.` goes through.
#[test]
fn only_what_would_be_changed_or_lost_is_a_difference() {
    let foreign: [(&str, fn(&mut Values)); 6] = [
        ("licences", |v| v.quantity = 43),
        ("auto-renew", |v| v.auto_renew = !v.auto_renew),
        ("plan", |v| v.next_term = Some(NextTerm { quantity: 77, ..planned() })),
        ("status", |v| v.status = SubscriptionStatus::Disabled),
        ("product", |v| v.sku = sku("CFQ7TTC0LFLX")),
        ("billing", |v| v.cycle = BillingCycle::Annual),
    ];
    let table =
        ["x . x x x .", ". x x x . .", ". x x x x .", ". . x x . .", "x . x x x .", ". . x x . .", ". . x x . ."];
    for (change, row) in changes().iter().zip(table) {
        for ((name, edit), cell) in foreign.iter().zip(row.split(' ')) {
            let before = base(change);
            let mut theirs = before.clone();
            edit(&mut theirs);
            let found = differences(&before, change, &theirs);
            let asks = found.iter().any(|one| one.base != one.theirs);
            assert_eq!(asks, cell == "x", "{change:?} meets {name}");
        }
    }
}

#[test]
fn a_difference_has_three_values() {
    let before = standing().values;
    let theirs = Values { quantity: 43, ..before.clone() };
    let found = differences(&before, &Change::Licences { quantity: 50 }, &theirs);
    let told: Vec<(&str, &str, &str, &str, bool)> = found
        .iter()
        .map(|one| (one.field, one.base.as_str(), one.mine.as_str(), one.theirs.as_str(), one.is_conflict()))
        .collect();
    assert_eq!(told, [("quantity", "40", "50", "43", true)]);
    let planned_there = Values { next_term: Some(planned()), ..before.clone() };
    let found = differences(&before, &Change::Licences { quantity: 50 }, &planned_there);
    assert_eq!(found[1].theirs, "50 × CFQ7TTC0LDPB:0001, P1Y, monthly", "it would be lost without a word");
}
