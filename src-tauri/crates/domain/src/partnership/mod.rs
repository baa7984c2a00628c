//! Partnership requests: the invitation of a reseller by mail, its link, and what becomes of it.
//!
//! Partner Center names nobody as "requested" and announces no answer, so the whole course of a request is the book's
//! own (domain facts, partnership request).

mod check;
mod columns;
mod link;
mod list;
mod request;

pub use check::{REQUEST_KEYS, check_partner_id, check_request, check_tenant_id};
pub use link::{InvitationLink, LinkKind, LinkProblem, read_link};
pub use list::{ListProblem, ListRow, MOST_ROWS, ReadList, read_list};
pub use request::{
    EditedText, PartnershipRequest, REMIND_AFTER, RequestForm, RequestKind, RequestStage, RequestState, stage,
};
