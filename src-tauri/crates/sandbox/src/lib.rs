//! The practice Partner Center: the same wire format, its own state on disk, no port needed.
//!
//! [`Sandbox::router`] is called in process (`tower::ServiceExt::oneshot`); the state lives in `sandbox.db` in the
//! folder given to [`Sandbox::open`] and survives a kill at any moment: what a request changed and the answer that is
//! remembered for its `MS-RequestId` are written in one transaction.
//!
//! # An answer that gets lost
//!
//! With [`Faults::lose_next_answer`] the next *changing* request is carried out and committed, then answered with
//! status 599, an empty body and the header [`LOST_HEADER`]` : 1`. The in-process transport turns that into a
//! connection that broke before the answer came. The switch turns itself off. Reads, address checks and reseller
//! checks do not use it up.
//!
//! # Choices where Partner Center publishes nothing
//!
//! | matter | choice |
//! | --- | --- |
//! | authorisation | any `Authorization: Bearer …` is taken; without one 401 with 800001 |
//! | domain taken | HEAD 200; create answers 409 with [`codes::DOMAIN_TAKEN`], `data: ["companyProfile.domain"]` |
//! | `Faults::domain_taken` | the prefix of the next create is refused and stays taken for good (HEAD then says so too); the switch turns itself off, so a fallback prefix goes through |
//! | bad address on create | 400 with 3000, `data` names the member (`billingProfile.defaultAddress.postalCode` …) |
//! | missing member on create | 400 with 2001 "Customer details are missing", `data` names all of them |
//! | bad e-mail | 400 with 27002; also for `@microsoft.com` and the provider's own domain; the tenant is *not* made |
//! | bad name, culture, domain form | 400 with 800002, `data` names the member |
//! | registration number, phone | 600049 missing, 600050 wrong form, 600002 given where the country takes none, 600051 phone missing or wrong form. A leading `+` and calling code are taken off before the phone pattern is tried |
//! | reseller on create | unknown 400 with 800016; agreement not signed 403 with 900123 |
//! | `MS-RequestId` memory | per method and path, 24 hours, 2xx answers only (the credentials included); a repeat gets the stored answer with [`REPEATED_HEADER`]` : 1`. A refusal is worked out anew each time |
//! | billing profile | a PUT without the newest `If-Match`: 400 with 2055; the country cannot be changed |
//! | `Faults::agreement_refused`, `prices_up`, `partial_checkout` | the next attestation is refused with 27002; carts and orders ask a tenth more; the last of several groups of the next checkout is refused with 800066 |
//! | throttling | while the switch is on, everything under `/v1/customers` answers 429 in the gateway's shape with `Retry-After: 5` |
//! | account review | customers made while the switch is on are `UnderReview` until it is turned off, then `Allowed`; checkout meanwhile 403 with 800073. Carts can be made |
//! | agreement template | attesting with an unknown template: 400 with 800002; twice: 403 with 600061 |
//! | cart lines | wrong product, SKU, availability: 404 with 400013, 400018, 400019. Term not sold: 400 with 900268; cycle not sold with it: 900269. Participant unknown 800016, partnership not active 900154, agreement not signed 403 with 900123; attestation missing 900206. Add-on without its base 400 with 400041. Quantity outside the limits and foreign currency: 201 with a line error 10015, 10000 |
//! | checkout | agreement missing 403 with 13605; line errors 400 with 800009; prices as in the price sheet |
//! | order groups | one per billing cycle. More than 300 seats of one business plan per customer: 800066; a second trial of the same SKU: 800089. Some groups may fail beside others; when all fail, the first one's refusal is the answer |
//! | finished cart | the first result again, 201, under any request id |
//! | subscription ids | at once; [`Options::provision_delay`] puts them off |
//! | passing time | terms renew, windows close and unrenewed terms expire by the clock, worked out at each read |
//! | trials | 25 seats, one month, not renewed |
//! | add-on bases | an active new-commerce subscription of the tenant or a line of the same cart; older offers do not count |
//! | direct signature | a customer whose agreement nobody attested accepts it by himself five minutes after creation ([`Options::signs_after`]); then `isSigned` is true and checkout goes through |
//! | address check | town in small letters: `InteractionRequired` with a suggestion; street without a number: `StreetPartial`; against the country's rules: `None`; else `VerifiedShippable` |
//! | countries without rules of their own | nothing required but a town; the 24 countries of the registration list also ask for number and phone |
//! | power cut | may take the last commits, a kill none |
//! | `totalCount` | counts the page |
//! | `size` | absent or 0: up to 500 on a page |
//! | byte order mark | on 2xx bodies, but not under `/customers/{id}/products`; [`Options::bom`] turns it off |
//! | least quantity of a plan | `terms[].minimumQuantity`, a member of this sandbox only |
//! | product family | `dynamicAttributes.category` of the SKU |
//! | price sheet | CSV, not zipped; unknown market 404 with 400013 |
//! | country not sold | 403 with 2030 |
//!
//! Sign-in has an authority of its own: [`authority::Authority`].

#![expect(clippy::disallowed_methods, reason = "it plays a server, which has a clock and ids of its own")]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")
)]

pub mod authority;
mod catalogue;
mod clock;
pub mod codes;
mod error;
mod http;
mod reseller_day;
mod routes;
mod rules;
pub mod sample;
mod sandbox;
mod state;

pub use clock::WallClock;
pub use error::SandboxError;
pub use http::{LOST_HEADER, LOST_STATUS, REPEATED_HEADER};
pub use reseller_day::ResellerEvent;
pub use sandbox::{Faults, Options, Sandbox};
