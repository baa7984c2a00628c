-- Schema 6: partnership requests and the templates of mails. Partner Center knows nothing of either.

CREATE TABLE partnership_requests (
    id TEXT NOT NULL PRIMARY KEY,
    reseller_id TEXT REFERENCES resellers (id), -- NULL until a company was typed
    kind TEXT NOT NULL, -- request or reminder
    state TEXT NOT NULL CHECK (state IN ('draft', 'requested', 'accepted', 'declined', 'ended')),
    revision INTEGER NOT NULL,
    form TEXT NOT NULL, -- who is asked, as typed, JSON
    language TEXT NOT NULL,
    edited_de TEXT, -- changed text, JSON; NULL while it is the template's
    edited_en TEXT,
    batch TEXT, -- shared by requests that came from one list
    position INTEGER NOT NULL, -- order within the list
    created_at INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    opened_at INTEGER, -- handed to the mail program, which is not sent
    copied_at INTEGER,
    requested_at INTEGER,
    sent_at INTEGER, -- when the person said so
    closed_at INTEGER,
    CHECK (state <> 'requested' OR requested_at IS NOT NULL),
    CHECK (state NOT IN ('accepted', 'declined', 'ended') OR closed_at IS NOT NULL)
) STRICT;
CREATE INDEX partnership_requests_reseller ON partnership_requests (reseller_id, created_at);
CREATE INDEX partnership_requests_open ON partnership_requests (state, requested_at) WHERE state IN ('draft', 'requested');
CREATE INDEX partnership_requests_batch ON partnership_requests (batch, position) WHERE batch IS NOT NULL;

CREATE TRIGGER partnership_requests_no_delete BEFORE DELETE ON partnership_requests WHEN OLD.state <> 'draft' BEGIN
    SELECT raise(ABORT, 'only a draft can be discarded');
END;
-- An answer is a fact: nothing leads back from it, except that a partnership which began may end.
CREATE TRIGGER partnership_requests_transition BEFORE UPDATE ON partnership_requests
WHEN OLD.state <> NEW.state AND NOT (
    (OLD.state = 'draft' AND NEW.state IN ('requested', 'accepted', 'ended'))
    OR (OLD.state = 'requested' AND NEW.state IN ('accepted', 'declined', 'ended'))
    OR (OLD.state = 'declined' AND NEW.state = 'accepted')
    OR (OLD.state = 'accepted' AND NEW.state = 'ended')
) BEGIN
    SELECT raise(ABORT, 'this step of a request is not in the table of states');
END;

CREATE TABLE mail_templates (
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    template TEXT NOT NULL, -- subject and body, JSON; the app's own stands where there is no row
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (kind, language)
) STRICT, WITHOUT ROWID;
