-- Rows by number at any size, and where a page of customers stands from one index.

-- Neighbouring places are counted together, so that a row number leads to a block and a few hundred steps within it.
CREATE TABLE customer_blocks (
    first INTEGER NOT NULL PRIMARY KEY, -- no place of the block is smaller
    customers INTEGER NOT NULL
) STRICT;
INSERT INTO customer_blocks (first, customers) VALUES (0, 0);
INSERT INTO customer_blocks (first, customers)
    SELECT iif(block = 0, 0, min(place)), count(*)
    FROM (SELECT place, (row_number() OVER (ORDER BY place) - 1) / 256 AS block FROM customers WHERE place IS NOT NULL)
    GROUP BY block
    ON CONFLICT (first) DO UPDATE SET customers = excluded.customers;

CREATE TRIGGER customers_blocks_place AFTER UPDATE OF place ON customers WHEN OLD.place IS NOT NEW.place BEGIN
    UPDATE customer_blocks SET customers = customers - 1
    WHERE first = (SELECT first FROM customer_blocks WHERE first <= OLD.place ORDER BY first DESC LIMIT 1);
    UPDATE customer_blocks SET customers = customers + 1
    WHERE first = (SELECT first FROM customer_blocks WHERE first <= NEW.place ORDER BY first DESC LIMIT 1);
END;
CREATE TRIGGER customers_blocks_insert AFTER INSERT ON customers WHEN NEW.place IS NOT NULL BEGIN
    UPDATE customer_blocks SET customers = customers + 1
    WHERE first = (SELECT first FROM customer_blocks WHERE first <= NEW.place ORDER BY first DESC LIMIT 1);
END;
CREATE TRIGGER customers_blocks_delete AFTER DELETE ON customers WHEN OLD.place IS NOT NULL BEGIN
    UPDATE customer_blocks SET customers = customers - 1
    WHERE first = (SELECT first FROM customer_blocks WHERE first <= OLD.place ORDER BY first DESC LIMIT 1);
END;
-- One that has grown becomes two. A row that takes a place is counted after it stands there, so the middle exists.
CREATE TRIGGER customer_blocks_split AFTER UPDATE OF customers ON customer_blocks WHEN NEW.customers >= 512 BEGIN
    INSERT INTO customer_blocks (first, customers)
        SELECT place, NEW.customers - 256 FROM customers WHERE place >= NEW.first ORDER BY place LIMIT 1 OFFSET 256;
    UPDATE customer_blocks SET customers = 256 WHERE first = NEW.first;
END;

-- All that a list says of a customer's subscriptions stands in the index: each row beside it is a page to decipher.
-- Without is_live: SQLite takes no generated column from an index alone.
DROP INDEX subscriptions_customer;
CREATE INDEX subscriptions_customer ON subscriptions (customer_id, created_at, number, status, auto_renew, ends_at,
    cancellable_until, quantity);
-- Whether there are few of the older commerce.
CREATE INDEX subscriptions_older ON subscriptions (customer_id) WHERE is_live = 1 AND commerce = 'legacy';
