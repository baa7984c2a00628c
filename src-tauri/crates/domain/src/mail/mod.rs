//! Mail links: one builder for all of them (W4), and its reader, which proves it.

mod reset;
mod templates;
mod texts;
mod unsent;

pub use reset::{ENTRA_ADDRESS, PARTNER_CENTER_ADDRESS, RESET_ROLE, ResetMail, reset_mail};
pub use templates::{
    DraftText, LINK, MailTemplate, PLACEHOLDERS, TemplateFacts, TemplateKind, TemplateProblem, check_template, fill,
    standard_template,
};
pub use texts::{
    AGREEMENT_ADDRESS, AdminAccessMail, MailLanguage, SIGN_IN_ADDRESS, SetupMail, admin_access_mail, setup_mail,
};
pub use unsent::unsent_message;

use crate::check::email_is_valid;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Longest link that mail programs on all three systems take.
pub const LONGEST_LINK: usize = 1800;

/// A mail to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// One address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Text; lines end with `\n`.
    pub body: String,
}

/// Why a mail does not fit into a link. The text can still be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailProblem {
    /// The address is none.
    #[error("not a mail address")]
    Address,
    /// A line break in the subject, or another control character anywhere.
    #[error("control character in the mail")]
    ControlCharacter,
    /// Longer than mail programs take.
    #[error("the link is too long")]
    TooLong,
}

/// Everything but letters, digits and the marks that RFC 3986 leaves alone.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The same in an address, whose `@` stays readable.
const ENCODED_ADDRESS: &AsciiSet = &ENCODED.remove(b'@');

/// A `mailto:` link with one address, subject and body and nothing else.
///
/// # Errors
/// See [`MailProblem`].
pub fn mailto(mail: &Mail) -> Result<String, MailProblem> {
    if !email_is_valid(&mail.to) {
        return Err(MailProblem::Address);
    }
    no_control_characters(mail)?;
    // RFC 6068: a line break in a body is written %0D%0A.
    let body = mail.body.replace('\n', "\r\n");
    let link = format!(
        "mailto:{}?subject={}&body={}",
        utf8_percent_encode(&mail.to, ENCODED_ADDRESS),
        utf8_percent_encode(&mail.subject, ENCODED),
        utf8_percent_encode(&body, ENCODED),
    );
    if link.len() > LONGEST_LINK { Err(MailProblem::TooLong) } else { Ok(link) }
}

/// One line in the subject; in the body line breaks and tabs, nothing else that can't be seen.
fn no_control_characters(mail: &Mail) -> Result<(), MailProblem> {
    let in_body = |c: char| c.is_control() && c != '\n' && c != '\t';
    let found = mail.subject.chars().any(char::is_control) || mail.body.chars().any(in_body);
    if found { Err(MailProblem::ControlCharacter) } else { Ok(()) }
}

