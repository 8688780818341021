-- One row for each event of the email-trust pipeline: what the web application lists and shows.
CREATE TABLE scored_message (
    tenant           text             NOT NULL,
    event_id         text             NOT NULL,
    event_time       timestamptz      NOT NULL,
    version          bigint           NOT NULL,
    lineage          jsonb            NOT NULL,
    received_at      timestamptz,
    from_address     text,
    from_domain      text,
    from_name        text,
    reply_to_domain  text,
    subject          text,
    sender_ip        text,
    geo_country      text,
    spf              text,
    dkim             text,
    dmarc            text,
    attachment_count integer,
    url_count        integer,
    size_bytes       bigint,
    seen_1h          bigint,
    seen_1d          bigint,
    first_seen       timestamptz,
    last_seen        timestamptz,
    trust_score      double precision,
    trust_model      text,
    trust_reasons    jsonb,
    verdict          text             NOT NULL,
    label            text,
    rule             text,
    PRIMARY KEY (tenant, event_id)
);

-- The list of a tenant's messages, newest first, and the same for one verdict.
CREATE INDEX scored_message_by_time ON scored_message (tenant, received_at DESC);
CREATE INDEX scored_message_by_verdict ON scored_message (tenant, verdict, received_at DESC);
