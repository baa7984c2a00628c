-- The table of states (S11), as strict as the machine's function: a test compares the two pair by pair.

DROP TRIGGER operations_transition;
CREATE TRIGGER operations_transition BEFORE UPDATE ON operations
WHEN NOT (
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
