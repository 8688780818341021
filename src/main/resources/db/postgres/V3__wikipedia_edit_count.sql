-- How many edits of each kind a minute had: the wikipedia-edits pipeline.
CREATE TABLE wikipedia_edit_count (
    tenant        text        NOT NULL,
    event_id      text        NOT NULL,
    event_time    timestamptz NOT NULL,
    version       bigint      NOT NULL,
    lineage       jsonb       NOT NULL,
    window_start  timestamptz NOT NULL,
    window_end    timestamptz NOT NULL,
    action        text        NOT NULL,
    anonymous     boolean     NOT NULL,
    bot           boolean     NOT NULL,
    country       text,
    edits         bigint      NOT NULL,
    bytes_changed bigint,
    editors       bigint      NOT NULL,
    PRIMARY KEY (tenant, event_id)
);

CREATE INDEX wikipedia_edit_count_by_time ON wikipedia_edit_count (tenant, window_start);
