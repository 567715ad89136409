"""The record's tables. Plain SQL: they are written by COPY and read by hand, never through models."""

from django.db import migrations

FORWARDS = """
CREATE TABLE fact (
    seq         bigint      PRIMARY KEY,
    id          uuid        NOT NULL,
    kind        text        NOT NULL,
    version     smallint    NOT NULL,
    subject     uuid        NOT NULL,
    area        text        NOT NULL,
    observed_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    author      text        NOT NULL,
    device      text        NOT NULL,
    salt        bytea       NOT NULL,
    digest      bytea       NOT NULL,
    chain       bytea       NOT NULL,
    body        bytea       NOT NULL
);
CREATE UNIQUE INDEX fact_id ON fact (id);
CREATE INDEX fact_subject ON fact (subject);
CREATE INDEX fact_kind ON fact (kind, seq);
CREATE INDEX fact_received_at ON fact (received_at);

-- One row: where the log ends. Its lock orders the writers.
CREATE TABLE fact_head (
    one         boolean     PRIMARY KEY DEFAULT true CHECK (one),
    seq         bigint      NOT NULL,
    chain       bytea       NOT NULL,
    received_at timestamptz NOT NULL
);
INSERT INTO fact_head (seq, chain, received_at) VALUES (0, decode(repeat('00', 32), 'hex'), '1970-01-01 00:00+00');

-- What was sent and could not be appended. Its original bytes may hold anything: they are sealed under a key of their
-- own, which `id` names in the key store. Sent again, it is kept once: `digest` is made with a key, and betrays no
-- content. `kind` and `area` are empty where the bytes do not tell them.
CREATE TABLE fact_set_aside (
    number      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest      bytea       NOT NULL UNIQUE,
    id          uuid        NOT NULL UNIQUE,
    received_at timestamptz NOT NULL,
    author      text        NOT NULL,
    device      text        NOT NULL,
    fact        uuid,
    kind        text        NOT NULL,
    area        text        NOT NULL,
    reason      text        NOT NULL,
    sealed      bytea       NOT NULL
);
CREATE INDEX fact_set_aside_area ON fact_set_aside (area, number);
CREATE INDEX fact_set_aside_received_at ON fact_set_aside (received_at);

-- Up to where the chain was found whole, and when.
CREATE TABLE fact_checkpoint (
    seq         bigint      NOT NULL,
    chain       bytea       NOT NULL,
    verified_at timestamptz NOT NULL,
    PRIMARY KEY (seq, verified_at)
);

-- Up to where each register has folded the facts; why it stopped, if it did.
CREATE TABLE fact_register (
    name        text        PRIMARY KEY,
    seq         bigint      NOT NULL,
    stopped     text        NOT NULL DEFAULT ''
);

-- The facts of a batch that the log holds already. A sequential scan is never right here, whatever the statistics of a
-- table that was small a minute ago say.
CREATE FUNCTION fact_held(ids uuid[]) RETURNS TABLE (id uuid, seq bigint, salt bytea, digest bytea)
LANGUAGE sql STABLE SET enable_seqscan = off
AS 'SELECT f.id, f.seq, f.salt, f.digest FROM fact f WHERE f.id = ANY (ids)';
"""

BACKWARDS = """
DROP FUNCTION fact_held(uuid[]);
DROP TABLE fact_register, fact_checkpoint, fact_set_aside, fact_head, fact;
"""


class Migration(migrations.Migration):
    initial = True
    operations = (migrations.RunSQL(FORWARDS, BACKWARDS),)
