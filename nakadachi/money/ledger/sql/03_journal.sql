-- Journals and their entries, in monthly partitions by posted_at. The default partitions catch a
-- month that nobody made ahead: a posting never stops for want of a partition.
CREATE SEQUENCE ledger.journal_id_seq;

CREATE TABLE ledger.journal (
    id           bigint NOT NULL,
    posted_at    timestamptz NOT NULL,
    effective_at date NOT NULL,
    kind         text NOT NULL CHECK (kind <> ''),
    ref_type     text NOT NULL,
    ref_id       bigint,
    calc         jsonb,
    xid          xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (id, posted_at)
) PARTITION BY RANGE (posted_at);
CREATE INDEX journal_ref ON ledger.journal (ref_type, ref_id);

CREATE TABLE ledger.entry (
    journal_id bigint NOT NULL,
    line       smallint NOT NULL,
    account_id bigint NOT NULL,
    amount     bigint NOT NULL CONSTRAINT entry_amount_within_limits
                   CHECK (amount <> 0 AND amount BETWEEN -1000000000000 AND 1000000000000),
    posted_at  timestamptz NOT NULL,
    xid        xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (journal_id, line, posted_at)
) PARTITION BY RANGE (posted_at);
CREATE INDEX entry_account ON ledger.entry (account_id, journal_id);
-- What the fold and an exact reading of a hot account walk: only their entries, in commit-safe order.
CREATE INDEX entry_hot ON ledger.entry (account_id, xid) INCLUDE (amount) WHERE account_id < 1000;

CREATE TABLE ledger.journal_default PARTITION OF ledger.journal DEFAULT;
CREATE TABLE ledger.entry_default PARTITION OF ledger.entry DEFAULT;
