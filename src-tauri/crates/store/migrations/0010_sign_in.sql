-- Schema 10: when a live workspace last read each customer's details and subscriptions. A first sync reads those that
-- have no row yet, so it goes on where it was left; later the oldest are read again.

CREATE TABLE customer_reads (
    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customers (id),
    read_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_reads_oldest ON customer_reads (read_at);
