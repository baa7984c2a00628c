//! Every action in every state: possible, or why not.

use super::*;

/// Columns of the table, in the order of [`Action::ALL`]:
/// more, fewer, upgrade, on, off, at renewal, drop, cancel, suspend, resume, record, contact, decide.
pub(super) const TABLE: &str = "
new wanted             | +  ow ow as +  +  np ow ow ow ow +  ow
new wanted no renewal  | +  ow ow +  as ar np ow ow ow ow +  ow
new none               | bm bm bm bm bm bm bm bm bm bm bm +  bm
new pending            | +  bm bm as +  +  np bm bm bm bm +  bm
new window whole       | +  +  +  as +  +  np +  +  as +  +  +
new window part        | +  +  +  as +  +  np wc +  as +  +  +
new window shut        | +  wc +  as +  +  np wc +  as +  +  +
new window last second | +  +  +  as +  +  np +  +  as +  +  +
new window that second | +  wc +  as +  +  np wc +  as +  +  +
new one licence        | +  mn +  as +  +  np +  +  as +  +  +
new at minimum         | +  mn +  as +  +  np +  +  as +  +  +
new at maximum         | mx +  +  as +  +  np wc +  as +  +  +
new planned            | +  +  +  as +  +  +  wc +  as +  +  +
new no renewal         | +  +  +  +  as ar np wc +  as +  +  +
new cancel at end      | +  +  +  +  as ar np wc +  as +  +  +
new extend at end      | +  +  +  +  as ar np wc +  as +  +  +
new trial              | tr tr tr +  as ar np wc +  as +  +  +
new trial renewing     | tr tr tr as +  +  np wc +  as +  +  +
new no target          | +  +  nt as +  +  np wc +  as +  +  +
new under review       | +  +  +  as +  +  np wc +  as +  +  +
new change waits       | +  +  +  as +  +  np wc +  as +  +  +
new more wait          | +  +  +  as +  +  np wc +  as +  +  +
new fewer wait         | +  +  +  as +  +  np wc +  as +  +  +
new all fewer wait     | +  wc +  as +  +  np wc +  as +  +  +
new upgrade waits      | uu uu uu as +  uu np uu uu as +  +  uu
new monthly            | +  +  +  as +  +  np wc +  as +  +  +
new no end known       | +  +  +  as +  +  np wc +  as +  +  ne
new end passed         | +  wc +  as +  +  np wc +  as +  +  ex
new suspended          | su su su su su su su wc as +  +  +  su
new suspended window   | su su su su su su su +  as +  +  +  su
new expired            | ex ex ex ex ex ex ex ex ex ex ex ex ex
new disabled           | di di di di di di di di di di di di di
new deleted            | ca ca ca ca ca ca ca ea ca ca ca ca ca
old wanted             | +  ow ow as +  ok ok si ow ow ok +  ow
old pending            | +  bm bm as +  ok ok si bm bm ok +  bm
old active             | +  +  +  as +  ok ok si +  as ok +  +
old no renewal         | +  +  +  +  as ok ok si +  as ok +  +
old one licence        | +  si +  as +  ok ok si +  as ok +  +
old no target          | +  +  nt as +  ok ok si +  as ok +  +
old upgrade waits      | uu uu uu as +  ok ok si uu as ok +  uu
old no end known       | +  +  +  as +  ok ok si +  as ok +  ne
old suspended          | su su su su su ok ok si as +  ok +  su
old expired            | ex ex ex ex ex ex ex ex ex ex ex ex ex
old disabled           | di di di di di di di di di di di di di
old deleted            | ca ca ca ca ca ca ca ea ca ca ca ca ca
";

fn block(word: &str) -> Option<Block> {
    Some(match word {
        "+" => return None,
        "ow" => Block::OrderWaits,
        "bm" => Block::BeingMade,
        "su" => Block::Suspended,
        "ex" => Block::Expired,
        "di" => Block::Disabled,
        "ca" => Block::Cancelled,
        "wc" => Block::WindowClosed,
        "tr" => Block::Trial,
        "ar" => Block::AutoRenewOff,
        "as" => Block::AlreadySo,
        "np" => Block::NothingPlanned,
        "ok" => Block::OlderKind,
        "si" => Block::SuspendInstead,
        "nt" => Block::NoTarget,
        "uu" => Block::UpgradeUnderWay,
        "mx" => Block::AtMaximum,
        "mn" => Block::AtMinimum,
        "ne" => Block::NoTermEnd,
        "ea" => Block::EndsAlready,
        other => panic!("{other}"),
    })
}

