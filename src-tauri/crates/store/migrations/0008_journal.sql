-- Schema of the journal: what happened to the book, appended in the transaction of each change and chained by a hash.
-- An entry's hash covers the hash before it, its number, every column that never changes, and the hash of its content;
-- names and values in the content can so be forgotten (D10) without breaking the chain.

CREATE TABLE journal (
    number INTEGER NOT NULL PRIMARY KEY, -- running from 1, without a gap: it orders entries, whatever the clock said
    at INTEGER NOT NULL,
    area TEXT NOT NULL, -- what it is filtered by; follows from the kind
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    person TEXT NOT NULL, -- the person's name as the system knows it; empty when it was not a person
    customer_id TEXT,
    reseller_id TEXT,
    operation_id TEXT,
    operation_kind TEXT,
    request_key TEXT,
    correlation_id TEXT,
    status INTEGER NOT NULL, -- of the answer; 0 when none
    code INTEGER NOT NULL, -- Partner Center's; 0 when none
    reason TEXT NOT NULL,
    content TEXT, -- name and changed values, JSON; NULL once forgotten
    salt TEXT, -- keeps the hash of a forgotten content from being guessed; forgotten with it
    content_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    folded TEXT NOT NULL, -- searched words, folded; empty once forgotten
    CHECK ((content IS NULL) = (salt IS NULL)),
    CHECK ((operation_id IS NULL) = (operation_kind IS NULL))
) STRICT;
-- No references: an entry outlives what it tells of.
CREATE INDEX journal_customer ON journal (customer_id, number) WHERE customer_id IS NOT NULL;
CREATE INDEX journal_reseller ON journal (reseller_id, number) WHERE reseller_id IS NOT NULL;
CREATE INDEX journal_operation ON journal (operation_id, number) WHERE operation_id IS NOT NULL;
CREATE INDEX journal_area ON journal (area, number);
CREATE INDEX journal_at ON journal (at);

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN
    SELECT raise(ABORT, 'the journal is never deleted');
END;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal WHEN NOT (
    OLD.content IS NOT NULL AND NEW.content IS NULL AND NEW.salt IS NULL AND NEW.folded = ''
    AND OLD.number = NEW.number AND OLD.at = NEW.at AND OLD.area = NEW.area AND OLD.kind = NEW.kind
    AND OLD.actor = NEW.actor AND OLD.person = NEW.person AND OLD.customer_id IS NEW.customer_id
    AND OLD.reseller_id IS NEW.reseller_id AND OLD.operation_id IS NEW.operation_id
    AND OLD.operation_kind IS NEW.operation_kind AND OLD.request_key IS NEW.request_key
    AND OLD.correlation_id IS NEW.correlation_id AND OLD.status = NEW.status AND OLD.code = NEW.code
    AND OLD.reason = NEW.reason AND OLD.content_hash = NEW.content_hash AND OLD.hash = NEW.hash
) BEGIN
    SELECT raise(ABORT, 'the journal is never changed, but for a content that is forgotten');
END;

CREATE VIRTUAL TABLE journal_text USING fts5 (folded, content = 'journal', content_rowid = 'number', tokenize = 'trigram');
CREATE TRIGGER journal_text_insert AFTER INSERT ON journal BEGIN
    INSERT INTO journal_text (rowid, folded) VALUES (NEW.number, NEW.folded);
END;
CREATE TRIGGER journal_text_update AFTER UPDATE OF folded ON journal WHEN OLD.folded <> NEW.folded BEGIN
    INSERT INTO journal_text (journal_text, rowid, folded) VALUES ('delete', OLD.number, OLD.folded);
    INSERT INTO journal_text (rowid, folded) VALUES (NEW.number, NEW.folded);
END;

-- Its newest entry, so that one cut off at the end is seen, and how far it was checked.
CREATE TABLE journal_state (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    head_number INTEGER NOT NULL,
    head_hash TEXT NOT NULL,
    checked_number INTEGER NOT NULL, -- all before and with this one were right when last looked at
    checked_hash TEXT NOT NULL,
    checked_at INTEGER, -- when the check last reached the end
    whole_at INTEGER, -- when it last did so from the first entry
    broken TEXT -- where the chain does not hold, JSON; NULL while it does
) STRICT;
INSERT INTO journal_state (id, head_number, head_hash, checked_number, checked_hash) VALUES (1, 0, '', 0, '');
