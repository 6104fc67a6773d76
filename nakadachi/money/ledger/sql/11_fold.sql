-- Adds to each hot balance what finished transactions wrote since the last fold. Every transaction below
-- the snapshot's xmin is finished, so nothing can still appear there: neither an id nor a time has that property.
CREATE FUNCTION ledger.fold() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    horizon xid8 := pg_snapshot_xmin(pg_current_snapshot());
    hot     record;
    tail    record;
    folded  bigint := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('ledger.fold')) THEN
        RETURN 0;
    END IF;
    UPDATE ledger.clock SET floor = greatest(floor, newest.posted_at)
    FROM (SELECT posted_at FROM ledger.journal ORDER BY id DESC LIMIT 1) AS newest
    WHERE newest.posted_at > floor;
    FOR hot IN SELECT account_id, upto_xid FROM ledger.hot_balance ORDER BY account_id FOR UPDATE LOOP
        IF hot.upto_xid > horizon THEN
            RAISE EXCEPTION 'ledger: account % is folded up to transaction %, this server is only at %',
                hot.account_id, hot.upto_xid, horizon USING ERRCODE = 'NK011';
        END IF;
        SELECT sum(amount)::bigint AS amount, count(*) AS lines INTO tail FROM ledger.entry
        WHERE account_id = hot.account_id AND account_id < 1000 AND xid >= hot.upto_xid AND xid < horizon;
        CONTINUE WHEN tail.lines = 0;
        UPDATE ledger.hot_balance
        SET balance = balance + tail.amount, upto_xid = horizon, folded_at = clock_timestamp()
        WHERE account_id = hot.account_id;
        folded := folded + tail.lines;
    END LOOP;
    RETURN folded;
END $$;

-- Every balance as it stands now, hot ones with their tail; one snapshot, exact.
CREATE VIEW ledger.current_balance AS
SELECT b.account_id, b.balance FROM ledger.balance b
UNION ALL
SELECT h.account_id,
       h.balance + coalesce((SELECT sum(e.amount) FROM ledger.entry e
                             WHERE e.account_id = h.account_id AND e.account_id < 1000 AND e.xid >= h.upto_xid), 0)::bigint
FROM ledger.hot_balance h;
