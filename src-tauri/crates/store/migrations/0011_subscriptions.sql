-- Schema of subscriptions after their order: what Partner Center tells of them beside the row, what was decided about
-- their ends, who supports them. And: licences moved twice would be a double order, so an upgrade of unknown outcome
-- takes a person's word only after lookups, like a purchase.

CREATE TABLE subscription_details (
    subscription_id TEXT NOT NULL PRIMARY KEY REFERENCES subscriptions (id),
    details TEXT NOT NULL, -- trial, first day, licences that can go back, what is planned, JSON
    read_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What licences can be moved to, as Partner Center last said.
CREATE TABLE upgrade_targets (
    subscription_id TEXT NOT NULL PRIMARY KEY REFERENCES subscriptions (id),
    targets TEXT NOT NULL, -- JSON
    read_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One decision for each end of a term; the newest counts.
CREATE TABLE term_decisions (
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    ends_at INTEGER NOT NULL, -- the end that it is about: a renewed term asks anew
    decision TEXT NOT NULL, -- JSON
    operation_id TEXT, -- carries it out; NULL when nothing had to be sent
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (subscription_id, ends_at)
) STRICT, WITHOUT ROWID;

-- Who supports a subscription where somebody chose. No row: the default of its reseller.
CREATE TABLE subscription_support (
    subscription_id TEXT NOT NULL PRIMARY KEY REFERENCES subscriptions (id),
    contact TEXT REFERENCES resellers (id), -- NULL: the provider
    saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

DROP TRIGGER operations_transition;
CREATE TRIGGER operations_transition BEFORE UPDATE ON operations
WHEN OLD.forgotten_at IS NEW.forgotten_at AND NOT (
    (OLD.state = 'queued' AND NEW.state IN ('queued', 'in_flight', 'cancelled'))
    OR (OLD.state = 'in_flight' AND NEW.state IN ('confirmed', 'unknown'))
    -- Back to the queue or to the person only while no outcome under this key is unknown.
    OR (OLD.state = 'in_flight' AND NEW.state = 'queued' AND OLD.ever_unknown = 0)
    OR (OLD.state = 'in_flight' AND NEW.state = 'needs_attention' AND OLD.ever_unknown = 0 AND NEW.attention_ambiguous = 0)
    OR (OLD.state = 'unknown' AND NEW.state IN ('unknown', 'in_flight', 'confirmed'))
    OR (OLD.state = 'unknown' AND NEW.state = 'needs_attention' AND NEW.attention_ambiguous = 1)
    OR (OLD.state = 'needs_attention' AND NEW.state IN ('unknown', 'confirmed'))
    -- The person's word is enough where the outcome is known, after lookups that found nothing (S3, S10), and where a
    -- repeat costs nothing.
    OR (OLD.state = 'needs_attention' AND NEW.state = 'queued' AND (
        OLD.attention_ambiguous = 0
        OR OLD.attention_reason IN ('outcome_unknown', 'order_may_exist', 'domain_taken_or_half_created')
        OR OLD.kind NOT IN ('create_customer', 'checkout_cart', 'upgrade_subscription')
    ))
    OR (OLD.state = 'needs_attention' AND NEW.state = 'cancelled' AND OLD.attention_ambiguous = 0)
) BEGIN
    SELECT raise(ABORT, 'this transition is not in the table of states');
END;
