//! What Partner Center publishes nowhere and a practice one has to choose: each choice with its name, its values and
//! what it means. The table of `CHOICES.md` is made from here, and every choice can be switched when the sandbox is
//! opened or served.

use crate::Options;
use jiff::SignedDuration;
use std::fmt::Write as _;

/// A status with an error code, written `409/600071`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Error code in the body.
    pub code: u32,
}

/// What a repeat of a request id gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// The stored answer.
    Stored,
    /// 409.
    Conflict,
}

/// Form of `Retry-After`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitForm {
    /// Seconds.
    Seconds,
    /// An HTTP date.
    Date,
}

/// The switchable choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// Refusal of a taken domain on create.
    pub domain_taken: Answer,
    /// Refusal of a bad address on create.
    pub bad_address: Answer,
    /// Refusal of an unknown customer.
    pub unknown_customer: Answer,
    /// Hours for which a request id is remembered; 0 forgets at once.
    pub request_id_hours: i64,
    /// What a repeat gets.
    pub request_id_repeat: Repeat,
    /// How long a throttled client is told to wait, in seconds.
    pub retry_after: u32,
    /// In which form it is told.
    pub retry_after_form: WaitForm,
    /// `totalCount` is the whole list's, not the page's.
    pub total_of_whole: bool,
    /// New orders are listed only after this many seconds.
    pub order_lag: i64,
    /// `MS-RequestId` and others come twice, with a comma.
    pub doubled_headers: bool,
    /// Error codes are written as text.
    pub codes_as_text: bool,
    /// Links carry `/v1`.
    pub versioned_links: bool,
    /// Status of a new customer.
    pub created_status: u16,
    /// Status of a replaced cart.
    pub replaced_status: u16,
    /// A token without a second factor is refused the old way: without a body.
    pub bare_mfa: bool,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            domain_taken: Answer { status: 409, code: crate::codes::DOMAIN_TAKEN },
            bad_address: Answer { status: 400, code: crate::codes::ADDRESS_OR_PARTNER },
            unknown_customer: Answer { status: 404, code: crate::codes::CUSTOMER },
            request_id_hours: 24,
            request_id_repeat: Repeat::Stored,
            retry_after: 5,
            retry_after_form: WaitForm::Seconds,
            total_of_whole: false,
            order_lag: 0,
            doubled_headers: false,
            codes_as_text: false,
            versioned_links: false,
            created_status: 201,
            replaced_status: 201,
            bare_mfa: false,
        }
    }
}

/// A row of the table.
struct Row {
    name: &'static str,
    values: &'static str,
    about: &'static str,
    show: fn(&Options) -> String,
    /// `None` when the value is not one of those.
    set: fn(&mut Options, &str) -> Option<()>,
}

fn pair(text: &str) -> Option<Answer> {
    let (status, code) = text.split_once('/')?;
    let status: u16 = status.parse().ok().filter(|status| (400..500).contains(status))?;
    Some(Answer { status, code: code.parse().ok()? })
}

fn shown(answer: Answer) -> String {
    format!("{}/{}", answer.status, answer.code)
}

