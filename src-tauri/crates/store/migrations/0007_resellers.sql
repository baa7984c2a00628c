-- Schema 7: what the book keeps of resellers beside Partner Center: checks, notes, tags, support contact, news, and
-- partnerships that nobody has been found for yet. Also invitations of customers who have a tenant already.

CREATE TABLE reseller_checks (
    reseller_id TEXT NOT NULL PRIMARY KEY REFERENCES resellers (id),
    agreement_signed INTEGER, -- NULL: not answered
    on_record INTEGER, -- its PartnerID may stand on record; NULL: not answered
    code INTEGER NOT NULL, -- Partner Center's code where it may not; 0 without one
    checked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reseller_notes (
    reseller_id TEXT NOT NULL PRIMARY KEY REFERENCES resellers (id),
    note TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reseller_tags (
    reseller_id TEXT NOT NULL REFERENCES resellers (id),
    tag_key TEXT NOT NULL, -- folded: the same tag in another writing is the same tag
    tag TEXT NOT NULL,
    PRIMARY KEY (reseller_id, tag_key)
) STRICT, WITHOUT ROWID;

-- Who supports the subscriptions of this reseller's customers unless somebody decides otherwise. No row: the provider.
CREATE TABLE reseller_support (
    reseller_id TEXT NOT NULL PRIMARY KEY REFERENCES resellers (id),
    contact TEXT NOT NULL REFERENCES resellers (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE reseller_news (
    number INTEGER NOT NULL PRIMARY KEY, -- running
    reseller_id TEXT NOT NULL REFERENCES resellers (id),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL, -- a name, a word or a number, by kind
    seen_at INTEGER -- NULL while Home still tells it; news that is only journal is born seen
) STRICT;
CREATE INDEX reseller_news_of ON reseller_news (reseller_id, number);
CREATE INDEX reseller_news_unseen ON reseller_news (number) WHERE seen_at IS NULL;
CREATE TRIGGER reseller_news_no_delete BEFORE DELETE ON reseller_news BEGIN
    SELECT raise(ABORT, 'history is never deleted');
END;
CREATE TRIGGER reseller_news_no_update BEFORE UPDATE ON reseller_news
WHEN OLD.reseller_id <> NEW.reseller_id OR OLD.at <> NEW.at OR OLD.kind <> NEW.kind OR OLD.detail <> NEW.detail
    OR OLD.seen_at IS NOT NULL BEGIN
    SELECT raise(ABORT, 'history is never changed');
END;

-- Partnerships that Partner Center lists and a person must place.
CREATE TABLE seen_partnerships (
    tenant_id TEXT NOT NULL PRIMARY KEY,
    partner_id TEXT,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    candidates TEXT NOT NULL, -- ids of resellers that it may be, JSON
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_invitations (
    id TEXT NOT NULL PRIMARY KEY,
    reseller_id TEXT REFERENCES resellers (id), -- NULL: for the provider alone
    state TEXT NOT NULL CHECK (state IN ('draft', 'requested', 'connected', 'given_up')),
    company TEXT NOT NULL,
    company_key TEXT NOT NULL, -- folded core of the name: recognises the customer
    domain TEXT NOT NULL, -- prefix or domain where known, lower case; empty otherwise
    contact_name TEXT NOT NULL,
    email TEXT NOT NULL,
    country TEXT NOT NULL,
    language TEXT NOT NULL,
    edited_de TEXT, -- changed text, JSON; NULL while it is the template's
    edited_en TEXT,
    created_at INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    opened_at INTEGER, -- handed to the mail program, which is not sent
    copied_at INTEGER,
    requested_at INTEGER,
    closed_at INTEGER,
    customer_id TEXT REFERENCES customers (id), -- who it turned out to be
    CHECK (state = 'draft' OR requested_at IS NOT NULL),
    CHECK (state NOT IN ('connected', 'given_up') OR closed_at IS NOT NULL),
    CHECK (state <> 'connected' OR customer_id IS NOT NULL)
) STRICT;
CREATE INDEX customer_invitations_open ON customer_invitations (state, requested_at) WHERE state IN ('draft', 'requested');
CREATE TRIGGER customer_invitations_transition BEFORE UPDATE ON customer_invitations
WHEN OLD.state <> NEW.state AND NOT (
    (OLD.state = 'draft' AND NEW.state = 'requested')
    OR (OLD.state = 'requested' AND NEW.state IN ('connected', 'given_up'))
    OR (OLD.state = 'given_up' AND NEW.state = 'connected')
) BEGIN
    SELECT raise(ABORT, 'this step of an invitation is not in the table of states');
END;
CREATE TRIGGER customer_invitations_no_delete BEFORE DELETE ON customer_invitations WHEN OLD.state <> 'draft' BEGIN
    SELECT raise(ABORT, 'only a draft can be discarded');
END;
