-- One row per posting request, unique for all time: the same key answers with the same journal.
CREATE TABLE ledger.idempotency (
    key          uuid PRIMARY KEY,
    request_hash bytea NOT NULL,
    journal_id   bigint NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- A journal is reversed at most once, and a journal reverses at most one other.
CREATE TABLE ledger.reversal (
    journal_id    bigint PRIMARY KEY,
    by_journal_id bigint NOT NULL UNIQUE
);
