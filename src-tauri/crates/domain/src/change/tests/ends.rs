//! Ends of terms: the default, the paid extension and its price, open decisions, and what a decision sends.

use super::*;

fn ending(status: SubscriptionStatus, auto_renew: bool, end: EndInstruction) -> Standing {
    let mut s = standing();
    (s.values.status, s.values.auto_renew, s.values.end) = (status, auto_renew, end);
    s
}

#[test]
fn what_happens_if_nobody_decides() {
    use EndInstruction as E;
    use TermDefault as D;
    let active = SubscriptionStatus::Active;
    let older = |mut s: Standing, start: &str, end: &str| {
        (s.started_at, s.ends_at) = (Some(at(start)), Some(at(end)));
        s
    };
    let off = || ending(active, false, E::None);
    for (name, s, expected) in [
        ("renews", ending(active, true, E::None), D::Renews),
        ("told to end", ending(active, false, E::Cancel), D::Ends),
        ("told to extend", ending(active, false, E::Extend), D::PaidExtension),
        ("silence", off(), D::PaidExtension),
        ("bought before April 2025", older(off(), "2025-03-31T10:00:00Z", "2026-03-30T23:59:59Z"), D::Grace),
        ("ends before May 2026", older(off(), "2025-05-03T10:00:00Z", "2026-05-02T23:59:59Z"), D::Grace),
        ("the first that can", older(off(), "2025-05-04T10:00:00Z", "2026-05-03T23:59:59Z"), D::PaidExtension),
        (
            "bought long ago, renewed since",
            older(off(), "2023-11-30T10:00:00Z", "2026-11-29T23:59:59Z"),
            D::PaidExtension,
        ),
        (
            "three years, bought before",
            {
                let mut s = older(off(), "2024-11-30T10:00:00Z", "2027-11-29T23:59:59Z");
                s.values.term = Term::P3Y;
                s
            },
            D::Grace,
        ),
        ("older commerce", Standing { commerce: CommerceKind::Legacy, ..off() }, D::Grace),
        ("trial", Standing { trial: true, ..off() }, D::Grace),
    ] {
        assert_eq!(default_of(&s), expected, "{name}");
        let (row, details) = kept(&s);
        assert_eq!(default_unless_decided(&row, Some(&details)), expected, "{name}, from the row");
    }
}

/// What a book keeps of it.
fn kept(s: &Standing) -> (Subscription, Details) {
    let row = Subscription {
        id: SubscriptionId(uuid::Uuid::from_u128(1)),
        customer_id: crate::ids::CustomerId(uuid::Uuid::from_u128(2)),
        remote_id: None,
        order_id: None,
        operation_id: None,
        commerce: s.commerce,
        sku: s.values.sku.clone(),
        product_name: String::new(),
        quantity: s.values.quantity,
        term: s.values.term,
        cycle: s.values.cycle,
        unit_price: None,
        status: s.values.status,
        auto_renew: s.values.auto_renew,
        reseller_of_record: None,
        ends_at: s.ends_at,
        cancellable_until: None,
        created_at: s.started_at.unwrap(),
        confirmed_at: None,
    };
    let details = Details { trial: s.trial, started_at: s.started_at, end: s.values.end, ..Details::default() };
    (row, details)
}

#[test]
fn the_paid_extension_costs_three_or_twenty_three_percent_more() {
    let s = ending(SubscriptionStatus::Active, false, EndInstruction::None);
    // 14.65 × 1.03 = 15.0895, for 40 licences.
    assert_eq!(extension_price(&s), Some(euros(1509 * 40)));
    let without = Standing { prices: Prices { monthly_term: None, ..s.prices.clone() }, ..s.clone() };
    // 12.21 × 1.23 = 15.0183.
    assert_eq!(extension_price(&without), Some(euros(1502 * 40)));
    let mut yearly = without.clone();
    yearly.values.cycle = BillingCycle::Annual;
    yearly.prices.unit = Some(euros(14_000));
    // A month of 140.00 a year × 1.23 = 14.35.
    assert_eq!(extension_price(&yearly), Some(euros(1435 * 40)));
    let unknown = Standing { prices: Prices::default(), ..s.clone() };
    assert_eq!(extension_price(&unknown), None);
    assert_eq!(extension_price(&Standing { commerce: CommerceKind::Legacy, ..s }), None);
}

#[test]
fn a_decision_is_open_until_somebody_takes_it() {
    use EndInstruction as E;
    let active = SubscriptionStatus::Active;
    let on = |text: &str, s: Standing| Standing { now: at(text), ..s };
    let off = || ending(active, false, E::None);
    for (name, s, decided, open) in [
        ("off, 31 days before", on("2027-02-08T23:59:58Z", off()), false, false),
        ("off, 30 days before", on("2027-02-10T00:00:00Z", off()), false, true),
        ("off, decided", on("2027-02-10T00:00:00Z", off()), true, false),
        ("off, told to end", on("2027-02-10T00:00:00Z", ending(active, false, E::Cancel)), false, false),
        ("off, told to extend", on("2027-02-10T00:00:00Z", ending(active, false, E::Extend)), false, false),
        ("renewing, 30 days before", on("2027-02-10T00:00:00Z", standing()), false, false),
        ("renewing, a fortnight before", on("2027-02-26T00:00:00Z", standing()), false, true),
        ("renewing, decided", on("2027-02-26T00:00:00Z", standing()), true, false),
        (
            "renewing with a plan",
            {
                let mut s = on("2027-02-26T00:00:00Z", standing());
                s.values.next_term = Some(planned());
                s
            },
            false,
            false,
        ),
        (
            "renewing month by month",
            {
                let mut s = on("2027-02-26T00:00:00Z", standing());
                s.values.term = Term::P1M;
                s
            },
            false,
            false,
        ),
        ("over", on("2027-03-12T00:00:00Z", off()), false, false),
        ("suspended", on("2027-02-10T00:00:00Z", ending(SubscriptionStatus::Suspended, false, E::None)), false, false),
        ("no end known", Standing { ends_at: None, ..on("2027-02-10T00:00:00Z", off()) }, false, false),
    ] {
        assert_eq!(is_open(&s, decided), open, "{name}");
    }
}

