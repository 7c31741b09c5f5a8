CREATE TABLE IF NOT EXISTS reports (
    id INTEGER PRIMARY KEY,
    directive_id TEXT NOT NULL,
    problem TEXT NOT NULL,
    text TEXT NOT NULL,
    contact TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'rejected', 'applied')),
    created_at TEXT NOT NULL,
    decided_at TEXT,
    applied_at TEXT,
    action TEXT NOT NULL DEFAULT '' CHECK (action IN ('', 'remove', 'correct')),
    field TEXT NOT NULL DEFAULT '',
    value TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS reports_by_state ON reports (state, id);
