-- Schema 1: customers, resellers, subscriptions, catalogue and drafts. Never edited after a release; a change is a new file.
-- Times are UTC in nanoseconds since 1970; ids are UUIDs as text; words are the snake-case names of domain enums.

CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE country_rules (
    country TEXT NOT NULL PRIMARY KEY,
    rules TEXT NOT NULL -- Partner Center's answer as the last successful look-up brought it, JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE resellers (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL, -- folded name: sorts and is searched
    folded TEXT NOT NULL, -- all searched words, folded
    tenant_id TEXT, -- NULL until the partnership is active
    partner_id TEXT, -- PLA; NULL while unknown
    country TEXT NOT NULL,
    partnership TEXT NOT NULL,
    partnership_since INTEGER,
    fitness TEXT NOT NULL,
    fitness_checked_at INTEGER,
    contact_name TEXT NOT NULL,
    contact_role TEXT NOT NULL,
    contact_email TEXT NOT NULL,
    contact_phone TEXT NOT NULL,
    town TEXT NOT NULL,
    last_activity_at INTEGER
) STRICT;
CREATE UNIQUE INDEX resellers_tenant ON resellers (tenant_id) WHERE tenant_id IS NOT NULL;
CREATE INDEX resellers_partner ON resellers (partner_id) WHERE partner_id IS NOT NULL;
CREATE INDEX resellers_name ON resellers (name_key);

CREATE TABLE customers (
    number INTEGER NOT NULL PRIMARY KEY, -- ties in sorting, and the row number of the text index
    id TEXT NOT NULL UNIQUE,
    tenant_id TEXT, -- NULL until Partner Center has made it
    name TEXT NOT NULL,
    name_key TEXT NOT NULL, -- folded name: sorts
    alias TEXT NOT NULL,
    domain_prefix TEXT NOT NULL,
    country TEXT NOT NULL,
    town TEXT NOT NULL,
    town_key TEXT NOT NULL, -- folded town: finds duplicates
    contact_name TEXT NOT NULL,
    contact_email TEXT NOT NULL,
    registration_number TEXT NOT NULL,
    registration_key TEXT NOT NULL, -- letters and digits only: finds duplicates
    reseller_id TEXT REFERENCES resellers (id), -- NULL for a direct customer
    reseller_key TEXT NOT NULL, -- name_key of that reseller, kept in step so that the list can be sorted by it
    review TEXT NOT NULL,
    agreement TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    confirmed_at INTEGER, -- NULL while only wanted
    folded TEXT NOT NULL, -- all searched words, folded
    subscription_count INTEGER NOT NULL DEFAULT 0, -- kept by the triggers of subscriptions
    seat_count INTEGER NOT NULL DEFAULT 0 -- kept by the triggers of subscriptions
) STRICT;
CREATE UNIQUE INDEX customers_tenant ON customers (tenant_id) WHERE tenant_id IS NOT NULL;
CREATE INDEX customers_prefix ON customers (domain_prefix COLLATE NOCASE);
CREATE INDEX customers_registration ON customers (registration_key) WHERE registration_key <> '';
CREATE INDEX customers_town ON customers (town_key, name_key);
CREATE INDEX customers_name ON customers (name_key, number);
CREATE INDEX customers_country ON customers (country, name_key, number);
CREATE INDEX customers_reseller_name ON customers (reseller_key, name_key, number);
CREATE INDEX customers_subscriptions ON customers (subscription_count, number);
CREATE INDEX customers_seats ON customers (seat_count, number);
CREATE INDEX customers_of_reseller ON customers (reseller_id, created_at, seat_count);

-- Parts of words: trigrams over the folded text, whose only home is the table itself.
CREATE VIRTUAL TABLE customers_text USING fts5 (folded, content = 'customers', content_rowid = 'number', tokenize = 'trigram');
CREATE TRIGGER customers_text_insert AFTER INSERT ON customers BEGIN
    INSERT INTO customers_text (rowid, folded) VALUES (NEW.number, NEW.folded);
END;
CREATE TRIGGER customers_text_update AFTER UPDATE OF folded ON customers WHEN OLD.folded <> NEW.folded BEGIN
    INSERT INTO customers_text (customers_text, rowid, folded) VALUES ('delete', OLD.number, OLD.folded);
    INSERT INTO customers_text (rowid, folded) VALUES (NEW.number, NEW.folded);
END;
CREATE TRIGGER customers_text_delete AFTER DELETE ON customers BEGIN
    INSERT INTO customers_text (customers_text, rowid, folded) VALUES ('delete', OLD.number, OLD.folded);
END;

