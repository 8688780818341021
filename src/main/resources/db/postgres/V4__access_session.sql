-- One row for each visit: the access-logs pipeline.
CREATE TABLE access_session (
    tenant        text        NOT NULL,
    event_id      text        NOT NULL,
    event_time    timestamptz NOT NULL,
    version       bigint      NOT NULL,
    lineage       jsonb       NOT NULL,
    window_start  timestamptz NOT NULL,
    window_end    timestamptz NOT NULL,
    client_ip     text        NOT NULL,
    browser       text,
    country       text,
    requests      bigint      NOT NULL,
    bytes         bigint,
    pages         bigint      NOT NULL,
    errors        bigint      NOT NULL,
    attacks       bigint      NOT NULL,
    PRIMARY KEY (tenant, event_id)
);

CREATE INDEX access_session_by_time ON access_session (tenant, window_start);
