-- Licences that can go back, each batch with its own deadline: Home lists the windows that close, whatever the size of
-- the book. Kept with what Partner Center tells of a subscription.
CREATE TABLE refund_batches (
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    until INTEGER NOT NULL, -- 168 hours after they were bought
    quantity INTEGER NOT NULL, -- licences
    PRIMARY KEY (subscription_id, until)
) STRICT, WITHOUT ROWID;
CREATE INDEX refund_batches_until ON refund_batches (until);
INSERT INTO refund_batches (subscription_id, until, quantity)
    SELECT d.subscription_id, unixepoch(b.value ->> '$.until') * 1000000000, sum(b.value ->> '$.quantity')
    FROM subscription_details d, json_each(d.details, '$.batches') b
    WHERE unixepoch(b.value ->> '$.until') IS NOT NULL AND b.value ->> '$.quantity' > 0 GROUP BY 1, 2;
