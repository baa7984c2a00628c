CREATE TABLE resource (
    -- What has no table of its own: users, role members, support contacts, the audit trail.
    kind TEXT NOT NULL,
    -- The customer, or what it belongs to; empty for the provider's.
    owner TEXT NOT NULL,
    id TEXT NOT NULL,
    -- Unix seconds.
    made_at INTEGER NOT NULL,
    -- As it is answered; never with a password.
    document TEXT NOT NULL,
    PRIMARY KEY (kind, owner, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX resource_age ON resource (kind, made_at);