CREATE TABLE subscriptions (
    number INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    remote_id TEXT, -- NULL until provisioned
    order_id TEXT,
    operation_id TEXT, -- the checkout that orders it, while wanted
    commerce TEXT NOT NULL,
    product_id TEXT NOT NULL,
    sku_id TEXT NOT NULL,
    product_name TEXT NOT NULL,
    folded TEXT NOT NULL, -- all searched words, folded
    quantity INTEGER NOT NULL,
    term TEXT NOT NULL,
    cycle TEXT NOT NULL,
    price_minor INTEGER, -- of one licence and billing period; NULL where unknown
    price_currency TEXT,
    status TEXT NOT NULL,
    auto_renew INTEGER NOT NULL,
    reseller_of_record TEXT REFERENCES resellers (id),
    ends_at INTEGER,
    cancellable_until INTEGER,
    created_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    -- Holds licences now: counted as seats, listed as live.
    is_live INTEGER NOT NULL GENERATED ALWAYS AS (status IN ('wanted', 'none', 'active', 'pending', 'suspended')) STORED,
    CHECK ((price_minor IS NULL) = (price_currency IS NULL))
) STRICT;
CREATE UNIQUE INDEX subscriptions_remote ON subscriptions (remote_id) WHERE remote_id IS NOT NULL;
CREATE INDEX subscriptions_customer ON subscriptions (customer_id, created_at);
CREATE INDEX subscriptions_window ON subscriptions (cancellable_until) WHERE is_live = 1 AND cancellable_until IS NOT NULL;
CREATE INDEX subscriptions_end ON subscriptions (ends_at, auto_renew) WHERE is_live = 1 AND ends_at IS NOT NULL;

CREATE TRIGGER subscriptions_count_insert AFTER INSERT ON subscriptions BEGIN
    UPDATE customers SET subscription_count = subscription_count + (NEW.status <> 'deleted'),
        seat_count = seat_count + iif(NEW.is_live, NEW.quantity, 0)
    WHERE id = NEW.customer_id;
END;
CREATE TRIGGER subscriptions_count_update AFTER UPDATE ON subscriptions
WHEN OLD.status <> NEW.status OR OLD.quantity <> NEW.quantity OR OLD.customer_id <> NEW.customer_id BEGIN
    UPDATE customers SET subscription_count = subscription_count - (OLD.status <> 'deleted'),
        seat_count = seat_count - iif(OLD.is_live, OLD.quantity, 0)
    WHERE id = OLD.customer_id;
    UPDATE customers SET subscription_count = subscription_count + (NEW.status <> 'deleted'),
        seat_count = seat_count + iif(NEW.is_live, NEW.quantity, 0)
    WHERE id = NEW.customer_id;
END;
CREATE TRIGGER subscriptions_count_delete AFTER DELETE ON subscriptions BEGIN
    UPDATE customers SET subscription_count = subscription_count - (OLD.status <> 'deleted'),
        seat_count = seat_count - iif(OLD.is_live, OLD.quantity, 0)
    WHERE id = OLD.customer_id;
END;

CREATE VIRTUAL TABLE subscriptions_text USING fts5 (folded, content = 'subscriptions', content_rowid = 'number', tokenize = 'trigram');
CREATE TRIGGER subscriptions_text_insert AFTER INSERT ON subscriptions BEGIN
    INSERT INTO subscriptions_text (rowid, folded) VALUES (NEW.number, NEW.folded);
END;
CREATE TRIGGER subscriptions_text_update AFTER UPDATE OF folded ON subscriptions WHEN OLD.folded <> NEW.folded BEGIN
    INSERT INTO subscriptions_text (subscriptions_text, rowid, folded) VALUES ('delete', OLD.number, OLD.folded);
    INSERT INTO subscriptions_text (rowid, folded) VALUES (NEW.number, NEW.folded);
END;
CREATE TRIGGER subscriptions_text_delete AFTER DELETE ON subscriptions BEGIN
    INSERT INTO subscriptions_text (subscriptions_text, rowid, folded) VALUES ('delete', OLD.number, OLD.folded);
END;

CREATE TABLE offers (
    country TEXT NOT NULL,
    segment TEXT NOT NULL,
    product_id TEXT NOT NULL,
    sku_id TEXT NOT NULL,
    position INTEGER NOT NULL, -- order of the list it came from
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    family TEXT NOT NULL,
    minimum_quantity INTEGER NOT NULL,
    maximum_quantity INTEGER NOT NULL,
    is_trial INTEGER NOT NULL,
    is_addon INTEGER NOT NULL,
    prerequisites TEXT NOT NULL, -- keys of base products, JSON
    plans TEXT NOT NULL, -- terms, cycles and prices, JSON
    prices_from TEXT, -- ISO date of the price list; NULL without one
    PRIMARY KEY (country, segment, product_id, sku_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE favourites (
    product_id TEXT NOT NULL,
    sku_id TEXT NOT NULL,
    PRIMARY KEY (product_id, sku_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT, -- the customer it adds to or mends; NULL for a new one
    purpose TEXT NOT NULL, -- JSON
    revision INTEGER NOT NULL, -- grows by one with each save
    step TEXT NOT NULL,
    focus TEXT NOT NULL,
    content TEXT NOT NULL, -- exactly what was typed, JSON
    created_at INTEGER NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT;
CREATE INDEX drafts_saved ON drafts (saved_at);
CREATE INDEX drafts_customer ON drafts (customer_id) WHERE customer_id IS NOT NULL;

CREATE TABLE onboardings (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    reseller_id TEXT,
    reseller_of_record TEXT,
    purpose TEXT NOT NULL, -- JSON
    content TEXT NOT NULL, -- as submitted, JSON
    hash TEXT NOT NULL, -- of the frozen payloads that the person reviewed
    submitted_at INTEGER NOT NULL
) STRICT;
CREATE INDEX onboardings_submitted ON onboardings (submitted_at);
