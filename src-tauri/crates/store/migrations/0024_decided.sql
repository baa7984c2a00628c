-- Ends of terms that are decided are counted as decided, and customers that were never read are found without looking
-- through those that were.

-- Live subscriptions that do not renew by themselves and about whose very end somebody has decided, or of which Partner
-- Center was told what could only have been decided: the rule that the list of ends of terms goes by.
CREATE VIEW ends_settled AS
    SELECT s.id, strftime('%Y-%m', s.ends_at / 1000000000, 'unixepoch') AS month
    FROM subscriptions s
    WHERE s.is_live = 1 AND s.auto_renew = 0 AND s.ends_at IS NOT NULL AND (
        EXISTS (SELECT 1 FROM term_decisions t WHERE t.subscription_id = s.id AND t.ends_at = s.ends_at)
        OR EXISTS (
            SELECT 1 FROM subscription_details e WHERE e.subscription_id = s.id
            AND (json_extract(e.details, '$.end') <> 'none' OR json_extract(e.details, '$.next_term') IS NOT NULL)
        )
    );

-- Each with the month that it was counted in, so that it can be taken out of it again.
CREATE TABLE settled_ends (
    subscription_id TEXT NOT NULL PRIMARY KEY,
    month TEXT NOT NULL -- 2026-11
) STRICT, WITHOUT ROWID;
INSERT INTO settled_ends (subscription_id, month) SELECT id, month FROM ends_settled;
UPDATE renewal_figures SET decided = decided + found.settled, open = open - found.settled
    FROM (SELECT month, count(*) AS settled FROM settled_ends GROUP BY month) AS found
    WHERE found.month = renewal_figures.month;

-- A month may not be there yet: the triggers of one table run in no certain order.
CREATE TRIGGER settled_ends_insert AFTER INSERT ON settled_ends BEGIN
    INSERT INTO renewal_figures (month, decided, open) VALUES (NEW.month, 1, -1)
        ON CONFLICT (month) DO UPDATE SET decided = decided + 1, open = open - 1;
END;
CREATE TRIGGER settled_ends_delete AFTER DELETE ON settled_ends BEGIN
    UPDATE renewal_figures SET decided = decided - 1, open = open + 1 WHERE month = OLD.month;
END;

-- What is decided and told is written behind the row of its subscription: an insert of that alone changes nothing.
CREATE TRIGGER subscriptions_settled_update AFTER UPDATE ON subscriptions
WHEN OLD.is_live <> NEW.is_live OR OLD.ends_at IS NOT NEW.ends_at OR OLD.auto_renew <> NEW.auto_renew BEGIN
    DELETE FROM settled_ends WHERE subscription_id = NEW.id;
    INSERT INTO settled_ends (subscription_id, month) SELECT id, month FROM ends_settled WHERE id = NEW.id;
END;
CREATE TRIGGER subscriptions_settled_delete AFTER DELETE ON subscriptions BEGIN
    DELETE FROM settled_ends WHERE subscription_id = OLD.id;
END;
CREATE TRIGGER term_decisions_settled_insert AFTER INSERT ON term_decisions BEGIN
    DELETE FROM settled_ends WHERE subscription_id = NEW.subscription_id;
    INSERT INTO settled_ends (subscription_id, month) SELECT id, month FROM ends_settled WHERE id = NEW.subscription_id;
END;
CREATE TRIGGER term_decisions_settled_delete AFTER DELETE ON term_decisions BEGIN
    DELETE FROM settled_ends WHERE subscription_id = OLD.subscription_id;
    INSERT INTO settled_ends (subscription_id, month) SELECT id, month FROM ends_settled WHERE id = OLD.subscription_id;
END;
CREATE TRIGGER subscription_details_settled_insert AFTER INSERT ON subscription_details
WHEN json_extract(NEW.details, '$.end') <> 'none' OR json_extract(NEW.details, '$.next_term') IS NOT NULL BEGIN
    DELETE FROM settled_ends WHERE subscription_id = NEW.subscription_id;
    INSERT INTO settled_ends (subscription_id, month) SELECT id, month FROM ends_settled WHERE id = NEW.subscription_id;
END;
CREATE TRIGGER subscription_details_settled_update AFTER UPDATE OF details ON subscription_details
WHEN OLD.details <> NEW.details BEGIN
    DELETE FROM settled_ends WHERE subscription_id = NEW.subscription_id;
    INSERT INTO settled_ends (subscription_id, month) SELECT id, month FROM ends_settled WHERE id = NEW.subscription_id;
END;
CREATE TRIGGER subscription_details_settled_delete AFTER DELETE ON subscription_details BEGIN
    DELETE FROM settled_ends WHERE subscription_id = OLD.subscription_id;
    INSERT INTO settled_ends (subscription_id, month) SELECT id, month FROM ends_settled WHERE id = OLD.subscription_id;
END;

-- Customers that Partner Center knows and whose details were never read: of a book that is nearly all read, the few.
CREATE TABLE unread_customers (number INTEGER NOT NULL PRIMARY KEY) STRICT;
INSERT INTO unread_customers (number) SELECT c.number FROM customers c
    WHERE c.tenant_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customer_reads r WHERE r.customer_id = c.id);
CREATE TRIGGER customers_unread_insert AFTER INSERT ON customers WHEN NEW.tenant_id IS NOT NULL BEGIN
    INSERT INTO unread_customers (number) VALUES (NEW.number) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER customers_unread_update AFTER UPDATE OF tenant_id ON customers WHEN OLD.tenant_id IS NOT NEW.tenant_id BEGIN
    DELETE FROM unread_customers WHERE number = NEW.number;
    INSERT INTO unread_customers (number) SELECT NEW.number WHERE NEW.tenant_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM customer_reads r WHERE r.customer_id = NEW.id);
END;
CREATE TRIGGER customers_unread_delete AFTER DELETE ON customers BEGIN
    DELETE FROM unread_customers WHERE number = OLD.number;
END;
CREATE TRIGGER customer_reads_unread_insert AFTER INSERT ON customer_reads BEGIN
    DELETE FROM unread_customers WHERE number = (SELECT c.number FROM customers c WHERE c.id = NEW.customer_id);
END;
CREATE TRIGGER customer_reads_unread_delete AFTER DELETE ON customer_reads BEGIN
    INSERT INTO unread_customers (number) SELECT c.number FROM customers c
        WHERE c.id = OLD.customer_id AND c.tenant_id IS NOT NULL ON CONFLICT DO NOTHING;
END;
