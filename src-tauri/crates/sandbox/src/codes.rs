//! Error codes the sandbox answers with, named once. Numbers are Partner Center's where it publishes one.

/// Domain belongs to another tenant. Not published by Partner Center; this number is the sandbox's own choice.
pub const DOMAIN_TAKEN: u32 = 600_071;
/// No bearer token.
pub const NO_TOKEN: u32 = 800_001;
/// Required members are missing.
pub const DETAILS_MISSING: u32 = 2001;
/// A value that cannot be read (filter, continuation token, identifier).
pub const BAD_VALUE: u32 = 2000;
/// E-mail address not accepted.
pub const EMAIL: u32 = 27_002;
/// Address not accepted on create; the reseller's PartnerID is unknown (404) in the profile lookup.
pub const ADDRESS_OR_PARTNER: u32 = 3000;
/// Input not accepted.
pub const INPUT: u32 = 800_002;
/// Something broke in the service.
pub const SERVICE: u32 = 800_003;
/// Registration number given where none is taken.
pub const REGISTRATION_NOT_TAKEN: u32 = 600_002;
/// Registration number missing.
pub const REGISTRATION_MISSING: u32 = 600_049;
/// Registration number in a wrong form.
pub const REGISTRATION_FORM: u32 = 600_050;
/// Changed since it was read (`If-Match`).
pub const STALE: u32 = 2055;
/// Phone number missing or in a wrong form.
pub const PHONE: u32 = 600_051;
/// Country not sold by this partner.
pub const COUNTRY: u32 = 2030;
/// Customer not found.
pub const CUSTOMER: u32 = 1000;
/// Not an indirect reseller.
pub const NOT_A_RESELLER: u32 = 800_016;
/// Partnership not active.
pub const RESELLER_INACTIVE: u32 = 900_154;
/// Reseller has not signed the Microsoft Partner Agreement.
pub const RESELLER_UNSIGNED: u32 = 900_123;
/// Agreement status: neither or both identifiers.
pub const AGREEMENT_STATUS_INPUT: u32 = 2001;
/// Agreement status: PartnerID unknown.
pub const AGREEMENT_STATUS_PARTNER: u32 = 2200;
/// Agreement status: tenant unknown.
pub const AGREEMENT_STATUS_TENANT: u32 = 2205;
/// Agreement attested already.
pub const ATTESTED: u32 = 600_061;
/// No Microsoft Customer Agreement.
pub const AGREEMENT_MISSING: u32 = 13_605;
/// Account under review.
pub const UNDER_REVIEW: u32 = 800_073;
/// Product unknown.
pub const PRODUCT: u32 = 400_013;
/// SKU unknown.
pub const SKU: u32 = 400_018;
/// Availability unknown or out of date.
pub const AVAILABILITY: u32 = 400_019;
/// Segment not sold.
pub const SEGMENT: u32 = 400_030;
/// View unknown.
pub const VIEW: u32 = 400_036;
/// Add-on without a base.
pub const ADDON_BASE: u32 = 400_041;
/// Cart unknown or expired.
pub const CART: u32 = 800_008;
/// Cart has line errors.
pub const CART_LINES: u32 = 800_009;
/// Cart was checked out.
pub const CART_DONE: u32 = 800_065;
/// Order unknown.
pub const ORDER: u32 = 20_007;
/// Subscription unknown.
pub const SUBSCRIPTION: u32 = 2011;
/// Term not sold.
pub const TERM: u32 = 900_268;
/// Billing cycle not sold with the term.
pub const CYCLE: u32 = 900_269;
/// Licences can't go back: the window has closed.
pub const SEATS_WINDOW: u32 = 900_214;
/// It can't be cancelled: the window has closed.
pub const CANCEL_WINDOW: u32 = 900_213;
/// Suspended or cancelled.
pub const NOT_ACTIVE: u32 = 800_091;
/// Nothing can be moved to that product.
pub const NO_TRANSITION: u32 = 900_236;
/// Quantity outside the limits.
pub const QUANTITY: u32 = 900_275;
/// Attestation of the partner on record missing.
pub const ATTESTATION: u32 = 900_206;
/// Too many licences for one customer.
pub const SEATS: u32 = 800_066;
/// Asset limit of the customer reached.
pub const ASSETS: u32 = 800_089;
/// Line error: currency.
pub const LINE_CURRENCY: u32 = 10_000;
/// Line error: quantity.
pub const LINE_SEATS: u32 = 10_015;
/// The partner on record cannot be changed for this subscription.
pub const RECORD_NOT_SUPPORTED: u32 = 800_098;
/// The provider's own PartnerID given as the reseller's.
pub const OWN_RECORD: u32 = 2072;
/// A user has to be signed in: an application alone may not.
pub const USER_NEEDED: u32 = 900_329;
/// The token was made for another service.
pub const AUDIENCE: u32 = 900_420;
/// The user signed in without a second factor.
pub const MFA: u32 = 900_421;
/// The customer has active subscriptions.
pub const STILL_ACTIVE: u32 = 20_010;
/// User unknown.
pub const USER: u32 = 60_002;
/// Offer unknown.
pub const OFFER: u32 = 600_013;
/// The signed-in user has no role that may do this.
pub const ROLE: u32 = 2032;
/// A user with that name exists.
pub const USER_EXISTS: u32 = 60_015;
/// Quantity not accepted.
pub const OLDER_QUANTITY: u32 = 2002;