#[test]
fn a_decision_sends_what_is_not_so_already() {
    use Decision as D;
    use EndInstruction as E;
    let values = |auto_renew, end, next_term| {
        let values = Values { auto_renew, end, next_term, ..standing().values };
        Standing { values, ..standing() }
    };
    // No paid extension threatens: older commerce, a trial.
    let older = |auto_renew| Standing { commerce: CommerceKind::Legacy, ..values(auto_renew, E::None, None) };
    let trial = |auto_renew| Standing { trial: true, ..values(auto_renew, E::None, None) };
    let on = || values(true, E::None, None);
    let off = || values(false, E::None, None);
    let cut = NextTerm { quantity: 30, ..planned() };
    let off_with = |end| Some(Change::AutoRenew { on: false, end });
    for (decision, standing, expected) in [
        (D::Renew, on(), None),
        (D::Renew, values(true, E::None, Some(planned())), Some(Change::DropAtRenewal)),
        (D::Renew, off(), Some(Change::AutoRenew { on: true, end: E::None })),
        (D::Cut { quantity: 30 }, on(), Some(Change::AtRenewal { next: cut.clone() })),
        (D::Cut { quantity: 30 }, off(), Some(Change::AtRenewal { next: cut.clone() })),
        (D::Cut { quantity: 30 }, values(true, E::None, Some(cut)), None),
        (D::Change { next: planned() }, on(), Some(Change::AtRenewal { next: planned() })),
        (D::Cancel, on(), off_with(E::Cancel)),
        (D::Cancel, off(), off_with(E::Cancel)),
        (D::Cancel, values(false, E::Cancel, None), None),
        (D::Cancel, values(false, E::Extend, None), off_with(E::Cancel)),
        (D::Cancel, older(true), off_with(E::None)),
        (D::Cancel, older(false), None),
        (D::Cancel, trial(true), off_with(E::None)),
        (D::Cancel, trial(false), None),
        (D::Extend, off(), off_with(E::Extend)),
        (D::Extend, values(false, E::Cancel, None), off_with(E::Extend)),
        (D::Extend, values(false, E::Extend, None), None),
    ] {
        assert_eq!(decision.change(&standing), expected, "{decision:?} {:?}", standing.values);
    }
}

#[test]
fn only_what_can_be_is_offered_for_a_decision() {
    use DecisionKind as K;
    let least = |quantity, minimum| {
        let mut s = Standing { minimum, ..standing() };
        s.values.quantity = quantity;
        s
    };
    for (name, s, offered) in [
        ("new", standing(), vec![K::Renew, K::Cut, K::Change, K::Cancel, K::Extend]),
        ("one licence", least(1, 1), vec![K::Renew, K::Change, K::Cancel, K::Extend]),
        ("two", least(2, 1), vec![K::Renew, K::Cut, K::Change, K::Cancel, K::Extend]),
        ("as few as can be", least(25, 25), vec![K::Renew, K::Change, K::Cancel, K::Extend]),
        (
            "bought before April 2025",
            Standing {
                started_at: Some(at("2025-03-31T10:00:00Z")),
                ends_at: Some(at("2026-03-30T23:59:59Z")),
                ..standing()
            },
            vec![K::Renew, K::Cut, K::Change, K::Cancel],
        ),
        ("trial", Standing { trial: true, ..standing() }, vec![K::Renew, K::Cut, K::Change, K::Cancel]),
        ("older", Standing { commerce: CommerceKind::Legacy, ..standing() }, vec![K::Renew, K::Cancel]),
    ] {
        assert_eq!(decisions(&s), offered, "{name}");
    }
}

#[test]
fn what_an_end_brings_is_told_as_it_stands() {
    use EndInstruction as E;
    let end = at("2027-03-11T23:59:59Z");
    let active = SubscriptionStatus::Active;
    let extended = vec![Effect::PaidExtension { at: end, month: Some(euros(60_360)) }];
    let mut cut = standing();
    cut.values.next_term = Some(NextTerm { quantity: 30, ..planned() });
    for (name, s, expected) in [
        ("renews", standing(), vec![Effect::Renews { at: end, licences: 40 }]),
        ("renews with fewer", cut, vec![Effect::Renews { at: end, licences: 30 }]),
        ("extends in silence", ending(active, false, E::None), extended.clone()),
        ("extends as decided", ending(active, false, E::Extend), extended),
        (
            "ends as decided",
            ending(active, false, E::Cancel),
            vec![Effect::Ends { at: end }, Effect::AccessEnds { at: Some(end) }],
        ),
        (
            "older commerce ends with grace",
            Standing { commerce: CommerceKind::Legacy, ..ending(active, false, E::None) },
            vec![Effect::Ends { at: end }, Effect::Grace { until: at("2027-04-10T23:59:59Z") }],
        ),
        ("no end known", Standing { ends_at: None, ..standing() }, vec![]),
    ] {
        assert_eq!(end_effects(&s), expected, "{name}");
    }
}
