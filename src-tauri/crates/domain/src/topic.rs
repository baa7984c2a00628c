//! Topics: what a write touched. A screen re-reads when a topic that it declared was touched.

/// One kind of thing that screens show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    Workspace,
    Settings,
    Connection,
    Resellers,
    Customers,
    Subscriptions,
    Catalogue,
    Drafts,
    Outbox,
    SetupInfo,
    Practice,
    Partnerships,
    Journal,
    Sessions,
    SignIn,
    /// A change to many customers and how far it has come.
    Bulk,
}
