//! Who can sign in: invented people of the provider, each with one thing that can be wrong, and one of another company.

use uuid::Uuid;

/// Tenant of the provider whose practice this is.
pub const PROVIDER_TENANT: Uuid = Uuid::from_u128(0x5b1f_7c62_93d4_4e0a_8a57_0f1e_62c9_4b10);
/// Tenant of another distributor.
pub const OTHER_TENANT: Uuid = Uuid::from_u128(0xc3a9_0e41_2f6b_4d75_b8d2_7714_a05e_9c33);
/// The app as it is to be registered: a native one, a public client.
pub const NATIVE_CLIENT: Uuid = Uuid::from_u128(0x1d0c_4a3e_58b6_4f29_9e63_3b7a_d25f_8801);
/// An app registered as a web app: its token requests want a secret, which a desktop app has not.
pub const WEB_CLIENT: Uuid = Uuid::from_u128(0x1d0c_4a3e_58b6_4f29_9e63_3b7a_d25f_8802);

/// Domain of the provider's tenant.
const PROVIDER_DOMAIN: &str = "nordhafen.onmicrosoft.com";
/// Domain of the other tenant.
const OTHER_DOMAIN: &str = "suedlicht.onmicrosoft.com";

/// Somebody who can sign in.
#[derive(Debug, PartialEq, Eq)]
pub struct Account {
    /// Object id in the tenant.
    pub oid: Uuid,
    /// Tenant.
    pub tenant: Uuid,
    /// User name.
    pub upn: &'static str,
    /// Name.
    pub name: &'static str,
    /// What the page says of the account.
    pub about: &'static str,
    /// Has a second factor.
    pub second_factor: bool,
    /// Is Admin agent or Sales agent.
    pub agent: bool,
}

const fn oid(last: u128) -> Uuid {
    Uuid::from_u128(0x8e24_3b90_61c7_4a1d_9f05_d3a8_4410_0000 + last)
}

/// All accounts.
pub const ACCOUNTS: &[Account] = &[
    Account {
        oid: oid(1),
        tenant: PROVIDER_TENANT,
        upn: "ada.keller@nordhafen.onmicrosoft.com",
        name: "Ada Keller",
        about: "Admin agent",
        second_factor: true,
        agent: true,
    },
    Account {
        oid: oid(2),
        tenant: PROVIDER_TENANT,
        upn: "ben.ortiz@nordhafen.onmicrosoft.com",
        name: "Ben Ortiz",
        about: "Sales agent",
        second_factor: true,
        agent: true,
    },
    Account {
        oid: oid(3),
        tenant: PROVIDER_TENANT,
        upn: "cleo.brandt@nordhafen.onmicrosoft.com",
        name: "Cleo Brandt",
        about: "Admin agent without a second factor",
        second_factor: false,
        agent: true,
    },
    Account {
        oid: oid(4),
        tenant: PROVIDER_TENANT,
        upn: "dan.novak@nordhafen.onmicrosoft.com",
        name: "Dan Novak",
        about: "No role in Partner Center",
        second_factor: true,
        agent: false,
    },
    Account {
        oid: oid(5),
        tenant: OTHER_TENANT,
        upn: "eva.lind@suedlicht.onmicrosoft.com",
        name: "Eva Lind",
        about: "Admin agent of another distributor",
        second_factor: true,
        agent: true,
    },
];

impl Account {
    /// By object id.
    pub(super) fn of(oid: Uuid) -> Option<&'static Self> {
        ACCOUNTS.iter().find(|account| account.oid == oid)
    }
}

/// What the path names: one tenant, or any organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// That tenant.
    Tenant(Uuid),
    /// Whichever the account is of.
    Any,
}

impl Place {
    /// From the first part of the path: an id, a domain, or a word for any. `None`: there is no such tenant.
    pub(super) fn of(text: &str) -> Option<Self> {
        let known = |tenant: &Uuid| *tenant == PROVIDER_TENANT || *tenant == OTHER_TENANT;
        match text.to_ascii_lowercase().as_str() {
            "organizations" | "common" => Some(Self::Any),
            PROVIDER_DOMAIN | crate::sample::PROVIDER_DOMAIN => Some(Self::Tenant(PROVIDER_TENANT)),
            OTHER_DOMAIN => Some(Self::Tenant(OTHER_TENANT)),
            other => other.parse().ok().filter(known).map(Self::Tenant),
        }
    }

    /// Whether an account of that tenant may sign in here.
    pub(super) fn takes(self, tenant: Uuid) -> bool {
        match self {
            Self::Any => true,
            Self::Tenant(own) => own == tenant,
        }
    }
}
