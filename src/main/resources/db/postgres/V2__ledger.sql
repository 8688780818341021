-- How many records of each minute of arrival had which fate. Tenant is empty where it could not be read.
CREATE TABLE ledger (
    pipeline text        NOT NULL,
    tenant   text        NOT NULL,
    minute   timestamptz NOT NULL,
    fate     text        NOT NULL,
    count    bigint      NOT NULL,
    PRIMARY KEY (pipeline, tenant, minute, fate)
);
