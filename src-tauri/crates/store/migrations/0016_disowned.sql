-- *Not ours*: an order that look-ups found after an unknown checkout, and of which the person says that it is not theirs
-- (S3). The rules of the sync machine once more, for every writer.

DROP TRIGGER operations_transition;
CREATE TRIGGER operations_transition BEFORE UPDATE ON operations
WHEN OLD.forgotten_at IS NEW.forgotten_at AND NOT (
    (OLD.state = 'queued' AND NEW.state IN ('queued', 'in_flight', 'cancelled'))
    OR (OLD.state = 'in_flight' AND NEW.state IN ('confirmed', 'unknown'))
    -- Back to the queue or to the person only while no outcome under this key is unknown.
    OR (OLD.state = 'in_flight' AND NEW.state = 'queued' AND OLD.ever_unknown = 0)
    OR (OLD.state = 'in_flight' AND NEW.state = 'needs_attention' AND OLD.ever_unknown = 0 AND NEW.attention_ambiguous = 0)
    OR (OLD.state = 'unknown' AND NEW.state IN ('unknown', 'confirmed'))
    -- After something was disowned only looked up.
    OR (OLD.state = 'unknown' AND NEW.state = 'in_flight' AND coalesce(json_array_length(OLD.result, '$.disowned'), 0) = 0)
    OR (OLD.state = 'unknown' AND NEW.state = 'needs_attention' AND NEW.attention_ambiguous = 1)
    OR (OLD.state = 'needs_attention' AND NEW.state IN ('unknown', 'confirmed'))
    -- The person's word is enough where the outcome is known, after lookups that found nothing (S3, S10), and where a
    -- repeat costs nothing. An order found is named as theirs, or disowned, first.
    OR (OLD.state = 'needs_attention' AND NEW.state = 'queued' AND (
        OLD.attention_ambiguous = 0
        OR (OLD.attention_reason IN ('outcome_unknown', 'order_may_exist', 'domain_taken_or_half_created') AND NOT (
            OLD.kind = 'checkout_cart' AND coalesce(json_array_length(OLD.result, '$.found'), 0) > 0
        ))
        OR OLD.kind NOT IN ('create_customer', 'checkout_cart', 'upgrade_subscription')
    ))
    OR (OLD.state = 'needs_attention' AND NEW.state = 'cancelled' AND OLD.attention_ambiguous = 0)
) BEGIN
    SELECT raise(ABORT, 'this transition is not in the table of states');
END;

-- What was disowned stays so; only what was found and asked about can be, on its way back to the look-ups.
CREATE TRIGGER operations_disowned BEFORE UPDATE ON operations
WHEN OLD.result <> NEW.result AND (
    EXISTS (
        SELECT 1 FROM json_each(OLD.result, '$.disowned') AS was
        WHERE was.value ->> 'id' NOT IN (SELECT now.value ->> 'id' FROM json_each(NEW.result, '$.disowned') AS now)
    )
    OR EXISTS (
        SELECT 1 FROM json_each(NEW.result, '$.disowned') AS now
        WHERE now.value ->> 'id' NOT IN (SELECT was.value ->> 'id' FROM json_each(OLD.result, '$.disowned') AS was)
            AND NOT (
                OLD.state = 'needs_attention' AND NEW.state = 'unknown' AND OLD.attention_ambiguous = 1
                AND now.value ->> 'id' IN (SELECT one.value ->> 'id' FROM json_each(OLD.result, '$.found') AS one)
            )
    )
) BEGIN
    SELECT raise(ABORT, 'only an order that was found is disowned, and for good');
END;
