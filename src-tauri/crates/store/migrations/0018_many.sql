-- Many customers at once, and two figures that Home and the lists had counted.

-- How many live subscriptions name a reseller of record: what hangs on one that is not fit.
CREATE TABLE record_figures (
    reseller_id TEXT NOT NULL PRIMARY KEY,
    live INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO record_figures (reseller_id, live)
    SELECT reseller_of_record, count(*) FROM subscriptions
    WHERE reseller_of_record IS NOT NULL AND is_live = 1 AND status <> 'wanted' GROUP BY 1;
CREATE TRIGGER subscriptions_record_insert AFTER INSERT ON subscriptions
WHEN NEW.reseller_of_record IS NOT NULL AND NEW.is_live = 1 AND NEW.status <> 'wanted' BEGIN
    INSERT INTO record_figures (reseller_id, live) VALUES (NEW.reseller_of_record, 1)
        ON CONFLICT (reseller_id) DO UPDATE SET live = live + 1;
END;
CREATE TRIGGER subscriptions_record_update AFTER UPDATE ON subscriptions
WHEN OLD.reseller_of_record IS NOT NEW.reseller_of_record OR OLD.status <> NEW.status BEGIN
    UPDATE record_figures SET live = live - 1
    WHERE reseller_id = OLD.reseller_of_record AND OLD.is_live = 1 AND OLD.status <> 'wanted';
    INSERT INTO record_figures (reseller_id, live)
        SELECT NEW.reseller_of_record, 1
        WHERE NEW.reseller_of_record IS NOT NULL AND NEW.is_live = 1 AND NEW.status <> 'wanted'
        ON CONFLICT (reseller_id) DO UPDATE SET live = live + 1;
END;
CREATE TRIGGER subscriptions_record_delete AFTER DELETE ON subscriptions
WHEN OLD.reseller_of_record IS NOT NULL AND OLD.is_live = 1 AND OLD.status <> 'wanted' BEGIN
    UPDATE record_figures SET live = live - 1 WHERE reseller_id = OLD.reseller_of_record;
END;
-- The work list of a reseller reads these; in the order of their customers it would look through every subscription.
CREATE INDEX subscriptions_on_record ON subscriptions (reseller_of_record) WHERE is_live = 1 AND status <> 'wanted';

-- The index of parts gets the beginnings of words of name and alias as words of their own, for the global search. Rows
-- without a place are taken in anew when the book is opened.
INSERT INTO customers_parts (customers_parts) VALUES ('delete-all');
UPDATE customers SET place = NULL;

-- One change to many customers: whom it is for is settled when it is shown, so that what was looked at is what is done.
-- It goes on in slices, also after the app was closed.
CREATE TABLE bulk_tasks (
    number INTEGER NOT NULL PRIMARY KEY,
    what TEXT NOT NULL, -- the change, JSON
    state TEXT NOT NULL CHECK (state IN ('prepared', 'running', 'done', 'stopped')),
    total INTEGER NOT NULL, -- customers
    gone INTEGER NOT NULL, -- customers that it has gone through
    changed INTEGER NOT NULL, -- customers or subscriptions that it has changed, as the change counts
    left_out INTEGER NOT NULL, -- those that it had nothing to do with
    prepared_at INTEGER NOT NULL
) STRICT;
CREATE TABLE bulk_members (
    task INTEGER NOT NULL REFERENCES bulk_tasks (number) ON DELETE CASCADE,
    customer INTEGER NOT NULL, -- customers.number
    PRIMARY KEY (task, customer)
) STRICT, WITHOUT ROWID;
