-- Schema of what the book keeps of customers beside Partner Center: notes and tags. The alias has its column already.

CREATE TABLE customer_notes (
    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customers (id),
    note TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_tags (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    tag_key TEXT NOT NULL, -- folded: the same tag in another writing is the same tag
    tag TEXT NOT NULL,
    PRIMARY KEY (customer_id, tag_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_tags_by_tag ON customer_tags (tag_key, customer_id);
