-- Lists at any size: customers have a place in the order of names, parts of words are found in that order, and figures
-- that a list or Home shows are kept instead of counted.

-- A rank with gaps: sorts as (name_key, number) does. The row number of the text index, so that hits come in the order
-- of the list and the search ends when the page is full. NULL until the row stands in the text index.
ALTER TABLE customers ADD COLUMN place INTEGER;
CREATE UNIQUE INDEX customers_place ON customers (place);
DROP INDEX customers_name;
CREATE INDEX customers_name ON customers (name_key, number, place);

DROP TRIGGER customers_text_insert;
DROP TRIGGER customers_text_update;
DROP TRIGGER customers_text_delete;
DROP TABLE customers_text;
-- Parts of words of one to four letters, the reseller, the country and the tags, as words made in Rust.
CREATE VIRTUAL TABLE customers_parts USING fts5 (parts, content = '', contentless_delete = 1, detail = none,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'");
CREATE TRIGGER customers_parts_delete AFTER DELETE ON customers WHEN OLD.place IS NOT NULL BEGIN
    DELETE FROM customers_parts WHERE rowid = OLD.place;
END;

-- How many customers, and their seats where it says so.
CREATE TABLE customer_figures (
    what TEXT NOT NULL, -- all, country, initial (first two letters of the sort key), reseller
    value TEXT NOT NULL, -- code, letter or id; empty for all
    customers INTEGER NOT NULL,
    seats INTEGER NOT NULL, -- of resellers; 0 otherwise
    PRIMARY KEY (what, value)
) STRICT, WITHOUT ROWID;
INSERT INTO customer_figures (what, value, customers, seats) VALUES ('all', '', 0, 0);
UPDATE customer_figures SET customers = (SELECT count(*) FROM customers) WHERE what = 'all';
INSERT INTO customer_figures (what, value, customers, seats)
    SELECT 'country', country, count(*), 0 FROM customers GROUP BY country;
INSERT INTO customer_figures (what, value, customers, seats)
    SELECT 'initial', substr(name_key, 1, 2), count(*), 0 FROM customers GROUP BY 2;
INSERT INTO customer_figures (what, value, customers, seats)
    SELECT 'reseller', reseller_id, count(*), sum(seat_count) FROM customers WHERE reseller_id IS NOT NULL
    GROUP BY reseller_id;

CREATE TRIGGER customers_figures_insert AFTER INSERT ON customers BEGIN
    UPDATE customer_figures SET customers = customers + 1 WHERE what = 'all' AND value = '';
    INSERT INTO customer_figures (what, value, customers, seats) VALUES ('country', NEW.country, 1, 0)
        ON CONFLICT (what, value) DO UPDATE SET customers = customers + 1;
    INSERT INTO customer_figures (what, value, customers, seats) VALUES ('initial', substr(NEW.name_key, 1, 2), 1, 0)
        ON CONFLICT (what, value) DO UPDATE SET customers = customers + 1;
    INSERT INTO customer_figures (what, value, customers, seats)
        SELECT 'reseller', NEW.reseller_id, 1, NEW.seat_count WHERE NEW.reseller_id IS NOT NULL
        ON CONFLICT (what, value) DO UPDATE SET customers = customers + 1, seats = seats + excluded.seats;
END;
CREATE TRIGGER customers_figures_delete AFTER DELETE ON customers BEGIN
    UPDATE customer_figures SET customers = customers - 1
    WHERE (what, value) IN (VALUES ('all', ''), ('country', OLD.country), ('initial', substr(OLD.name_key, 1, 2)));
    UPDATE customer_figures SET customers = customers - 1, seats = seats - OLD.seat_count
    WHERE what = 'reseller' AND value = OLD.reseller_id;
END;
CREATE TRIGGER customers_figures_seats AFTER UPDATE OF seat_count ON customers
WHEN OLD.seat_count <> NEW.seat_count AND OLD.reseller_id IS NEW.reseller_id AND NEW.reseller_id IS NOT NULL BEGIN
    UPDATE customer_figures SET seats = seats - OLD.seat_count + NEW.seat_count
    WHERE what = 'reseller' AND value = NEW.reseller_id;
END;
CREATE TRIGGER customers_figures_country AFTER UPDATE OF country ON customers WHEN OLD.country <> NEW.country BEGIN
    UPDATE customer_figures SET customers = customers - 1 WHERE what = 'country' AND value = OLD.country;
    INSERT INTO customer_figures (what, value, customers, seats) VALUES ('country', NEW.country, 1, 0)
        ON CONFLICT (what, value) DO UPDATE SET customers = customers + 1;
END;
CREATE TRIGGER customers_figures_initial AFTER UPDATE OF name_key ON customers
WHEN substr(OLD.name_key, 1, 2) <> substr(NEW.name_key, 1, 2) BEGIN
    UPDATE customer_figures SET customers = customers - 1
    WHERE what = 'initial' AND value = substr(OLD.name_key, 1, 2);
    INSERT INTO customer_figures (what, value, customers, seats) VALUES ('initial', substr(NEW.name_key, 1, 2), 1, 0)
        ON CONFLICT (what, value) DO UPDATE SET customers = customers + 1;
END;
CREATE TRIGGER customers_figures_reseller AFTER UPDATE OF reseller_id ON customers
WHEN OLD.reseller_id IS NOT NEW.reseller_id BEGIN
    UPDATE customer_figures SET customers = customers - 1, seats = seats - OLD.seat_count
    WHERE what = 'reseller' AND value = OLD.reseller_id;
    INSERT INTO customer_figures (what, value, customers, seats)
        SELECT 'reseller', NEW.reseller_id, 1, NEW.seat_count WHERE NEW.reseller_id IS NOT NULL
        ON CONFLICT (what, value) DO UPDATE SET customers = customers + 1, seats = seats + excluded.seats;
END;

-- The text of a subscription is its product's: a book has hundreds of products, not millions. Numbers of Partner Center
-- are looked up by their beginning.
DROP TRIGGER subscriptions_text_insert;
DROP TRIGGER subscriptions_text_update;
DROP TRIGGER subscriptions_text_delete;
DROP TABLE subscriptions_text;
CREATE TABLE sold_products (
    product_id TEXT NOT NULL,
    sku_id TEXT NOT NULL,
    product_name TEXT NOT NULL,
    PRIMARY KEY (product_id, sku_id, product_name)
) STRICT, WITHOUT ROWID;
INSERT INTO sold_products (product_id, sku_id, product_name)
    SELECT DISTINCT product_id, sku_id, product_name FROM subscriptions;
CREATE TRIGGER subscriptions_sold_insert AFTER INSERT ON subscriptions BEGIN
    INSERT INTO sold_products (product_id, sku_id, product_name)
    VALUES (NEW.product_id, NEW.sku_id, NEW.product_name) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER subscriptions_sold_update AFTER UPDATE OF product_id, sku_id, product_name ON subscriptions
WHEN OLD.product_name <> NEW.product_name OR OLD.sku_id <> NEW.sku_id OR OLD.product_id <> NEW.product_id BEGIN
    INSERT INTO sold_products (product_id, sku_id, product_name)
    VALUES (NEW.product_id, NEW.sku_id, NEW.product_name) ON CONFLICT DO NOTHING;
END;
CREATE INDEX subscriptions_product ON subscriptions (product_id, sku_id);
CREATE INDEX subscriptions_order ON subscriptions (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX subscriptions_undecided ON subscriptions (ends_at)
    WHERE is_live = 1 AND auto_renew = 0 AND status = 'active' AND ends_at IS NOT NULL;

-- Ends of terms by month, UTC.
CREATE TABLE renewal_figures (
    month TEXT NOT NULL PRIMARY KEY, -- 2026-11
    decided INTEGER NOT NULL, -- renew by themselves
    open INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO renewal_figures (month, decided, open)
    SELECT strftime('%Y-%m', ends_at / 1000000000, 'unixepoch'), count(*) FILTER (WHERE auto_renew = 1),
        count(*) FILTER (WHERE auto_renew = 0)
    FROM subscriptions WHERE is_live = 1 AND ends_at IS NOT NULL GROUP BY 1;
CREATE TRIGGER subscriptions_renewal_insert AFTER INSERT ON subscriptions
WHEN NEW.is_live = 1 AND NEW.ends_at IS NOT NULL BEGIN
    INSERT INTO renewal_figures (month, decided, open)
    VALUES (strftime('%Y-%m', NEW.ends_at / 1000000000, 'unixepoch'), NEW.auto_renew = 1, NEW.auto_renew = 0)
    ON CONFLICT (month) DO UPDATE SET decided = decided + excluded.decided, open = open + excluded.open;
END;
CREATE TRIGGER subscriptions_renewal_update AFTER UPDATE ON subscriptions
WHEN OLD.is_live <> NEW.is_live OR OLD.ends_at IS NOT NEW.ends_at OR OLD.auto_renew <> NEW.auto_renew BEGIN
    UPDATE renewal_figures SET decided = decided - (OLD.auto_renew = 1), open = open - (OLD.auto_renew = 0)
    WHERE OLD.is_live = 1 AND month = strftime('%Y-%m', OLD.ends_at / 1000000000, 'unixepoch');
    INSERT INTO renewal_figures (month, decided, open)
        SELECT strftime('%Y-%m', NEW.ends_at / 1000000000, 'unixepoch'), NEW.auto_renew = 1, NEW.auto_renew = 0
        WHERE NEW.is_live = 1 AND NEW.ends_at IS NOT NULL
        ON CONFLICT (month) DO UPDATE SET decided = decided + excluded.decided, open = open + excluded.open;
END;
CREATE TRIGGER subscriptions_renewal_delete AFTER DELETE ON subscriptions
WHEN OLD.is_live = 1 AND OLD.ends_at IS NOT NULL BEGIN
    UPDATE renewal_figures SET decided = decided - (OLD.auto_renew = 1), open = open - (OLD.auto_renew = 0)
    WHERE month = strftime('%Y-%m', OLD.ends_at / 1000000000, 'unixepoch');
END;
