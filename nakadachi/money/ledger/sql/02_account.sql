-- Accounts. The mode follows from the number: below 1000 stand the fixed system accounts that
-- everybody credits ('A': append-only, folded later); from 1000 on the accounts of members,
-- holds and the like ('S': balance materialised in the posting, never below min_balance).
-- The top 10 bits of an id are its shard; shard 0 is the only one so far.
CREATE SEQUENCE ledger.account_id_seq START 1000 MINVALUE 1000;

CREATE TABLE ledger.account (
    id           bigint PRIMARY KEY,
    kind         text NOT NULL CHECK (kind <> ''),
    owner_type   text NOT NULL DEFAULT '',
    owner_id     bigint,
    currency     char(3) NOT NULL DEFAULT 'JPY',
    posting_mode char(1) NOT NULL,
    opened_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    closed_at    timestamptz,
    CONSTRAINT account_mode_follows_id CHECK (posting_mode = CASE WHEN id < 1000 THEN 'A' ELSE 'S' END),
    CONSTRAINT account_owner_complete CHECK ((owner_type = '') = (owner_id IS NULL)),
    CONSTRAINT account_system_stays_open CHECK (id >= 1000 OR closed_at IS NULL)
);
CREATE UNIQUE INDEX account_name ON ledger.account (kind, owner_id) NULLS NOT DISTINCT;
CREATE INDEX account_owner ON ledger.account (owner_type, owner_id) WHERE owner_id IS NOT NULL;

-- Balances of 'S' accounts: the only rows that are updated, and only in place (HOT: no second index).
-- `version` counts the entries behind the balance.
CREATE TABLE ledger.balance (
    account_id  bigint PRIMARY KEY,
    balance     bigint NOT NULL DEFAULT 0,
    version     bigint NOT NULL DEFAULT 0,
    min_balance bigint NOT NULL DEFAULT 0,
    is_open     boolean NOT NULL DEFAULT true,
    CONSTRAINT balance_not_below_minimum CHECK (balance >= min_balance)
) WITH (fillfactor = 70);

-- Fold state of 'A' accounts: the sum of all entries written by transactions below `upto_xid`.
CREATE TABLE ledger.hot_balance (
    account_id bigint PRIMARY KEY,
    balance    bigint NOT NULL DEFAULT 0,
    upto_xid   xid8 NOT NULL DEFAULT '3',
    folded_at  timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 70);

-- One row: `posted_at` never goes below it, even if the machine's clock is set back.
CREATE TABLE ledger.clock (
    one   boolean PRIMARY KEY DEFAULT true CHECK (one),
    floor timestamptz NOT NULL
) WITH (fillfactor = 50);
INSERT INTO ledger.clock (floor) VALUES ('-infinity');
