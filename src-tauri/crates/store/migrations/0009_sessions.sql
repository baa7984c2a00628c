-- Onboarding sessions: a visit or an event under which operations are collected. A Submit belongs to the session that ran
-- when it was made; a session that holds keeps all of them back until the person releases it.

CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    who TEXT NOT NULL, -- empty when not told
    holds INTEGER NOT NULL CHECK (holds IN (0, 1)),
    started_at INTEGER NOT NULL,
    ended_at INTEGER, -- NULL while it runs
    released_at INTEGER, -- NULL before, and where nothing is held
    CHECK (holds = 1 OR released_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX sessions_running ON sessions (ended_at IS NULL) WHERE ended_at IS NULL;
CREATE INDEX sessions_started ON sessions (started_at);
CREATE TRIGGER sessions_begin BEFORE INSERT ON sessions WHEN NEW.ended_at IS NOT NULL OR NEW.released_at IS NOT NULL BEGIN
    SELECT raise(ABORT, 'a session begins running, and not released');
END;
CREATE TRIGGER sessions_no_delete BEFORE DELETE ON sessions BEGIN
    SELECT raise(ABORT, 'sessions are never deleted');
END;
CREATE TRIGGER sessions_once BEFORE UPDATE ON sessions
WHEN OLD.id <> NEW.id OR OLD.holds <> NEW.holds OR OLD.started_at <> NEW.started_at
    OR (OLD.ended_at IS NOT NULL AND OLD.ended_at IS NOT NEW.ended_at)
    OR (OLD.released_at IS NOT NULL AND OLD.released_at IS NOT NEW.released_at) BEGIN
    SELECT raise(ABORT, 'a session ends once and is released once');
END;

ALTER TABLE onboardings ADD COLUMN session_id TEXT REFERENCES sessions (id);
CREATE INDEX onboardings_session ON onboardings (session_id) WHERE session_id IS NOT NULL;
CREATE TRIGGER onboardings_session_stays BEFORE UPDATE ON onboardings WHEN OLD.session_id IS NOT NEW.session_id BEGIN
    SELECT raise(ABORT, 'a Submit stays with its session');
END;

-- Submits of which nothing may leave.
CREATE VIEW held_onboardings AS
    SELECT o.id FROM onboardings o JOIN sessions s ON s.id = o.session_id WHERE s.holds = 1 AND s.released_at IS NULL;

-- The hold stands on every operation that waits for its session, and on no other.
CREATE TRIGGER operations_session_begin BEFORE INSERT ON operations
WHEN (NEW.hold IS 'session_not_released') <> EXISTS (SELECT 1 FROM held_onboardings h WHERE h.id = NEW.onboarding_id) BEGIN
    SELECT raise(ABORT, 'an operation of a session that holds begins on hold');
END;
-- Until then it may be corrected or cancelled (the same rule stands in the sync machine).
CREATE TRIGGER operations_session BEFORE UPDATE ON operations
WHEN OLD.hold IS 'session_not_released' AND NOT (
    NEW.state = 'cancelled'
    OR (NEW.state = 'queued' AND NEW.hold IS 'session_not_released'
        AND NEW.revision = OLD.revision + 1 AND NEW.request_key <> OLD.request_key)
    OR (NEW.state = 'queued' AND NEW.hold IS NULL
        AND NOT EXISTS (SELECT 1 FROM held_onboardings h WHERE h.id = OLD.onboarding_id))
) BEGIN
    SELECT raise(ABORT, 'its session is not released');
END;
CREATE TRIGGER operations_session_late BEFORE UPDATE ON operations
WHEN OLD.hold IS NOT 'session_not_released' AND NEW.hold IS 'session_not_released' BEGIN
    SELECT raise(ABORT, 'a session holds from the beginning or not at all');
END;

DROP TRIGGER operations_payload;
CREATE TRIGGER operations_payload BEFORE UPDATE ON operations
WHEN (OLD.payload <> NEW.payload OR OLD.payload_hash <> NEW.payload_hash) AND NOT (
    (OLD.state = 'needs_attention' OR (OLD.state = 'queued' AND OLD.hold IS 'session_not_released'))
    AND NEW.state = 'queued' AND NEW.revision = OLD.revision + 1 AND NEW.request_key <> OLD.request_key
) AND NOT (
    OLD.state IN ('confirmed', 'cancelled') AND OLD.forgotten_at IS NULL AND NEW.forgotten_at IS NOT NULL
    AND OLD.payload_hash = NEW.payload_hash
) BEGIN
    SELECT raise(ABORT, 'a payload changes only as a new revision with a new request key');
END;
