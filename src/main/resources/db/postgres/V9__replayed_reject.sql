-- Rejects that have been run again and have not been rejected again: see docs/replay.md. Others are still open.
CREATE TABLE replayed_reject (
    pipeline    text        NOT NULL,
    tenant      text        NOT NULL,
    position    text        NOT NULL,
    step        text        NOT NULL,
    replayed_at timestamptz NOT NULL,
    version     text        NOT NULL,
    fate        text        NOT NULL CHECK (fate IN ('OUT', 'DROPPED')),
    PRIMARY KEY (pipeline, tenant, position, step)
);
