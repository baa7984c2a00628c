CREATE TABLE setting (
    -- 'faults' holds the switches as JSON.
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE refused_domain (
    -- A prefix the fault "domain taken" gave away: it stays taken, so that repeated tries agree.
    domain TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE reseller (
    tenant_id TEXT NOT NULL PRIMARY KEY,
    mpn_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    state TEXT NOT NULL,
    -- 1 when the Microsoft Partner Agreement is signed.
    signed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE customer (
    -- Order of creation; also the place in a paged list.
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    -- Full name in lower case, ending in .onmicrosoft.com.
    domain TEXT NOT NULL UNIQUE,
    -- Lower case, for filters.
    company TEXT NOT NULL,
    country TEXT NOT NULL,
    reseller_tenant TEXT,
    -- Allowed, UnderReview.
    review TEXT NOT NULL,
    review_at TEXT NOT NULL,
    -- Unix seconds.
    created_at INTEGER NOT NULL,
    -- The resource as GET answers it.
    document TEXT NOT NULL
) STRICT;

CREATE TABLE agreement (
    customer_id TEXT NOT NULL REFERENCES customer (id),
    agreement_type TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (customer_id, agreement_type)
) STRICT, WITHOUT ROWID;

CREATE TABLE cart (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customer (id),
    -- Unix seconds.
    expires_at INTEGER NOT NULL,
    document TEXT NOT NULL,
    -- First checkout answer, repeated for ever.
    result TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_order (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    customer_id TEXT NOT NULL REFERENCES customer (id),
    -- Unix seconds from which subscription ids show.
    provisioned_at INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT;
CREATE INDEX customer_order_of ON customer_order (customer_id);

CREATE TABLE subscription (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    customer_id TEXT NOT NULL REFERENCES customer (id),
    order_id TEXT NOT NULL,
    -- product:sku:availability, or the GUID of an older offer.
    offer_id TEXT NOT NULL,
    -- product:sku, empty for an older offer.
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    term TEXT NOT NULL,
    cycle TEXT NOT NULL,
    status TEXT NOT NULL,
    auto_renew INTEGER NOT NULL,
    trial INTEGER NOT NULL,
    -- PartnerID of the reseller of record.
    partner_id TEXT,
    -- Unix seconds of the purchase, which begins the first term.
    created_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL
) STRICT;
CREATE INDEX subscription_of ON subscription (customer_id);

CREATE TABLE answer (
    -- Idempotency memory: what was answered to a changing request, for 24 hours.
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    -- A hash of it: see answers.rs.
    request_id BLOB NOT NULL,
    status INTEGER NOT NULL,
    body BLOB NOT NULL,
    -- Unix seconds.
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (method, path, request_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_age ON answer (answered_at);
