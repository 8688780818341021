-- A star of races: the races pipeline. Each row's event_id is its member's own key, so that a later event changes it.
CREATE TABLE dim_circuit (
    tenant        text        NOT NULL,
    event_id      text        NOT NULL,
    event_time    timestamptz NOT NULL,
    version       bigint      NOT NULL,
    lineage       jsonb       NOT NULL,
    circuit       text        NOT NULL,
    circuit_type  text,
    direction     text,
    turns         integer,
    course_km     numeric(8, 3),
    PRIMARY KEY (tenant, event_id),
    UNIQUE (tenant, circuit)
);

CREATE TABLE dim_grand_prix (
    tenant        text        NOT NULL,
    event_id      text        NOT NULL,
    event_time    timestamptz NOT NULL,
    version       bigint      NOT NULL,
    lineage       jsonb       NOT NULL,
    grand_prix    text        NOT NULL,
    PRIMARY KEY (tenant, event_id),
    UNIQUE (tenant, grand_prix)
);

CREATE TABLE dim_day (
    tenant        text        NOT NULL,
    event_id      text        NOT NULL,
    event_time    timestamptz NOT NULL,
    version       bigint      NOT NULL,
    lineage       jsonb       NOT NULL,
    race_day      date        NOT NULL,
    year          integer     NOT NULL,
    month         integer     NOT NULL,
    weekday       integer     NOT NULL,
    PRIMARY KEY (tenant, event_id),
    UNIQUE (tenant, race_day)
);

-- No foreign keys: each table is written on its own, and a fact may come before its dimension.
CREATE TABLE fact_race (
    tenant        text        NOT NULL,
    event_id      text        NOT NULL,
    event_time    timestamptz NOT NULL,
    version       bigint      NOT NULL,
    lineage       jsonb       NOT NULL,
    race_id       bigint      NOT NULL,
    race_day      date        NOT NULL,
    grand_prix    text        NOT NULL,
    circuit       text        NOT NULL,
    round         integer     NOT NULL,
    official_name text        NOT NULL,
    laps          integer,
    distance_km   numeric(8, 3),
    PRIMARY KEY (tenant, event_id)
);

CREATE INDEX fact_race_by_circuit ON fact_race (tenant, circuit);
CREATE INDEX fact_race_by_grand_prix ON fact_race (tenant, grand_prix);
CREATE INDEX fact_race_by_day ON fact_race (tenant, race_day);
