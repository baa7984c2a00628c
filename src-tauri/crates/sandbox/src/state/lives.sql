CREATE TABLE subscription_life (
    -- What became of a subscription since its purchase: terms, batches of licences, what is planned.
    subscription_id TEXT NOT NULL PRIMARY KEY,
    document TEXT NOT NULL
) STRICT, WITHOUT ROWID;
