-- Forgetting persons (D10): 90 days after everything of a Submit is finished, the personal fields of its frozen payloads
-- and of the form as submitted are emptied. Hash, ids and result stay.

ALTER TABLE operations ADD COLUMN forgotten_at INTEGER; -- when its personal fields were emptied; NULL before
ALTER TABLE onboardings ADD COLUMN forgotten_at INTEGER;
CREATE INDEX onboardings_remembered ON onboardings (submitted_at) WHERE forgotten_at IS NULL;

DROP TRIGGER operations_finished;
CREATE TRIGGER operations_finished BEFORE UPDATE ON operations
WHEN OLD.state IN ('confirmed', 'cancelled') AND NOT (
    OLD.forgotten_at IS NULL AND NEW.forgotten_at IS NOT NULL
    AND OLD.state = NEW.state AND OLD.payload_hash = NEW.payload_hash AND OLD.request_key = NEW.request_key
    AND OLD.revision = NEW.revision AND OLD.result = NEW.result AND OLD.cart_id IS NEW.cart_id
    AND OLD.parents = NEW.parents AND OLD.approved_at = NEW.approved_at AND OLD.updated_at = NEW.updated_at
    AND OLD.prefix_index = NEW.prefix_index AND OLD.ever_unknown = NEW.ever_unknown
) BEGIN
    SELECT raise(ABORT, 'a finished operation does not change, but for its personal fields once');
END;
DROP TRIGGER operations_payload;
CREATE TRIGGER operations_payload BEFORE UPDATE ON operations
WHEN (OLD.payload <> NEW.payload OR OLD.payload_hash <> NEW.payload_hash) AND NOT (
    OLD.state = 'needs_attention' AND NEW.state = 'queued' AND NEW.revision = OLD.revision + 1
    AND NEW.request_key <> OLD.request_key
) AND NOT (
    OLD.state IN ('confirmed', 'cancelled') AND OLD.forgotten_at IS NULL AND NEW.forgotten_at IS NOT NULL
    AND OLD.payload_hash = NEW.payload_hash
) BEGIN
    SELECT raise(ABORT, 'a payload changes only as a new revision with a new request key');
END;
CREATE TRIGGER operations_forget BEFORE UPDATE ON operations
WHEN OLD.forgotten_at IS NOT NEW.forgotten_at AND (OLD.state NOT IN ('confirmed', 'cancelled') OR NEW.state <> OLD.state) BEGIN
    SELECT raise(ABORT, 'only finished operations forget');
END;
-- The table of states as before; forgetting is no transition.
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
        OR OLD.kind NOT IN ('create_customer', 'checkout_cart')
    ))
    OR (OLD.state = 'needs_attention' AND NEW.state = 'cancelled' AND OLD.attention_ambiguous = 0)
) BEGIN
    SELECT raise(ABORT, 'this transition is not in the table of states');
END;
