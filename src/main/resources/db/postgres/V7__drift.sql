-- How far the events of a window were from what was expected of them: see docs/drift.md. Expected is null where that had
-- still to be learnt.
CREATE TABLE drift (
    pipeline     text             NOT NULL,
    step         text             NOT NULL,
    tenant       text             NOT NULL,
    model        text             NOT NULL,
    window_start timestamptz      NOT NULL,
    what         text             NOT NULL,
    name         text             NOT NULL,
    value        double precision NOT NULL,
    expected     double precision,
    allowed      double precision NOT NULL,
    breached     boolean          NOT NULL,
    events       bigint           NOT NULL,
    version      bigint           NOT NULL,
    PRIMARY KEY (pipeline, step, tenant, model, window_start, what, name)
);

CREATE INDEX drift_breached ON drift (window_start) WHERE breached;
