//! Partnership requests: the link and the templates in Settings, drafts, handing over to the mail program, several at
//! once, and what became of each. Handed over is never sent.

pub(crate) mod convert;
mod draft;
mod hand_over;
mod list;
pub(crate) mod settings;
mod step;
#[cfg(test)]
mod tests;

pub(crate) use step::close_requests;
