//! The troubles that are waiting, and which of them a call meets.

use super::fault::{Fault, FaultRule};
use std::sync::{Mutex, PoisonError};

/// The board.
pub(super) struct Board(Mutex<Vec<FaultRule>>);

impl Board {
    pub(super) fn new(rules: Vec<FaultRule>) -> Self {
        Self(Mutex::new(rules))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Vec<FaultRule>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn add(&self, rules: Vec<FaultRule>) {
        self.with(|all| all.extend(rules));
    }

    pub(super) fn clear(&self) {
        self.with(Vec::clear);
    }

    pub(super) fn left(&self) -> Vec<FaultRule> {
        self.with(|all| all.clone())
    }

    /// What befalls this call, in the order in which it was asked for. Rules that are used up leave the board.
    pub(super) fn meet(&self, operation: &str, method: &str, path: &str) -> Vec<Fault> {
        self.with(|all| {
            let mut met = Vec::new();
            all.retain_mut(|rule| {
                if !befalls(rule, operation, method, path) {
                    return true;
                }
                if rule.skip > 0 {
                    rule.skip -= 1;
                    return true;
                }
                met.push(rule.fault.clone());
                if rule.times == 0 {
                    return true;
                }
                rule.times -= 1;
                rule.times > 0
            });
            met
        })
    }
}

fn befalls(rule: &FaultRule, operation: &str, method: &str, path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    rule.operation.as_deref().is_none_or(|name| name == operation)
        && rule.method.as_deref().is_none_or(|name| name.eq_ignore_ascii_case(method))
        && rule.path.as_deref().is_none_or(|start| path.starts_with(&start.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_skip_befall_and_leave() {
        let rule = FaultRule { skip: 1, times: 2, ..FaultRule::next("list_customers", Fault::TokenExpired) };
        let board = Board::new(vec![rule]);
        let meet = || board.meet("list_customers", "GET", "/v1/customers").len();
        assert_eq!(board.meet("get_customer", "GET", "/v1/customers/a").len(), 0, "another call");
        assert_eq!([meet(), meet(), meet(), meet()], [0, 1, 1, 0]);
        assert!(board.left().is_empty());
        let always = FaultRule {
            operation: None,
            method: Some("post".to_owned()),
            path: Some("/V1/Customers".to_owned()),
            times: 0,
            ..FaultRule::next("", Fault::Mfa)
        };
        let board = Board::new(vec![always]);
        assert_eq!(board.meet("x", "POST", "/v1/customers/a/carts"), [Fault::Mfa]);
        assert_eq!(board.meet("x", "GET", "/v1/customers"), []);
        assert_eq!(board.left().len(), 1);
    }

    #[test]
    fn rules_are_read_as_documented() {
        let text = r#"[{"operation": "create_customer", "times": 1, "fault": {"kind": "lost_after"}},
            {"path": "/v1/customers", "method": "GET", "skip": 2, "times": 0, "fault": {"kind": "delay", "ms": 400}},
            {"fault": {"kind": "answer", "status": 403, "code": 800073}}]"#;
        let rules: Vec<FaultRule> = serde_json::from_str(text).expect("reads");
        assert_eq!((rules[1].skip, rules[1].times, rules[2].times), (2, 0, 1));
        assert!(serde_json::from_str::<FaultRule>(r#"{"fault": {"kind": "earthquake"}}"#).is_err());
        assert!(serde_json::from_str::<FaultRule>(r#"{"fualt": {"kind": "mfa"}}"#).is_err(), "a slip is told");
    }
}
