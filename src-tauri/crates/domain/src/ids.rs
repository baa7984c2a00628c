//! Ids as newtypes, so that a customer's id can't be handed over as a draft's.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { Ok(Self(Uuid::parse_str(text)?)) }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }
    )*};
}

ids! {
    /// A distributor's book.
    WorkspaceId;
    /// A reseller in the book (not its tenant ID, which Partner Center owns).
    ResellerId;
    /// A customer in the book; it exists before Partner Center has made the tenant.
    CustomerId;
    /// A subscription in the book; it exists before Partner Center has provisioned it.
    SubscriptionId;
    /// A half-filled wizard.
    DraftId;
    /// One Submit: the operations that belong together share it.
    OnboardingId;
    /// A visit or an event under which operations are collected.
    SessionId;
    /// An invitation of a customer who has a tenant already.
    CustomerInvitationId;
    /// One change meant for Partner Center.
    OperationId;
    /// A partnership request: one mail that asks a reseller, or reminds it.
    PartnershipRequestId;
    /// An Entra tenant, of a reseller or a customer. Also called Microsoft ID.
    TenantId;
    /// `MS-RequestId`: one per intent revision (rule S8).
    RequestKey;
    /// `MS-CorrelationId`: new for every request.
    CorrelationId;
}
