//! What comes in on the loopback port: read strictly, since any page and any program on this machine can send it.

use super::problem::SignInProblem;
use super::secret;
use percent_encoding::percent_decode_str;
use secrecy::SecretString;

/// More than this is no redirect of a browser.
pub const LARGEST: usize = 16 * 1024;

/// What the redirect brought.
#[derive(Debug)]
pub enum Callback {
    /// A code for tokens.
    Code(SecretString),
    /// A refusal.
    Refused(SignInProblem),
}

/// What was read so far.
#[derive(Debug)]
pub enum Reading {
    /// The head has not ended yet.
    More,
    /// Not ours: answered with this status and otherwise ignored.
    Foreign(u16),
    /// The redirect of this very sign-in.
    Ours(Callback),
}

/// Reads the head of a request. Ours is only a GET of `/` with this Host and this state (W3).
#[must_use]
pub fn read(head: &[u8], port: u16, state: &str) -> Reading {
    let Some(end) = head.windows(4).position(|part| part == b"\r\n\r\n") else {
        return if head.len() >= LARGEST { Reading::Foreign(431) } else { Reading::More };
    };
    let Ok(text) = std::str::from_utf8(&head[..end]) else { return Reading::Foreign(400) };
    let mut lines = text.split("\r\n");
    let request: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
    let [method, target, version] = request[..] else { return Reading::Foreign(400) };
    if !matches!(version, "HTTP/1.1" | "HTTP/1.0") {
        return Reading::Foreign(400);
    }
    let hosts: Vec<&str> = lines
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| name.eq_ignore_ascii_case("host"))
        .map(|(_, value)| value.trim())
        .collect();
    let [host] = hosts[..] else { return Reading::Foreign(400) };
    if !host.eq_ignore_ascii_case(&format!("localhost:{port}")) {
        return Reading::Foreign(421);
    }
    let Some((path, query)) = target.split_once('?') else { return Reading::Foreign(404) };
    match (method, path) {
        ("GET", "/") => redirect(query, state),
        ("GET", _) => Reading::Foreign(404),
        _ => Reading::Foreign(405),
    }
}

fn redirect(query: &str, state: &str) -> Reading {
    // Each member once: two codes or two states are nobody's honest redirect.
    let member = |name: &str| {
        let mut found = query.split('&').filter_map(|pair| pair.split_once('=')).filter(|(key, _)| *key == name);
        match (found.next(), found.next()) {
            (Some((_, value)), None) => {
                let value = value.replace('+', " ");
                percent_decode_str(&value).decode_utf8().ok().map(std::borrow::Cow::into_owned)
            }
            _ => None,
        }
    };
    if !member("state").is_some_and(|given| secret::same(&given, state)) {
        return Reading::Foreign(400);
    }
    match (member("code").filter(|code| !code.is_empty()), member("error")) {
        (Some(code), None) => Reading::Ours(Callback::Code(SecretString::from(code))),
        (None, Some(word)) => {
            let number = number_in(&member("error_description").unwrap_or_default());
            Reading::Ours(Callback::Refused(SignInProblem::of(&word, number.as_slice(), None)))
        }
        _ => Reading::Foreign(400),
    }
}

/// The number of `AADSTS50011: …`: a redirect has no other place for it.
fn number_in(description: &str) -> Option<u32> {
    let rest = description.trim_start().strip_prefix("AADSTS")?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..end].parse().ok()
}

#[cfg(test)]
#[allow(clippy::wildcard_enum_match_arm, reason = "a test names what it expects")]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use secrecy::ExposeSecret;

    fn get(target: &str) -> Vec<u8> {
        format!("GET {target} HTTP/1.1\r\nHost: localhost:4000\r\nAccept: */*\r\n\r\n").into_bytes()
    }

    fn foreign(head: &[u8]) -> Option<u16> {
        match read(head, 4000, "the state") {
            Reading::Foreign(status) => Some(status),
            Reading::More | Reading::Ours(_) => None,
        }
    }

    #[test]
    fn w3_only_the_redirect_of_this_sign_in_counts() {
        let ours = get("/?code=0.abc%2Bd&state=the%20state&session_state=x");
        match read(&ours, 4000, "the state") {
            Reading::Ours(Callback::Code(code)) => assert_eq!(code.expose_secret(), "0.abc+d"),
            other => panic!("{other:?}"),
        }
        let replaced = |from: &str, to: &str| String::from_utf8(ours.clone()).unwrap().replace(from, to).into_bytes();
        for (head, status) in [
            (get("/?code=a&state=another"), 400),
            (get("/?code=a"), 400),
            (get("/?state=the%20state"), 400),
            (get("/?code=a&code=b&state=the%20state"), 400),
            (get("/?code=a&state=the%20state&state=the%20state"), 400),
            (get("/?code=a&error=b&state=the%20state"), 400),
            (get("/other?code=a&state=the%20state"), 404),
            (get("/favicon.ico"), 404),
            (replaced("GET ", "POST "), 405),
            (replaced("localhost:4000", "localhost:4001"), 421),
            (replaced("localhost:4000", "evil.example"), 421),
            (replaced("Host:", "Hast:"), 400),
            (replaced("Accept:", "Host:"), 400),
            (replaced("HTTP/1.1", "HTTP/2"), 400),
            (vec![b'a'; LARGEST], 431),
        ] {
            assert_eq!(foreign(&head), Some(status), "{}", String::from_utf8_lossy(&head));
        }
        assert!(matches!(read(&ours[..ours.len() - 1], 4000, "the state"), Reading::More));
    }

    #[test]
    fn a_refusal_is_told_by_its_number() {
        let target = "/?error=invalid_request&error_description=AADSTS50011%3A+The+redirect&state=the+state";
        match read(&get(target), 4000, "the state") {
            Reading::Ours(Callback::Refused(problem)) => assert_eq!(problem, SignInProblem::RedirectUnknown),
            other => panic!("{other:?}"),
        }
    }

    proptest! {
        #[test]
        fn nothing_that_comes_in_upsets_it(head in prop::collection::vec(any::<u8>(), 0..600)) {
            prop_assert!(!matches!(read(&head, 4000, "the state"), Reading::Ours(_)));
        }

        #[test]
        fn no_query_without_the_state_is_ours(query in "[ -~]{0,80}") {
            prop_assume!(!query.contains("the"));
            let head = get(&format!("/?{query}"));
            prop_assert!(!matches!(read(&head, 4000, "the state"), Reading::Ours(_)));
        }

        #[test]
        fn every_code_comes_through_whole(code in "[!-~]{1,200}") {
            let target = format!("/?state=the%20state&code={}", crate::client::encoded(&code));
            match read(&get(&target), 4000, "the state") {
                Reading::Ours(Callback::Code(read)) => prop_assert_eq!(read.expose_secret(), code),
                other => prop_assert!(false, "{:?}", other),
            }
        }
    }
}
