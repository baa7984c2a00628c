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
