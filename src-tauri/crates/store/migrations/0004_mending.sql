-- Schema of mending: what Partner Center says of a customer, apart from what is wanted; and which drafts have mended
-- what, so that a second press of Submit finds the first.

CREATE TABLE profiles (
    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customers (id),
    remote_id TEXT NOT NULL, -- Partner Center's id of the profile
    etag TEXT NOT NULL, -- tag that the next change needs; empty while it was never read
    profile TEXT NOT NULL, -- name, contact and address as Partner Center last had them, JSON
    read_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE mended (
    draft_id TEXT NOT NULL PRIMARY KEY, -- the draft itself is gone
    onboarding_id TEXT NOT NULL REFERENCES onboardings (id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER mended_no_delete BEFORE DELETE ON mended BEGIN
    SELECT raise(ABORT, 'what was mended is never forgotten');
END;
