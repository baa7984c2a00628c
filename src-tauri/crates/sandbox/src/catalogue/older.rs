//! Offers of the older commerce that can still be bought here, so that clients from before new commerce find something
//! to order. Their prices don't show.

/// An older offer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OlderOffer {
    /// GUID.
    pub(crate) id: &'static str,
    /// Name.
    pub(crate) name: &'static str,
    /// Key and name of its category.
    pub(crate) category: (&'static str, &'static str),
    /// Most licences of one customer.
    pub(crate) maximum_quantity: u32,
    /// Base offers of an add-on.
    pub(crate) bases: &'static [&'static str],
}

/// All of them.
pub(crate) const OLDER_OFFERS: &[OlderOffer] = &[
    OlderOffer {
        id: "bd938f12-058f-4927-bba3-ae36b1d2501c",
        name: "Office 365 Business Essentials",
        category: ("SmallBusiness_Key", "Small Business"),
        maximum_quantity: 300,
        bases: &[],
    },
    OlderOffer {
        id: "031c9e47-4802-4248-838e-778fb1d2cc05",
        name: "Office 365 Business Premium",
        category: ("SmallBusiness_Key", "Small Business"),
        maximum_quantity: 300,
        bases: &[],
    },
    OlderOffer {
        id: "5c9fd4cc-edce-44a8-8e91-07df09744609",
        name: "Office 365 Business",
        category: ("SmallBusiness_Key", "Small Business"),
        maximum_quantity: 300,
        bases: &[],
    },
    OlderOffer {
        id: "796b6b5f-613c-4e24-a17c-eba730d49c02",
        name: "Office 365 Enterprise E3",
        category: ("Enterprise_Key", "Enterprise"),
        maximum_quantity: 10_000_000,
        bases: &[],
    },
    OlderOffer {
        id: "91fd106f-4b2c-4938-95ac-f54f74e9a239",
        name: "Office 365 Enterprise E1",
        category: ("Enterprise_Key", "Enterprise"),
        maximum_quantity: 10_000_000,
        bases: &[],
    },
    OlderOffer {
        id: "195416c1-3447-423a-b37b-ee59a99a19c4",
        name: "Exchange Online (Plan 1)",
        category: ("Enterprise_Key", "Enterprise"),
        maximum_quantity: 10_000_000,
        bases: &[],
    },
    OlderOffer {
        id: "6a7c1e0e-2f0a-4f6d-9f5e-0c1b7a5d3e21",
        name: "Exchange Online Archiving for Exchange Online",
        category: ("Enterprise_Key", "Enterprise"),
        maximum_quantity: 10_000_000,
        bases: &["195416c1-3447-423a-b37b-ee59a99a19c4", "bd938f12-058f-4927-bba3-ae36b1d2501c"],
    },
];

impl OlderOffer {
    /// By id, in any case.
    pub(crate) fn of(id: &str) -> Option<&'static Self> {
        OLDER_OFFERS.iter().find(|offer| offer.id.eq_ignore_ascii_case(id))
    }

    /// Stands on another.
    pub(crate) fn is_addon(&self) -> bool {
        !self.bases.is_empty()
    }
}
