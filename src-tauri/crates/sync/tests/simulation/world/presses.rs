//! What the person of the simulation does: one of the presses that are offered.

use super::*;

impl World {
    /// A person who presses what is offered; `false` when nothing is left to press.
    pub(super) fn person(&mut self) -> bool {
        let now = self.wall();
        let Some(waiting) = self.disk.iter().find(|one| one.state == OperationState::NeedsAttention).cloned() else {
            return false;
        };
        self.progress.remove(&waiting.id);
        self.rough.asked += 1;
        let passed = |at: &Timestamp| cb_sync::wait::passed(*at, cb_sync::wait::FRESH_LOOK, self.now);
        let fresh = self.looked.get(&waiting.id).is_some_and(|at| !passed(at));
        let actions = person::actions_after(&waiting, if fresh { Look::Fresh } else { Look::Stale });
        let is_foreign = |id: &str| self.remote.with(|state| state.is_foreign(id));
        let stranger = waiting.result.found.iter().find(|one| is_foreign(&one.id)).map(|one| one.id.clone());
        let only_strangers = waiting.result.found.iter().all(|one| is_foreign(&one.id));
        let key = RequestKey(self.random.uuid());
        let is_checkout = waiting.payload.kind() == OperationKind::CheckoutCart;
        let ids = ReorderIds {
            operations: std::array::from_fn(|_| OperationId(self.random.uuid())),
            keys: std::array::from_fn(|_| RequestKey(self.random.uuid())),
            first_sequence: i64::try_from(self.disk.len()).unwrap(),
        };
        let chain: Vec<_> =
            self.disk.iter().filter(|one| one.onboarding_id == waiting.onboarding_id).cloned().collect();
        let word = actions.contains(&Action::SendAgain) || actions.contains(&Action::ApproveAgain);
        if self.bug == Bug::WordThoughFound && is_checkout && !waiting.result.found.is_empty() {
            let forgets = OperationResult { found: Vec::new(), ..waiting.result.clone() };
            let waiting = Operation { result: forgets, ..waiting };
            let reorder = person::reorder(&chain, &waiting, ids, now).unwrap();
            self.disk.extend(reorder.new);
            return self.save(reorder.changes).is_ok();
        }
        let done = if let (Some(stranger), true) = (stranger, actions.contains(&Action::Disown)) {
            self.rough.disowned += 1;
            self.save(vec![person::disown(&waiting, &stranger, now).unwrap()])
        } else if actions.contains(&Action::CheckAgain)
            && (self.random.chance(50) || !(word || (actions.contains(&Action::Link) && !only_strangers)))
        {
            self.save(vec![person::check_again(&waiting, now).unwrap()])
        } else if actions.contains(&Action::Link) {
            // What is not a stranger's is theirs.
            if let Some(changes) = self.link_part(&chain, &waiting, now) {
                let saved = self.save(changes.into());
                assert!(saved.is_ok(), "nobody else is there");
                return true;
            }
            let mut change = person::link(&waiting, now).unwrap();
            let found = waiting.result.found.iter().map(|one| one.id.clone());
            match &waiting.payload {
                OperationPayload::CreateCustomer(_) => {
                    let tenant = TenantId(found.clone().next().unwrap().parse().unwrap());
                    self.tenants.insert(waiting.customer_id, tenant);
                    self.passwords.insert(waiting.customer_id, false);
                }
                _ => {
                    change.operation.result.order_ids = found.collect();
                    self.linked.insert(waiting.customer_id);
                }
            }
            self.save(vec![change])
        } else if actions.contains(&Action::OrderRest) {
            let rest = person::order_rest(&chain, &waiting, ids, now).unwrap();
            self.disk.extend(rest.new);
            self.save(rest.changes)
        } else if is_checkout && word {
            let reorder = person::reorder(&chain, &waiting, ids, now).unwrap();
            self.disk.extend(reorder.new);
            self.save(reorder.changes)
        } else if word {
            self.save(vec![person::correct(&waiting, key, now).unwrap()])
        } else {
            return false;
        };
        assert!(done.is_ok(), "nobody else is there");
        true
    }

    /// The one order found has some of the lines: these are bought, the rest is decided on its own.
    fn link_part(&self, chain: &[Operation], checkout: &Operation, now: Timestamp) -> Option<[Change; 2]> {
        let [found] = checkout.result.found.as_slice() else { return None };
        let cart = chain.iter().find_map(|one| match &one.payload {
            OperationPayload::CreateCart(cart) if checkout.parents.contains(&one.id) => Some(cart),
            _ => None,
        })?;
        if found.lines.is_empty() || found.lines.len() >= cart.lines.len() {
            return None;
        }
        let outcome =
            |number| LineOutcome { number, order_id: found.lines.contains(&number).then(|| found.id.clone()), code: 0 };
        let outcomes = cart.lines.iter().map(|line| outcome(line.number)).collect();
        Some(person::link_part(checkout, &found.id, outcomes, now).unwrap())
    }
}