pub(super) fn named(name: &str) -> Standing {
    let (kind, rest) = name.split_once(' ').unwrap();
    let mut s = standing();
    if kind == "old" {
        s.commerce = CommerceKind::Legacy;
        s.batches.clear();
    }
    let whole = at("2026-11-24T18:40:00Z");
    let all_back = |s: &mut Standing| {
        s.batches = vec![Batch { quantity: s.values.quantity, until: whole }];
        s.cancellable_until = Some(whole);
    };
    use SubscriptionStatus as T;
    match rest {
        "wanted" => s.values.status = T::Wanted,
        "wanted no renewal" => (s.values.status, s.values.auto_renew) = (T::Wanted, false),
        "none" => s.values.status = T::None,
        "pending" => s.values.status = T::Pending,
        "active" | "window part" => {}
        "window whole" => all_back(&mut s),
        "window shut" => s.batches.clear(),
        "window last second" => {
            all_back(&mut s);
            s.now = at("2026-11-24T18:39:59Z");
        }
        "window that second" => {
            all_back(&mut s);
            s.now = whole;
        }
        "one licence" => {
            (s.values.quantity, s.confirmed_quantity) = (1, 1);
            if kind == "new" {
                all_back(&mut s);
            }
        }
        "at minimum" => {
            (s.values.quantity, s.confirmed_quantity, s.minimum) = (25, 25, 25);
            all_back(&mut s);
        }
        "at maximum" => s.maximum = 40,
        "planned" => s.values.next_term = Some(planned()),
        "no renewal" => s.values.auto_renew = false,
        "cancel at end" => (s.values.auto_renew, s.values.end) = (false, EndInstruction::Cancel),
        "extend at end" => (s.values.auto_renew, s.values.end) = (false, EndInstruction::Extend),
        "trial" => (s.trial, s.values.auto_renew) = (true, false),
        "trial renewing" => s.trial = true,
        "no target" => s.has_target = false,
        "under review" => s.under_review = true,
        "change waits" => s.change_waits = true,
        // Ten are to be added, and none of those that are there can go back.
        "more wait" => {
            (s.values.quantity, s.change_waits) = (50, true);
            s.batches.clear();
        }
        // Of six in the window four are to go back, or all.
        "fewer wait" => (s.values.quantity, s.change_waits) = (36, true),
        "all fewer wait" => (s.values.quantity, s.change_waits) = (34, true),
        "upgrade waits" => s.upgrade_waits = true,
        "monthly" => s.values.term = Term::P1M,
        "no end known" => s.ends_at = None,
        "end passed" => s.now = at("2027-03-12T00:00:00Z"),
        "suspended" => (s.values.status, s.values.auto_renew) = (T::Suspended, false),
        "suspended window" => {
            s.values.status = T::Suspended;
            all_back(&mut s);
        }
        "expired" => s.values.status = T::Expired,
        "disabled" => s.values.status = T::Disabled,
        "deleted" => s.values.status = T::Deleted,
        other => panic!("{other}"),
    }
    s
}

#[test]
fn every_action_in_every_state_is_possible_or_says_why_not() {
    let mut cells = 0;
    for row in TABLE.lines().filter(|row| !row.is_empty()) {
        let (name, columns) = row.split_once('|').unwrap();
        let standing = named(name.trim());
        let columns: Vec<&str> = columns.split_whitespace().collect();
        assert_eq!(columns.len(), Action::ALL.len(), "{name}");
        for (action, column) in Action::ALL.into_iter().zip(columns) {
            assert_eq!(allowed(action, &standing).err(), block(column), "{name} {action:?}");
            cells += 1;
        }
    }
    assert_eq!(cells, 45 * 13);
}

#[test]
fn limits_are_those_of_product_and_window() {
    let limits = |action, standing: &Standing| allowed(action, standing).unwrap();
    let s = standing();
    let fewer = limits(Action::FewerLicences, &s);
    assert_eq!((fewer.lowest, fewer.highest), (34, 39));
    assert_eq!(fewer.until, Some(at("2026-11-24T18:40:00Z")));
    let more = limits(Action::MoreLicences, &s);
    assert_eq!((more.lowest, more.highest, more.until), (41, 300, None));
    assert_eq!(limits(Action::ChangeAtRenewal, &s).lowest, 1);
    assert_eq!(limits(Action::Upgrade, &s).highest, 40);
    // Two batches: both count until the first closes.
    let two = Standing {
        batches: vec![
            Batch { quantity: 6, until: at("2026-11-24T18:40:00Z") },
            Batch { quantity: 3, until: at("2026-11-26T08:00:00Z") },
        ],
        ..s.clone()
    };
    assert_eq!(limits(Action::FewerLicences, &two).lowest, 31);
    let later = Standing { now: at("2026-11-25T00:00:00Z"), ..two };
    assert_eq!(limits(Action::FewerLicences, &later).lowest, 37);
    // Licences that wait to be added are not in any window yet: only those that are there can go back.
    let mut waiting = s.clone();
    waiting.values.quantity = 50;
    assert_eq!(limits(Action::FewerLicences, &waiting).lowest, 34);
    // What waits to go back is taken from the window already: of six that can, four do, so two more can.
    waiting.values.quantity = 36;
    assert_eq!(limits(Action::FewerLicences, &waiting).lowest, 34);
    // Fewer than the product allows is never offered.
    let least = Standing { minimum: 38, ..s };
    assert_eq!(limits(Action::FewerLicences, &least).lowest, 38);
}
