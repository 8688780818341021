-- What `datamill alerter` remembers. Several alerters, each with a name, may share a database.

-- Who is at work: each that takes over raises the epoch, and what one of an older epoch tries is refused.
CREATE TABLE alerter_lease (
    alerter text        PRIMARY KEY,
    epoch   bigint      NOT NULL,
    since   timestamptz NOT NULL
);

-- How far each shard is read. Without a sequence it begins at start_at, or with the oldest record where that is null.
CREATE TABLE alerter_shard (
    alerter  text        NOT NULL,
    stream   text        NOT NULL,
    shard    text        NOT NULL,
    sequence text,
    start_at timestamptz,
    done     boolean     NOT NULL,
    moved_at timestamptz NOT NULL,
    PRIMARY KEY (alerter, stream, shard)
);

-- What has been counted, so that a repeat is known.
CREATE TABLE alerter_event (
    alerter text        NOT NULL,
    kind    text        NOT NULL,
    tenant  text        NOT NULL,
    id      text        NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (alerter, kind, tenant, id)
);
CREATE INDEX alerter_event_seen ON alerter_event (alerter, seen_at);

-- An alert of one action. count is what is in it, told what the receiver has been told of that.
CREATE TABLE alerter_alert (
    id          uuid        PRIMARY KEY,
    alerter     text        NOT NULL,
    action      text        NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('group', 'summary', 'overflow', 'notice')),
    tenant      text        NOT NULL,
    group_hash  text        NOT NULL,
    content     jsonb       NOT NULL,
    first_at    timestamptz NOT NULL,
    last_at     timestamptz NOT NULL,
    count       bigint      NOT NULL,
    told        bigint      NOT NULL DEFAULT 0,
    opened_at   timestamptz NOT NULL,
    closes_at   timestamptz NOT NULL,
    closed      boolean     NOT NULL,
    state       text        NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'merged', 'failed')),
    attempts    integer     NOT NULL DEFAULT 0,
    next_at     timestamptz NOT NULL,
    told_at     timestamptz,
    sent_at     timestamptz,
    merged_into uuid,
    body        bytea,
    last_error  text
);
-- One window of a group, and one overflow of a tenant, is open at a time.
CREATE UNIQUE INDEX alerter_alert_open ON alerter_alert (alerter, action, kind, tenant, group_hash) WHERE NOT closed;
CREATE INDEX alerter_alert_due ON alerter_alert (alerter, action, next_at) WHERE state IN ('pending', 'sending');
CREATE INDEX alerter_alert_told ON alerter_alert (alerter, action, tenant, told_at);
CREATE INDEX alerter_alert_merged ON alerter_alert (merged_into) WHERE merged_into IS NOT NULL;

-- A message that could not be read.
CREATE TABLE alerter_reject (
    alerter    text        NOT NULL,
    stream     text        NOT NULL,
    shard      text        NOT NULL,
    sequence   text        NOT NULL,
    arrived_at timestamptz NOT NULL,
    reason     text        NOT NULL,
    data       bytea       NOT NULL,
    PRIMARY KEY (alerter, stream, shard, sequence)
);
