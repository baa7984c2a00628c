//! Matching at sync: which reseller of the book is the partnership that Partner Center lists?
//!
//! Partner Center names nobody as *requested* and announces no acceptance: the link that was accepted names no
//! recipient (`domain.md` section 2). Tenant ID and PartnerID prove who it is; a name only proposes, and the person
//! confirms.

use crate::fold::fold;
use crate::ids::{ResellerId, TenantId};
use crate::reseller::{PartnershipState, Reseller};
use std::collections::HashSet;

/// What became of one partnership that Partner Center lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// It is this reseller of the book.
    Same {
        /// Which.
        id: ResellerId,
        /// It was not active in the book before: the acceptance is news.
        accepted: bool,
        /// It had ended, and is back.
        came_back: bool,
        /// Its name in the book, where Partner Center now writes another.
        renamed_from: Option<String>,
    },
    /// One of these may be it: the person says which, or that it is another one.
    Proposed {
        /// Candidates by name, best first.
        candidates: Vec<ResellerId>,
    },
    /// Nobody in the book: it is a new one.
    New,
}

/// All of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matching {
    /// One per active partnership seen, by its place in the list.
    pub matches: Vec<(usize, Match)>,
    /// Active in the book, and no longer listed.
    pub ended: Vec<ResellerId>,
}

/// Matches all partnerships of one complete list with the book. `seen` must be the whole list: who is missing has
/// ended.
#[must_use]
pub fn match_partnerships(known: &[Reseller], seen: &[Reseller]) -> Matching {
    let active: Vec<(usize, &Reseller)> =
        seen.iter().enumerate().filter(|(_, one)| one.partnership == PartnershipState::Active).collect();
    let mut claimed: HashSet<ResellerId> = HashSet::new();
    let mut matches: Vec<(usize, Match)> = Vec::with_capacity(active.len());
    // A tenant proves more than a PartnerID, so all tenants come first: nobody may claim another one's reseller.
    let (proven, rest): (Vec<_>, Vec<_>) = active.iter().partition(|(_, one)| by_tenant(known, one).is_some());
    for (at, one) in proven {
        if let Some(found) = by_tenant(known, one) {
            claimed.insert(found.id);
            matches.push((at, same(found, one)));
        }
    }
    for (at, one) in rest {
        let found = without_proof(known, one, &claimed);
        if let Match::Same { id, .. } = &found {
            claimed.insert(*id);
        }
        matches.push((at, found));
    }
    matches.sort_by_key(|(at, _)| *at);
    let tenants: HashSet<TenantId> = active.iter().filter_map(|(_, one)| one.tenant_id).collect();
    let ended = known
        .iter()
        .filter(|one| one.partnership == PartnershipState::Active && !claimed.contains(&one.id))
        .filter(|one| one.tenant_id.is_some_and(|tenant| !tenants.contains(&tenant)))
        .map(|one| one.id)
        .collect();
    Matching { matches, ended }
}

fn by_tenant<'k>(known: &'k [Reseller], one: &Reseller) -> Option<&'k Reseller> {
    let tenant = one.tenant_id?;
    known.iter().find(|candidate| candidate.tenant_id == Some(tenant))
}

fn same(found: &Reseller, one: &Reseller) -> Match {
    Match::Same {
        id: found.id,
        accepted: found.partnership != PartnershipState::Active,
        came_back: found.partnership == PartnershipState::Ended,
        renamed_from: (!one.name.is_empty() && found.name != one.name).then(|| found.name.clone()),
    }
}

/// No tenant in the book: the PartnerID, then the name.
fn without_proof(known: &[Reseller], one: &Reseller, claimed: &HashSet<ResellerId>) -> Match {
    let open: Vec<&Reseller> =
        known.iter().filter(|candidate| candidate.tenant_id.is_none() && !claimed.contains(&candidate.id)).collect();
    let number = one.partner_id.as_deref().unwrap_or_default();
    let same_number: Vec<&Reseller> = open
        .iter()
        .copied()
        .filter(|candidate| !number.is_empty() && candidate.partner_id.as_deref() == Some(number))
        .collect();
    match same_number.as_slice() {
        [found] => return same(found, one),
        [] => {}
        several => return Match::Proposed { candidates: several.iter().map(|found| found.id).collect() },
    }
    let mut candidates: Vec<(u8, &Reseller)> =
        open.into_iter().filter_map(|candidate| Some((likeness(candidate, one)?, candidate))).collect();
    candidates.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.name.cmp(&b.1.name)));
    if candidates.is_empty() {
        Match::New
    } else {
        Match::Proposed { candidates: candidates.into_iter().map(|(_, found)| found.id).collect() }
    }
}

