-- In a PostgreSQL schema of its own, with its own history: `datamill migrate` neither sees nor needs it.

CREATE TABLE subject (
    name          text PRIMARY KEY CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,189}$'),
    compatibility text NOT NULL DEFAULT 'backward' CHECK (compatibility IN ('none', 'backward', 'backward-transitive',
                      'forward', 'forward-transitive', 'full', 'full-transitive'))
);

CREATE TABLE registered_schema (
    id   uuid PRIMARY KEY,
    json text NOT NULL CHECK (octet_length(json) <= 2097152)
);

-- A version never changes. Two servers that add one at once are told apart by the primary key.
CREATE TABLE subject_version (
    subject       text        NOT NULL REFERENCES subject,
    version       integer     NOT NULL CHECK (version >= 1),
    schema_id     uuid        NOT NULL REFERENCES registered_schema,
    registered_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (subject, version),
    UNIQUE (subject, schema_id)
);
