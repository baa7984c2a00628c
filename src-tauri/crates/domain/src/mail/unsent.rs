//! A mail as an unsent message in a file: what a mail link is too short for (W4).

use super::{Mail, MailProblem};
use crate::check::email_is_valid;
use jiff::Timestamp;
use mail_builder::MessageBuilder;
use mail_builder::headers::raw::Raw;
use uuid::Uuid;

/// The bytes of an `.eml` file. `X-Unsent: 1` makes mail programs open it as a draft to be sent, not as a mail received.
///
/// # Errors
/// `Address` and `ControlCharacter` as with a mail link.
pub fn unsent_message(mail: &Mail, id: Uuid, at: Timestamp) -> Result<Vec<u8>, MailProblem> {
    if !email_is_valid(&mail.to) {
        return Err(MailProblem::Address);
    }
    super::no_control_characters(mail)?;
    MessageBuilder::new()
        .header("X-Unsent", Raw::new("1"))
        .to(mail.to.as_str())
        .subject(mail.subject.as_str())
        .date(at.as_second())
        // Without one, the builder would ask the system for its name.
        .message_id(format!("{id}@channelbook.invalid"))
        .text_body(mail.body.replace('\n', "\r\n"))
        .write_to_vec()
        .map_err(|_| MailProblem::ControlCharacter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::tests::{any_body, any_subject};
    use mail_parser::{HeaderName, MessageParser};
    use proptest::prelude::*;

    fn message(to: &str, subject: &str, body: &str) -> Result<Vec<u8>, MailProblem> {
        let mail = Mail { to: to.into(), subject: subject.into(), body: body.into() };
        unsent_message(&mail, Uuid::from_u128(7), Timestamp::from_second(1_800_000_000).unwrap())
    }

    /// Recipient, subject and body as another program reads them, and the names of all headers.
    fn read(bytes: &[u8]) -> (String, String, String, Vec<String>) {
        let read = MessageParser::default().parse(bytes).unwrap();
        let to = read.to().and_then(|to| to.first()).and_then(|to| to.address()).unwrap().to_owned();
        let mut names: Vec<String> = read.headers().iter().map(|header| header.name.as_str().to_owned()).collect();
        names.sort();
        let body = read.body_text(0).unwrap_or_default().replace("\r\n", "\n");
        (to, read.subject().unwrap_or_default().to_owned(), body, names)
    }

    const HEADERS: &[&str] = &[
        "Content-Transfer-Encoding",
        "Content-Type",
        "Date",
        "MIME-Version",
        "Message-ID",
        "Subject",
        "To",
        "X-Unsent",
    ];

    #[test]
    fn is_a_draft_with_umlauts_that_another_program_reads() {
        let body =
            format!("Guten Tag Frau Öller,\n\nGrüße & „Dank“ = 100 %\t#1\n.\nFrom hier\n{}", "lang ".repeat(900));
        let bytes = message("kaja@oeller.example", "Anfrage für Öller & Söhne", &body).unwrap();
        let (to, subject, read_body, names) = read(&bytes);
        assert_eq!((to.as_str(), subject.as_str()), ("kaja@oeller.example", "Anfrage für Öller & Söhne"));
        assert_eq!(read_body, body);
        assert_eq!(names, HEADERS);
        let parsed = MessageParser::default().parse(&bytes).unwrap();
        let unsent = parsed.header(HeaderName::Other("X-Unsent".into())).and_then(|value| value.as_text());
        assert_eq!(unsent, Some("1"));
        assert!(bytes.is_ascii(), "any transport takes it");
        assert!(bytes.split(|b| *b == b'\n').all(|line| line.len() <= 998), "no line is longer than mail allows");
    }

    #[test]
    fn refuses_what_could_smuggle_a_header() {
        assert_eq!(message("a@b.example\r\nBcc: c@d.example", "s", "b"), Err(MailProblem::Address));
        assert_eq!(message("a@b.example", "s\r\nBcc: c@d.example", "b"), Err(MailProblem::ControlCharacter));
        assert_eq!(message("a@b.example", "s", "b\u{0}"), Err(MailProblem::ControlCharacter));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100_000))]
        #[test]
        fn another_program_reads_what_was_written(
            to in "[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,12}@[a-z0-9]{1,10}\\.[a-z]{2,6}",
            subject in any_subject(),
            body in any_body(),
        ) {
            let subject = subject.trim().to_owned();
            match message(&to, &subject, &body) {
                Ok(bytes) => {
                    let (read_to, read_subject, read_body, names) = read(&bytes);
                    prop_assert_eq!(names, HEADERS);
                    prop_assert_eq!((read_to, read_subject, read_body), (to, subject, body));
                }
                Err(problem) => {
                    prop_assert_eq!(problem, MailProblem::ControlCharacter);
                    let unseen = |c: char| c.is_control() && c != '\n' && c != '\t';
                    prop_assert!(subject.chars().any(char::is_control) || body.chars().any(unseen));
                }
            }
        }
    }
}
