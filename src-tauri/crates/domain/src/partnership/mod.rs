//! Partnership requests: the invitation of a reseller by mail, its link, and what becomes of it.
//!
//! Partner Center names nobody as "requested" and announces no answer, so the whole course of a request is the book's
//! own (domain facts, partnership request).

mod link;
mod request;

pub use link::{InvitationLink, LinkKind, LinkProblem, read_link};
pub use request::{
    EditedText, PartnershipRequest, REMIND_AFTER, RequestForm, RequestKind, RequestStage, RequestState, stage,
};
