//! The authority's pages: plain HTML with forms, no script, everything written by others as text.

use super::accounts::{ACCOUNTS, Account};
use super::error::{Refusal, answer};
use axum::response::Response;
use jiff::Timestamp;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;background:#f2f2f2;color:#1b1b1b;margin:0}\
main{max-width:440px;margin:6vh auto;background:#fff;padding:36px;box-shadow:0 2px 6px #0003}\
h1{font-size:22px;font-weight:600;margin:0 0 16px}\
button{display:block;width:100%;text-align:left;font:inherit;padding:10px 12px;margin:8px 0;background:#fff;\
border:1px solid #8a8886;cursor:pointer}button:hover,button:focus{background:#f3f2f1}\
.primary{background:#0067b8;border-color:#0067b8;color:#fff;text-align:center}\
input{font:inherit;width:100%;box-sizing:border-box;padding:8px;margin:4px 0 12px}small{display:block;color:#605e5c}";

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

fn page(status: u16, title: &str, body: &str, now: Timestamp) -> Response {
    let title = escaped(title);
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style>\
         </head><body><main><h1>{title}</h1>{body}</main></body></html>"
    );
    answer(status, "text/html; charset=utf-8", html, now)
}

fn hidden(name: &str, value: &str) -> String {
    format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escaped(value))
}

/// *Pick an account*. `action` takes the form, `carried` goes along unseen.
pub(super) fn choose(action: &str, carried: &[(&str, &str)], now: Timestamp) -> Response {
    let carried: String = carried.iter().map(|(name, value)| hidden(name, value)).collect();
    let rows: String = ACCOUNTS
        .iter()
        .map(|account| {
            format!(
                "<button name=\"account\" value=\"{}\">{}<small>{}</small><small>{}</small></button>",
                account.oid,
                escaped(account.name),
                escaped(account.upn),
                escaped(account.about)
            )
        })
        .collect();
    let action = escaped(action);
    let cancel = "<button name=\"cancel\" value=\"1\">Cancel</button>";
    page(
        200,
        "Pick an account",
        &format!("<form method=\"post\" action=\"{action}\">{carried}{rows}{cancel}</form>"),
        now,
    )
}

/// *Approve sign-in request*: the second factor.
pub(super) fn second_factor(action: &str, carried: &[(&str, &str)], account: &Account, now: Timestamp) -> Response {
    let carried: String = carried.iter().map(|(name, value)| hidden(name, value)).collect();
    let body = format!(
        "<p>{}</p><form method=\"post\" action=\"{}\">{carried}{}\
         <button class=\"primary\" name=\"factor\" value=\"approved\">Approve</button>\
         <button name=\"cancel\" value=\"1\">Deny</button></form>",
        escaped(account.upn),
        escaped(action),
        hidden("account", &account.oid.to_string()),
    );
    page(200, "Approve sign-in request", &body, now)
}

/// Where the code of a device is typed.
pub(super) fn device(note: &str, now: Timestamp) -> Response {
    let body = format!(
        "<p>{}</p><form method=\"post\" action=\"/device\"><label>Code<input name=\"user_code\" autofocus></label>\
         <button class=\"primary\">Next</button></form>",
        escaped(note)
    );
    page(200, "Enter code", &body, now)
}

/// Nothing more to do here.
pub(super) fn done(title: &str, text: &str, now: Timestamp) -> Response {
    page(200, title, &format!("<p>{}</p>", escaped(text)), now)
}

/// A refusal that can't go back to the app.
pub(super) fn refused(refusal: &Refusal, now: Timestamp) -> Response {
    page(refusal.status, "Sorry, but we are having trouble signing you in.", &escaped(&refusal.description()), now)
}