/// Reads a link that [`mailto`] wrote; `None` for any other.
#[must_use]
pub fn read_mailto(link: &str) -> Option<Mail> {
    let (to, rest) = link.strip_prefix("mailto:")?.split_once("?subject=")?;
    let (subject, body) = rest.split_once("&body=")?;
    if [to, subject, body].iter().any(|part| part.contains(['&', '?', '#', '='])) {
        return None;
    }
    let decoded = |part: &str| percent_decode_str(part).decode_utf8().ok().map(|text| text.into_owned());
    Some(Mail { to: decoded(to)?, subject: decoded(subject)?, body: decoded(body)?.replace("\r\n", "\n") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mail(to: &str, subject: &str, body: &str) -> Mail {
        Mail { to: to.into(), subject: subject.into(), body: body.into() }
    }

    #[test]
    fn writes_only_address_subject_and_body() {
        let link = mailto(&mail("o'neill+x@example.ie", "Ä & B?", "a=1&b=2#c\nzwei")).unwrap();
        assert_eq!(
            link,
            "mailto:o%27neill%2Bx@example.ie?subject=%C3%84%20%26%20B%3F&body=a%3D1%26b%3D2%23c%0D%0Azwei"
        );
    }

    #[test]
    fn refuses_what_could_smuggle() {
        for to in ["", "a", "a@b.example?bcc=c@d.example", "a@b.example,c@d.example", "a@b.example\r\nBcc: x@y.example"]
        {
            assert_eq!(mailto(&mail(to, "s", "b")), Err(MailProblem::Address), "{to}");
        }
        assert_eq!(mailto(&mail("a@b.example", "s\nBcc: x", "b")), Err(MailProblem::ControlCharacter));
        assert_eq!(mailto(&mail("a@b.example", "s", "b\0")), Err(MailProblem::ControlCharacter));
        assert_eq!(mailto(&mail("a@b.example", "s", &"é".repeat(400))), Err(MailProblem::TooLong));
    }

    /// Characters that mean something in links, headers and transfers, and some that take more bytes.
    const SPECIAL: &str = "&#%?=+\"'<>:;,@\\/. äöüßÄÖÜ€“”–\u{a0}\u{2028}\u{200d}😀";

    /// A character from a number: ASCII, a special one, or any other that can be seen.
    fn character(number: u32) -> char {
        let other = || char::from_u32(0xa0 + number / 5 % 0x10_0000).unwrap_or('\u{e000}');
        match number % 5 {
            0..=2 => char::from(u8::try_from(0x20 + number / 5 % 0x5f).unwrap()),
            3 => SPECIAL.chars().nth(number as usize / 5 % SPECIAL.chars().count()).unwrap(),
            _ => other(),
        }
    }

    /// Any text of one line; one in fifty has a control character in it.
    pub(super) fn any_subject() -> impl Strategy<Value = String> {
        (proptest::collection::vec(any::<u32>(), 0..30), any::<u16>()).prop_map(|(numbers, odd)| {
            let mut text: String = numbers.into_iter().map(character).collect();
            if odd % 50 == 0 {
                text.push_str(["\r\nBcc: x@y.example", "\0", "\n", "\u{85}"][usize::from(odd / 50) % 4]);
            }
            text
        })
    }

    /// Any text with line breaks and tabs; one in fifty has another control character in it.
    pub(super) fn any_body() -> impl Strategy<Value = String> {
        (proptest::collection::vec(any::<u32>(), 0..60), any::<u16>()).prop_map(|(numbers, odd)| {
            let mut text: String = numbers
                .into_iter()
                .map(|number| match number % 97 {
                    0..=5 => '\n',
                    6..=8 => '\t',
                    9..=12 => ' ',
                    13 => '.',
                    _ => character(number / 97),
                })
                .collect();
            if odd % 50 == 0 {
                text.push(['\r', '\0', '\u{7f}', '\u{85}'][usize::from(odd / 50) % 4]);
            }
            text
        })
    }

    #[test]
    fn exactly_the_longest_link_fits_and_one_more_does_not() {
        let empty = mailto(&mail("a@b.example", "Betreff", "")).unwrap().len();
        let fits = mail("a@b.example", "Betreff", &"x".repeat(LONGEST_LINK - empty));
        let link = mailto(&fits).unwrap();
        assert_eq!(link.len(), LONGEST_LINK);
        assert_eq!(read_mailto(&link), Some(fits.clone()));
        assert_eq!(mailto(&Mail { body: format!("{}x", fits.body), ..fits }), Err(MailProblem::TooLong));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100_000))]
        #[test]
        fn reading_gives_back_what_was_written(
            to in "[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,12}@[a-z0-9]{1,10}\\.[a-z]{2,6}",
            subject in any_subject(),
            body in any_body(),
        ) {
            let written = mail(&to, &subject, &body);
            match mailto(&written) {
                Ok(link) => {
                    prop_assert!(link.is_ascii() && link.len() <= LONGEST_LINK);
                    prop_assert_eq!(link.matches('&').count(), 1);
                    prop_assert_eq!(link.matches('?').count(), 1);
                    prop_assert_eq!(link.matches('=').count(), 2);
                    // An independent reader finds the same two fields and nothing else.
                    let address = url::Url::parse(&link).unwrap();
                    let fields: Vec<(String, String)> = address.query().unwrap_or_default().split('&').map(|field| {
                        let (name, value) = field.split_once('=').unwrap();
                        (name.to_owned(), percent_decode_str(value).decode_utf8().unwrap().replace("\r\n", "\n"))
                    }).collect();
                    prop_assert_eq!(fields, [("subject".to_owned(), subject), ("body".to_owned(), body)]);
                    prop_assert_eq!(read_mailto(&link), Some(written));
                }
                Err(MailProblem::TooLong) => {}
                Err(problem) => {
                    prop_assert_eq!(problem, MailProblem::ControlCharacter);
                    let unseen = |c: char| c.is_control() && c != '\n' && c != '\t';
                    prop_assert!(subject.chars().any(char::is_control) || body.chars().any(unseen));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(link in "\\PC*") {
            let _ = read_mailto(&link);
            let _ = read_mailto(&format!("mailto:{link}?subject={link}&body={link}"));
        }
    }
}
