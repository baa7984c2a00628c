-- Schema 2: the outbox, its history and the sealed passwords, with the rules that hold for every writer.

CREATE TABLE operations (
    id TEXT NOT NULL PRIMARY KEY,
    onboarding_id TEXT NOT NULL REFERENCES onboardings (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    kind TEXT NOT NULL,
    sequence INTEGER NOT NULL UNIQUE, -- order in the outbox
    revision INTEGER NOT NULL, -- grows with each correction
    state TEXT NOT NULL CHECK (state IN ('queued', 'in_flight', 'unknown', 'needs_attention', 'confirmed', 'cancelled')),
    parents TEXT NOT NULL, -- operations that must be confirmed first, JSON
    payload TEXT NOT NULL, -- frozen intent, JSON
    payload_hash TEXT NOT NULL,
    request_key TEXT NOT NULL, -- MS-RequestId of this intent
    prefix_index INTEGER NOT NULL,
    wire_tries INTEGER NOT NULL,
    ever_unknown INTEGER NOT NULL, -- sticky per request key
    not_before INTEGER,
    hold TEXT, -- why it is on hold; NULL when not
    hold_since INTEGER,
    attention_reason TEXT, -- NULL when nothing needs attention
    attention_ambiguous INTEGER NOT NULL,
    attention TEXT, -- reason with field, status and code, JSON
    cart_id TEXT, -- written once
    result TEXT NOT NULL, -- what it brought, without the cart id, JSON
    approved_at INTEGER NOT NULL,
    partner_tenant TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK (state <> 'unknown' OR ever_unknown = 1),
    CHECK (state <> 'needs_attention' OR attention_reason IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX operations_intent ON operations (onboarding_id, kind, revision);
CREATE UNIQUE INDEX operations_request_key ON operations (request_key);
CREATE UNIQUE INDEX operations_cart ON operations (cart_id) WHERE cart_id IS NOT NULL;
CREATE INDEX operations_state ON operations (state, sequence);
CREATE INDEX operations_onboarding ON operations (onboarding_id, sequence);
CREATE INDEX operations_customer ON operations (customer_id, sequence);
CREATE INDEX operations_open ON operations (customer_id, sequence) WHERE state NOT IN ('confirmed', 'cancelled');

CREATE TRIGGER operations_begin BEFORE INSERT ON operations WHEN NEW.state <> 'queued' BEGIN
    SELECT raise(ABORT, 'an operation begins queued');
END;
CREATE TRIGGER operations_no_delete BEFORE DELETE ON operations BEGIN
    SELECT raise(ABORT, 'operations are never deleted');
END;
-- The table of states (S11); the same table stands in the sync machine.
CREATE TRIGGER operations_transition BEFORE UPDATE ON operations
WHEN OLD.state <> NEW.state AND NOT (
    (OLD.state = 'queued' AND NEW.state IN ('in_flight', 'cancelled'))
    OR (OLD.state = 'in_flight' AND NEW.state IN ('confirmed', 'unknown'))
    -- Back to the queue or to the person only while no outcome under this key is unknown; later on, with a warning.
    OR (OLD.state = 'in_flight' AND NEW.state = 'queued' AND OLD.ever_unknown = 0)
    OR (OLD.state = 'in_flight' AND NEW.state = 'needs_attention' AND (OLD.ever_unknown = 0 OR NEW.attention_ambiguous = 1))
    OR (OLD.state = 'unknown' AND NEW.state IN ('in_flight', 'confirmed', 'needs_attention'))
    OR (OLD.state = 'needs_attention' AND NEW.state IN ('queued', 'unknown', 'confirmed'))
    OR (OLD.state = 'needs_attention' AND NEW.state = 'cancelled' AND OLD.attention_ambiguous = 0)
) BEGIN
    SELECT raise(ABORT, 'this transition is not in the table of states');
END;
-- Confirmed and cancelled are the end: nothing of the row changes any more.
CREATE TRIGGER operations_finished BEFORE UPDATE ON operations WHEN OLD.state IN ('confirmed', 'cancelled') BEGIN
    SELECT raise(ABORT, 'a finished operation does not change');
END;
-- What was approved stays; a correction is a new revision under a new key, and never while the outcome is unknown (S8, S9).
CREATE TRIGGER operations_identity BEFORE UPDATE ON operations
WHEN OLD.id <> NEW.id OR OLD.onboarding_id <> NEW.onboarding_id OR OLD.customer_id <> NEW.customer_id
    OR OLD.kind <> NEW.kind OR OLD.sequence <> NEW.sequence OR OLD.partner_tenant <> NEW.partner_tenant BEGIN
    SELECT raise(ABORT, 'what an operation is for does not change');
END;
CREATE TRIGGER operations_key BEFORE UPDATE ON operations
WHEN OLD.request_key <> NEW.request_key AND (
    OLD.state = 'unknown' OR NEW.state = 'unknown' OR (OLD.state <> 'needs_attention' AND OLD.ever_unknown = 1)
) BEGIN
    SELECT raise(ABORT, 'no new request key while an outcome is unknown');
END;
CREATE TRIGGER operations_payload BEFORE UPDATE ON operations
WHEN (OLD.payload <> NEW.payload OR OLD.payload_hash <> NEW.payload_hash) AND NOT (
    OLD.state = 'needs_attention' AND NEW.state = 'queued' AND NEW.revision = OLD.revision + 1
    AND NEW.request_key <> OLD.request_key
) BEGIN
    SELECT raise(ABORT, 'a payload changes only as a new revision with a new request key');
END;
CREATE TRIGGER operations_revision BEFORE UPDATE ON operations
WHEN OLD.revision <> NEW.revision AND NOT (NEW.revision = OLD.revision + 1 AND NEW.request_key <> OLD.request_key) BEGIN
    SELECT raise(ABORT, 'a revision grows by one, with a new request key');
END;
CREATE TRIGGER operations_sticky BEFORE UPDATE ON operations
WHEN OLD.ever_unknown = 1 AND NEW.ever_unknown = 0 AND OLD.request_key = NEW.request_key BEGIN
    SELECT raise(ABORT, 'unknown once is unknown for good under this key');
END;
CREATE TRIGGER operations_cart_once BEFORE UPDATE ON operations
WHEN OLD.cart_id IS NOT NULL AND OLD.cart_id IS NOT NEW.cart_id BEGIN
    SELECT raise(ABORT, 'the cart id is written once');
END;

CREATE TABLE attempts (
    operation_id TEXT NOT NULL REFERENCES operations (id),
    number INTEGER NOT NULL, -- within the operation, from 1
    request_key TEXT NOT NULL,
    correlation_id TEXT NOT NULL UNIQUE, -- new for every request
    payload_hash TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER, -- NULL while under way, or when the app was killed
    outcome TEXT NOT NULL, -- one word; empty while open
    status INTEGER NOT NULL,
    code INTEGER NOT NULL,
    PRIMARY KEY (operation_id, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER attempts_no_delete BEFORE DELETE ON attempts BEGIN
    SELECT raise(ABORT, 'attempts are never deleted');
END;
CREATE TRIGGER attempts_once BEFORE UPDATE ON attempts
WHEN OLD.ended_at IS NOT NULL OR OLD.operation_id <> NEW.operation_id OR OLD.number <> NEW.number
    OR OLD.request_key <> NEW.request_key OR OLD.correlation_id <> NEW.correlation_id
    OR OLD.payload_hash <> NEW.payload_hash OR OLD.started_at <> NEW.started_at BEGIN
    SELECT raise(ABORT, 'an attempt is only ever completed, once');
END;

CREATE TABLE events (
    number INTEGER NOT NULL PRIMARY KEY, -- running, without gaps
    operation_id TEXT NOT NULL REFERENCES operations (id),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL, -- after it
    status INTEGER NOT NULL,
    code INTEGER NOT NULL,
    correlation_id TEXT,
    reason TEXT NOT NULL,
    hash TEXT NOT NULL -- over this row and the hash of the row before
) STRICT;
CREATE INDEX events_operation ON events (operation_id, number);
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN
    SELECT raise(ABORT, 'history is never deleted');
END;
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN
    SELECT raise(ABORT, 'history is never changed');
END;

CREATE TABLE secrets (
    operation_id TEXT NOT NULL PRIMARY KEY REFERENCES operations (id),
    onboarding_id TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    state TEXT NOT NULL CHECK (state IN ('key_ready', 'sealed', 'showing', 'destroying', 'destroyed', 'unavailable')),
    user_name TEXT NOT NULL,
    ciphertext BLOB, -- NULL before it is sealed and once it is destroyed
    nonce BLOB,
    key_name TEXT NOT NULL, -- keychain entry of the key that seals it
    since INTEGER NOT NULL, -- in this state
    CHECK (state NOT IN ('sealed', 'showing') OR ciphertext IS NOT NULL),
    CHECK (state NOT IN ('key_ready', 'destroyed') OR ciphertext IS NULL),
    CHECK ((ciphertext IS NULL) = (nonce IS NULL))
) STRICT;
CREATE INDEX secrets_onboarding ON secrets (onboarding_id);
CREATE INDEX secrets_waiting ON secrets (since) WHERE state NOT IN ('key_ready', 'destroyed');
CREATE TRIGGER secrets_no_delete BEFORE DELETE ON secrets BEGIN
    SELECT raise(ABORT, 'a password is destroyed step by step, its row stays');
END;
CREATE TRIGGER secrets_begin BEFORE INSERT ON secrets WHEN NEW.state <> 'key_ready' BEGIN
    SELECT raise(ABORT, 'the key comes first');
END;
-- An unseen password is never destroyed (C6): the way to `destroying` leads through `showing`.
CREATE TRIGGER secrets_transition BEFORE UPDATE ON secrets
WHEN OLD.state <> NEW.state AND NOT (
    (OLD.state = 'key_ready' AND NEW.state IN ('sealed', 'unavailable', 'destroying'))
    OR (OLD.state = 'sealed' AND NEW.state IN ('showing', 'unavailable'))
    OR (OLD.state = 'showing' AND NEW.state IN ('destroying', 'unavailable'))
    OR (OLD.state = 'unavailable' AND NEW.state = 'destroying')
    OR (OLD.state = 'destroying' AND NEW.state = 'destroyed')
) BEGIN
    SELECT raise(ABORT, 'this step of a password is not allowed');
END;
-- What was sealed is never written over: only destruction takes it away. The exception is a raw answer that could not
-- be read (it has no user name, C2): a repeated answer that can be read takes its place.
CREATE TRIGGER secrets_sealed_once BEFORE UPDATE ON secrets
WHEN OLD.ciphertext IS NOT NULL AND OLD.ciphertext IS NOT NEW.ciphertext AND NEW.state <> 'destroyed'
    AND NOT (OLD.state = 'sealed' AND NEW.state = 'sealed' AND OLD.user_name = '') BEGIN
    SELECT raise(ABORT, 'a sealed password is not written over');
END;