/// How like their names are; lower is liker. Another PartnerID speaks against it, a name alone never proves it.
fn likeness(candidate: &Reseller, one: &Reseller) -> Option<u8> {
    let numbers_differ =
        candidate.partner_id.as_ref().zip(one.partner_id.as_ref()).is_some_and(|(ours, theirs)| ours != theirs);
    let (ours, theirs) = (core(&candidate.name), core(&one.name));
    if numbers_differ || ours.is_empty() || theirs.is_empty() {
        return None;
    }
    if fold(&candidate.name) == fold(&one.name) {
        return Some(0);
    }
    if ours == theirs {
        return Some(1);
    }
    // "Birch" and "Birch Cloud Services": one begins with the other, at a word.
    let begins = |long: &[String], short: &[String]| long.len() > short.len() && long.starts_with(short);
    (begins(&ours, &theirs) || begins(&theirs, &ours)).then_some(2)
}

/// Words of a company name without its legal form.
#[must_use]
pub fn core(name: &str) -> Vec<String> {
    const FORMS: [&str; 26] = [
        "gmbh", "ag", "kg", "ohg", "ug", "co", "mbh", "ltd", "limited", "llc", "inc", "corp", "sarl", "sas", "sa",
        "srl", "spa", "bv", "nv", "as", "ab", "oy", "aps", "sl", "sp", "zoo",
    ];
    let joined = fold(name).replace('.', "");
    let words: Vec<String> =
        joined.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    // A legal form stands at the end; "AG Cloud" keeps its first word.
    let mut end = words.len();
    while end > 1 && FORMS.contains(&words[end - 1].as_str()) {
        end -= 1;
    }
    words.into_iter().take(end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reseller::sample;
    use uuid::Uuid;

    fn tenant(n: u128) -> Option<TenantId> {
        Some(TenantId(Uuid::from_u128(n)))
    }

    fn known(n: u128, name: &str, state: PartnershipState, tenant: Option<TenantId>, number: Option<&str>) -> Reseller {
        let mut one = sample(name);
        one.id = ResellerId(Uuid::from_u128(n));
        (one.partnership, one.tenant_id, one.partner_id) = (state, tenant, number.map(str::to_owned));
        one
    }

    fn seen(name: &str, tenant: Option<TenantId>, number: &str) -> Reseller {
        known(0, name, PartnershipState::Active, tenant, Some(number))
    }

    fn id(n: u128) -> ResellerId {
        ResellerId(Uuid::from_u128(n))
    }

    fn same(n: u128, accepted: bool, came_back: bool, renamed_from: Option<&str>) -> Match {
        Match::Same { id: id(n), accepted, came_back, renamed_from: renamed_from.map(str::to_owned) }
    }

    #[test]
    fn one_partnership_against_the_book() {
        use PartnershipState::{Active, Declined, Draft, Ended, Requested};
        let proposed = |ids: &[u128]| Match::Proposed { candidates: ids.iter().copied().map(id).collect() };
        let cases: Vec<(&str, Vec<Reseller>, Reseller, Match)> = vec![
            (
                "same tenant ID, already active: no news",
                vec![known(1, "Birch", Active, tenant(7), Some("48"))],
                seen("Birch", tenant(7), "48"),
                same(1, false, false, None),
            ),
            (
                "same tenant ID, requested: accepted",
                vec![known(1, "Birch", Requested, tenant(7), None)],
                seen("Birch", tenant(7), "48"),
                same(1, true, false, None),
            ),
            (
                "same PartnerID, tenant unknown: accepted",
                vec![known(1, "Birch", Requested, None, Some("48"))],
                seen("Birch", tenant(7), "48"),
                same(1, true, false, None),
            ),
            (
                "same PartnerID under another name: accepted and renamed",
                vec![known(1, "Birch", Requested, None, Some("48"))],
                seen("Birch Cloud", tenant(7), "48"),
                same(1, true, false, Some("Birch")),
            ),
            (
                "a mere draft whose link was accepted by another way",
                vec![known(1, "Birch", Draft, None, Some("48"))],
                seen("Birch", tenant(7), "48"),
                same(1, true, false, None),
            ),
            (
                "declined, then accepted after all",
                vec![known(1, "Birch", Declined, None, Some("48"))],
                seen("Birch", tenant(7), "48"),
                same(1, true, false, None),
            ),
            (
                "same name only: proposed",
                vec![known(1, "Birch", Requested, None, None)],
                seen("Birch", tenant(7), "48"),
                proposed(&[1]),
            ),
            (
                "same name in another writing and legal form: proposed",
                vec![known(1, "Süd-Cloud", Requested, None, None)],
                seen("SÜD CLOUD GmbH & Co. KG", tenant(7), "48"),
                proposed(&[1]),
            ),
            (
                "two candidates by name: the exact one first",
                vec![known(1, "Birch Cloud", Requested, None, None), known(2, "Birch", Requested, None, None)],
                seen("Birch", tenant(7), "48"),
                proposed(&[2, 1]),
            ),
            (
                "two candidates with the same PartnerID",
                vec![known(1, "Birch", Requested, None, Some("48")), known(2, "Elm", Draft, None, Some("48"))],
                seen("Birch", tenant(7), "48"),
                proposed(&[1, 2]),
            ),
            (
                "same name, but known under another PartnerID: another one",
                vec![known(1, "Birch", Requested, None, Some("11"))],
                seen("Birch", tenant(7), "48"),
                Match::New,
            ),
            (
                "same name, but that one has another tenant: another one",
                vec![known(1, "Birch", Active, tenant(3), Some("11"))],
                seen("Birch", tenant(7), "48"),
                Match::New,
            ),
            ("none", vec![known(1, "Elm", Requested, None, None)], seen("Birch", tenant(7), "48"), Match::New),
            (
                "renamed at Partner Center",
                vec![known(1, "Birch", Active, tenant(7), Some("48"))],
                seen("Birch Group", tenant(7), "48"),
                same(1, false, false, Some("Birch")),
            ),
            (
                "PartnerID changed at Partner Center: the tenant decides",
                vec![known(1, "Birch", Active, tenant(7), Some("48")), known(2, "Elm", Requested, None, Some("49"))],
                seen("Birch", tenant(7), "49"),
                same(1, false, false, None),
            ),
            (
                "ended and back",
                vec![known(1, "Birch", Ended, tenant(7), Some("48"))],
                seen("Birch", tenant(7), "48"),
                same(1, true, true, None),
            ),
        ];
        for (case, book, partnership, expected) in cases {
            let found = match_partnerships(&book, std::slice::from_ref(&partnership));
            assert_eq!(found.matches, vec![(0, expected)], "{case}");
        }
    }

    #[test]
    fn who_is_gone_has_ended_and_nobody_else() {
        use PartnershipState::{Active, Ended, Requested};
        let book = vec![
            known(1, "Birch", Active, tenant(7), Some("48")),
            known(2, "Elm", Active, tenant(8), Some("49")),
            known(3, "Oak", Requested, None, None),
            known(4, "Ash", Ended, tenant(9), None),
            // Never listed with a tenant: nothing is known of it that could be gone.
            known(5, "Fir", Active, None, None),
        ];
        let mut no_longer = seen("Elm", tenant(8), "49");
        no_longer.partnership = Ended;
        let found = match_partnerships(&book, &[seen("Birch", tenant(7), "48"), no_longer]);
        assert_eq!(found.ended, vec![id(2)]);
        assert_eq!(found.matches.len(), 1);
        assert_eq!(match_partnerships(&book, &[]).ended, vec![id(1), id(2)]);
    }

    #[test]
    fn a_reseller_is_claimed_once_and_a_tenant_wins() {
        use PartnershipState::Requested;
        let book = vec![known(1, "Birch", Requested, tenant(7), Some("48"))];
        // The second one has the PartnerID, the first one the tenant.
        let found = match_partnerships(&book, &[seen("Elm", tenant(3), "48"), seen("Birch", tenant(7), "50")]);
        assert_eq!(found.matches, vec![(0, Match::New), (1, same(1, true, false, None))]);
        let twice = match_partnerships(
            &[known(1, "Birch", Requested, None, Some("48"))],
            &[seen("Birch", tenant(3), "48"), seen("Birch", tenant(4), "48")],
        );
        assert_eq!(twice.matches, vec![(0, same(1, true, false, None)), (1, Match::New)]);
    }

    #[test]
    fn legal_forms_are_no_part_of_a_name() {
        assert_eq!(core("Lariodata S.r.l."), ["lariodata"]);
        assert_eq!(core("Wisła Chmura sp. z o.o."), ["wisla", "chmura", "sp", "z", "oo"]);
        assert_eq!(core("AG Cloud AG"), ["ag", "cloud"]);
        assert_eq!(core("AG"), ["ag"]);
        assert_eq!(core("…"), Vec::<String>::new());
    }
}
