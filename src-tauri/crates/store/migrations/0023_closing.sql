-- Which customers have licences that can go back, and figures that were counted.

-- A page of customers asks for a hundred at once, and few have any: found by their customer, without a row of theirs.
ALTER TABLE refund_batches ADD COLUMN customer_id TEXT NOT NULL DEFAULT '';
UPDATE refund_batches SET customer_id =
    coalesce((SELECT s.customer_id FROM subscriptions s WHERE s.id = refund_batches.subscription_id), '');
CREATE INDEX refund_batches_customer ON refund_batches (customer_id, until);
CREATE TRIGGER refund_batches_move AFTER UPDATE OF customer_id ON subscriptions
WHEN OLD.customer_id <> NEW.customer_id BEGIN
    UPDATE refund_batches SET customer_id = NEW.customer_id WHERE subscription_id = NEW.id;
END;

-- How many customers were read from Partner Center: told with each page of a sync.
INSERT INTO customer_figures (what, value, customers, seats) SELECT 'read', '', count(*), 0 FROM customer_reads;
CREATE TRIGGER customer_reads_figures_insert AFTER INSERT ON customer_reads BEGIN
    UPDATE customer_figures SET customers = customers + 1 WHERE what = 'read' AND value = '';
END;
CREATE TRIGGER customer_reads_figures_delete AFTER DELETE ON customer_reads BEGIN
    UPDATE customer_figures SET customers = customers - 1 WHERE what = 'read' AND value = '';
END;
-- All that Partner Center knows are all but these few.
CREATE INDEX customers_unknown ON customers (number) WHERE tenant_id IS NULL;

-- Of one reseller too, ends of terms are stepped through in order.
DROP INDEX subscriptions_on_record;
CREATE INDEX subscriptions_on_record ON subscriptions (reseller_of_record, ends_at, auto_renew, status)
    WHERE is_live = 1 AND status <> 'wanted';
