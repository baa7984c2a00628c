//! Every action that is possible in a state of the table of states, with what must be said about it: price, deadline,
//! what is lost, what it waits for, what can't be undone. In new and in older commerce.

use super::actions::{TABLE, named};
use super::*;

/// One letter for each thing that can be said; the order does not matter.
fn said(all: &[Effect]) -> String {
    let mut letters: Vec<char> = all
        .iter()
        .filter_map(|effect| match effect {
            Effect::Charged(_) => Some('c'),
            Effect::Credited(_) => Some('r'),
            Effect::PriceUnknown => Some('?'),
            Effect::OnlyUntil { .. } => Some('u'),
            Effect::WindowOpens { .. } => Some('w'),
            Effect::UsersLose { .. } => Some('l'),
            Effect::AccessEnds { at: None } => Some('a'),
            Effect::DropsPlanned { .. } => Some('d'),
            Effect::TakesEffect { .. } => Some('t'),
            Effect::BillingContinues => Some('b'),
            Effect::BillingStops => Some('s'),
            Effect::AutoRenewGoesOff => Some('o'),
            Effect::HeldByReview => Some('h'),
            Effect::WaitsForOrder => Some('W'),
            Effect::WaitsForChange => Some('C'),
            Effect::Irreversible => Some('!'),
            Effect::RecordChecked => Some('k'),
            Effect::Renews { .. } | Effect::Ends { .. } | Effect::PaidExtension { .. } => Some('e'),
            _ => None,
        })
        .collect();
    letters.sort_unstable();
    letters.dedup();
    letters.into_iter().collect()
}

/// What must be said of an action wherever it is possible, new and older; `.` where it never is.
const ALWAYS: [(Action, &str, &str); 10] = [
    (Action::MoreLicences, "ckw", "c"),
    (Action::FewerLicences, "klru", "lr"),
    (Action::Upgrade, "!ckr", "!cr"),
    (Action::AutoRenewOn, "e", "e"),
    (Action::AutoRenewOff, "e", "e"),
    (Action::ChangeAtRenewal, "t", "."),
    (Action::DropChangeAtRenewal, "de", "."),
    (Action::Cancel, "!aru", "."),
    (Action::Suspend, "abe", "as"),
    (Action::Resume, "e", "e"),
];

fn change(action: Action, s: &Standing) -> Option<Change> {
    let limits = allowed(action, s).unwrap();
    Some(match action {
        Action::MoreLicences | Action::FewerLicences => Change::Licences { quantity: limits.lowest },
        Action::AutoRenewOn => Change::AutoRenew { on: true, end: EndInstruction::None },
        Action::AutoRenewOff => Change::AutoRenew { on: false, end: EndInstruction::Cancel },
        Action::ChangeAtRenewal => Change::AtRenewal { next: NextTerm { quantity: 39, ..planned() } },
        Action::DropChangeAtRenewal => Change::DropAtRenewal,
        Action::Cancel => Change::Cancel,
        Action::Suspend => Change::Suspend,
        Action::Resume => Change::Resume,
        Action::Upgrade | Action::ResellerOfRecord | Action::SupportContact | Action::Decide => return None,
    })
}

/// What is said besides, because of the state: what would be lost, what it waits for.
fn besides(action: Action, s: &Standing) -> String {
    let mut letters = String::new();
    let older = s.commerce == CommerceKind::Legacy;
    if s.values.next_term.is_some() && !matches!(action, Action::AutoRenewOn | Action::Resume) {
        letters.push('d');
    }
    if action == Action::Suspend && !older && s.values.auto_renew {
        letters.push('o');
    }
    if s.under_review && matches!(action, Action::MoreLicences | Action::Upgrade) {
        letters.push('h');
    }
    match s.values.status {
        SubscriptionStatus::Wanted | SubscriptionStatus::Pending => letters.push('W'),
        _ if s.change_waits || s.upgrade_waits => letters.push('C'),
        _ => {}
    }
    letters
}

#[test]
fn whatever_is_possible_says_all_that_it_does() {
    let mut seen = std::collections::BTreeSet::new();
    for row in TABLE.lines().filter(|row| !row.is_empty()) {
        let name = row.split('|').next().unwrap().trim();
        let s = named(name);
        for (action, new, older) in ALWAYS {
            if allowed(action, &s).is_err() {
                continue;
            }
            let legacy = s.commerce == CommerceKind::Legacy;
            let must = if legacy { older } else { new };
            assert_ne!(must, ".", "{name} {action:?} is never possible");
            let found = match change(action, &s) {
                Some(change) => effects(&change, &s),
                None => upgrade_effects(s.values.quantity, "E3", &s),
            };
            let mut wanted: Vec<char> = must.chars().chain(besides(action, &s).chars()).collect();
            // Those that only wait to be added have no deadline yet.
            let back = s.confirmed_quantity > allowed(action, &s).unwrap().lowest;
            wanted.retain(|letter| *letter != 'u' || action != Action::FewerLicences || back);
            // Nothing is known of an end that Partner Center has not told.
            wanted.retain(|letter| *letter != 'e' || s.ends_at.is_some());
            // After its last day nothing is billed, so no price of a part can be told.
            let over = s.ends_at.is_some_and(|end| end <= s.now);
            if over && wanted.iter().any(|letter| matches!(letter, 'c' | 'r')) {
                wanted.retain(|letter| !matches!(letter, 'c' | 'r'));
                wanted.push('?');
            }
            wanted.sort_unstable();
            wanted.dedup();
            let found: String = said(&found);
            assert_eq!(found, wanted.into_iter().collect::<String>(), "{name} {action:?}");
            seen.insert((format!("{action:?}"), legacy));
        }
    }
    // Each of them was possible somewhere, in both kinds of commerce where it exists there.
    let wanted = ALWAYS.iter().map(|(_, _, older)| if *older == "." { 1 } else { 2 }).sum::<usize>();
    assert_eq!(seen.len(), wanted, "{seen:?}");
}
