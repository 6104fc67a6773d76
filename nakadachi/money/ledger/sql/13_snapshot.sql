-- The balance of every account at the end of a month that is over, so that later readings need not start at zero.
CREATE TABLE ledger.balance_snapshot (
    account_id   bigint NOT NULL,
    month        date NOT NULL CHECK (extract(day FROM month) = 1),
    balance      bigint NOT NULL,
    entries      bigint NOT NULL,
    last_journal bigint,
    PRIMARY KEY (account_id, month)
);
SELECT ledger.guard_append_only('ledger.balance_snapshot');

-- Closes every finished month not yet closed, oldest first; returns how many. The lock on the month's
-- partition waits for the transactions that wrote into it; since an hour nobody can have begun to.
CREATE FUNCTION ledger.close_months() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    this_month date := date_trunc('month', clock_timestamp() - interval '1 hour');
    target     date;
    part       text;
    closed     integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ledger.close_months'));
    SELECT coalesce(max(month) + interval '1 month',
                    (SELECT date_trunc('month', posted_at) FROM ledger.journal ORDER BY id LIMIT 1))
    INTO target FROM ledger.balance_snapshot;
    WHILE target < this_month LOOP
        part := format('ledger.entry_%s', to_char(target, 'YYYY_MM'));
        EXECUTE format('LOCK TABLE %s IN SHARE MODE', coalesce(to_regclass(part), 'ledger.entry_default'::regclass));
        INSERT INTO ledger.balance_snapshot (account_id, month, balance, entries, last_journal)
        SELECT account_id, target, sum(amount), sum(entries), max(last_journal)
        FROM (
            SELECT account_id, amount, 1 AS entries, journal_id AS last_journal FROM ledger.entry
            WHERE posted_at >= target AND posted_at < target + interval '1 month'
            UNION ALL
            SELECT account_id, balance, entries, last_journal FROM ledger.balance_snapshot
            WHERE month = target - interval '1 month'
        ) AS parts GROUP BY account_id;
        closed := closed + 1;
        target := target + interval '1 month';
    END LOOP;
    RETURN closed;
END $$;