fn switch(text: &str) -> Option<bool> {
    match text {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

fn on_off(on: bool) -> String {
    if on { "on" } else { "off" }.to_owned()
}

fn seconds(text: &str) -> Option<i64> {
    text.parse().ok().filter(|seconds| (0..=86_400 * 30).contains(seconds))
}

fn good_status(text: &str) -> Option<u16> {
    text.parse().ok().filter(|status| matches!(status, 200 | 201))
}

const ROWS: &[Row] = &[
    Row {
        name: "bom",
        values: "on, off",
        about: "good answers begin with a byte order mark, as recorded ones do; never under `/customers/{id}/products`",
        show: |o| on_off(o.bom),
        set: |o, v| {
            o.bom = switch(v)?;
            Some(())
        },
    },
    Row {
        name: "domain-taken",
        values: "status/code",
        about: "creation of a customer whose domain is in use; HEAD says 200",
        show: |o| shown(o.choices.domain_taken),
        set: |o, v| {
            o.choices.domain_taken = pair(v)?;
            Some(())
        },
    },
    Row {
        name: "bad-address",
        values: "status/code",
        about: "creation with an address against its country's rules; `data` names the member",
        show: |o| shown(o.choices.bad_address),
        set: |o, v| {
            o.choices.bad_address = pair(v)?;
            Some(())
        },
    },
    Row {
        name: "unknown-customer",
        values: "status/code",
        about: "any call about a customer that is not there (or, with 403/20002, is another partner's)",
        show: |o| shown(o.choices.unknown_customer),
        set: |o, v| {
            o.choices.unknown_customer = pair(v)?;
            Some(())
        },
    },
    Row {
        name: "request-id-hours",
        values: "hours",
        about: "how long a good answer to a changing call is remembered for its `MS-RequestId`, per method and path; 0 forgets at once",
        show: |o| o.choices.request_id_hours.to_string(),
        set: |o, v| {
            o.choices.request_id_hours = v.parse().ok().filter(|hours| (0..=24 * 365).contains(hours))?;
            Some(())
        },
    },
    Row {
        name: "request-id-repeat",
        values: "stored, conflict",
        about: "a repeat gets the stored answer (the password included), or 409; a refusal is worked out anew each time",
        show: |o| if o.choices.request_id_repeat == Repeat::Stored { "stored" } else { "conflict" }.to_owned(),
        set: |o, v| {
            o.choices.request_id_repeat = match v {
                "stored" => Repeat::Stored,
                "conflict" => Repeat::Conflict,
                _ => return None,
            };
            Some(())
        },
    },
    Row {
        name: "retry-after",
        values: "seconds",
        about: "what a throttled client is told to wait",
        show: |o| o.choices.retry_after.to_string(),
        set: |o, v| {
            o.choices.retry_after = v.parse().ok()?;
            Some(())
        },
    },
    Row {
        name: "retry-after-form",
        values: "seconds, date",
        about: "how it is told",
        show: |o| if o.choices.retry_after_form == WaitForm::Seconds { "seconds" } else { "date" }.to_owned(),
        set: |o, v| {
            o.choices.retry_after_form = match v {
                "seconds" => WaitForm::Seconds,
                "date" => WaitForm::Date,
                _ => return None,
            };
            Some(())
        },
    },
    Row {
        name: "subscription-delay",
        values: "seconds",
        about: "how long a new order stays pending and keeps its subscription ids back",
        show: |o| o.provision_delay.as_secs().to_string(),
        set: |o, v| {
            o.provision_delay = SignedDuration::from_secs(seconds(v)?);
            Some(())
        },
    },
    Row {
        name: "order-lag",
        values: "seconds",
        about: "how long a new order is missing in the list of orders (checkout answers it at once)",
        show: |o| o.choices.order_lag.to_string(),
        set: |o, v| {
            o.choices.order_lag = seconds(v)?;
            Some(())
        },
    },
    Row {
        name: "total-count",
        values: "page, whole",
        about: "what `totalCount` counts in a paged list",
        show: |o| if o.choices.total_of_whole { "whole" } else { "page" }.to_owned(),
        set: |o, v| {
            o.choices.total_of_whole = match v {
                "page" => false,
                "whole" => true,
                _ => return None,
            };
            Some(())
        },
    },
    Row {
        name: "doubled-headers",
        values: "on, off",
        about: "`MS-RequestId`, `MS-CorrelationId` and `X-Locale` come with their value twice, comma between",
        show: |o| on_off(o.choices.doubled_headers),
        set: |o, v| {
            o.choices.doubled_headers = switch(v)?;
            Some(())
        },
    },
    Row {
        name: "codes-as-text",
        values: "on, off",
        about: "error codes are text, as documented, instead of numbers, as sent",
        show: |o| on_off(o.choices.codes_as_text),
        set: |o, v| {
            o.choices.codes_as_text = switch(v)?;
            Some(())
        },
    },
    Row {
        name: "versioned-links",
        values: "on, off",
        about: "links in bodies begin with `/v1`",
        show: |o| on_off(o.choices.versioned_links),
        set: |o, v| {
            o.choices.versioned_links = switch(v)?;
            Some(())
        },
    },
    Row {
        name: "created-status",
        values: "201, 200",
        about: "status of the answer to the creation of a customer",
        show: |o| o.choices.created_status.to_string(),
        set: |o, v| {
            o.choices.created_status = good_status(v)?;
            Some(())
        },
    },
    Row {
        name: "replaced-status",
        values: "201, 200",
        about: "status of the answer to the replacement of a cart",
        show: |o| o.choices.replaced_status.to_string(),
        set: |o, v| {
            o.choices.replaced_status = good_status(v)?;
            Some(())
        },
    },
    Row {
        name: "bare-mfa",
        values: "on, off",
        about: "a token without a second factor is refused without a body and with `WWW-Authenticate`, as before 2026, instead of with 900421",
        show: |o| on_off(o.choices.bare_mfa),
        set: |o, v| {
            o.choices.bare_mfa = switch(v)?;
            Some(())
        },
    },
    Row {
        name: "direct-signature",
        values: "seconds",
        about: "a customer whose agreement nobody attested accepts it by himself this long after creation; then `isSigned` is true and checkout goes through",
        show: |o| o.signs_after.as_secs().to_string(),
        set: |o, v| {
            o.signs_after = SignedDuration::from_secs(seconds(v)?);
            Some(())
        },
    },
];

/// A choice that there is not, or a value that it can't have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such choice, or not a value of it: {0}")]
pub struct NotAChoice(pub String);

impl Options {
    /// Sets a choice by its name in the table.
    ///
    /// # Errors
    /// When there is no such choice, or that is not a value of it.
    pub fn choose(&mut self, name: &str, value: &str) -> Result<(), NotAChoice> {
        let refused = || NotAChoice(format!("{name}={value}"));
        let row = ROWS.iter().find(|row| row.name == name).ok_or_else(refused)?;
        (row.set)(self, value).ok_or_else(refused)
    }
}

/// The table as text: what can be switched, and what can't.
#[must_use]
pub fn table() -> String {
    let usual = Options::default();
    let mut text = String::from(
        "# Choices of the practice Partner Center\n\nWhat Partner Center publishes nowhere. Made from `src/choices.rs`; \
         a test keeps it in step.\n\n## Switchable\n\n`--choice NAME=VALUE` when served, `Options::choose` when opened.\n\n\
         | name | usual | values | what it means |\n| --- | --- | --- | --- |\n",
    );
    for row in ROWS {
        // Writing to a text can't fail.
        let _ = writeln!(text, "| `{}` | {} | {} | {} |", row.name, (row.show)(&usual), row.values, row.about);
    }
    text.push_str("\n## Fixed\n\n| matter | choice |\n| --- | --- |\n");
    for (matter, choice) in crate::fixed::ROWS {
        let _ = writeln!(text, "| {matter} | {choice} |");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With `CHANNELBOOK_WRITE_CHOICES` set the file is written instead.
    #[test]
    fn the_document_is_the_table() {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("CHOICES.md");
        if std::env::var_os("CHANNELBOOK_WRITE_CHOICES").is_some() {
            std::fs::write(&file, table()).expect("writes");
        }
        assert_eq!(std::fs::read_to_string(&file).expect("CHOICES.md"), table());
    }

    #[test]
    fn every_choice_takes_its_own_usual_value_and_refuses_nonsense() {
        let usual = Options::default();
        for row in ROWS {
            let mut options = Options::default();
            let value = (row.show)(&usual);
            options.choose(row.name, &value).expect("its own value");
            assert_eq!((row.show)(&options), value, "{}", row.name);
            assert!(options.choose(row.name, "nonsense").is_err(), "{}", row.name);
        }
        assert!(Options::default().choose("nothing", "on").is_err());
    }
}
