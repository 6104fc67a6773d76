-- What makes two requests "the same": what happened (kind, ref) and every line in order.
-- The date and the inputs of the calculation are left out: a job that is retried after midnight is the same request.
CREATE FUNCTION ledger.request_hash(kind text, ref_type text, ref_id bigint, accounts bigint[], amounts bigint[])
RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(convert_to(concat_ws('|', kind, ref_type, coalesce(ref_id::text, '-'), accounts::text, amounts::text), 'UTF8'))
$$;

-- The one way in for a single journal: one call, all or nothing. Entries are written before any
-- balance is locked; balances are locked in ascending account id, so postings cannot deadlock.
CREATE FUNCTION ledger.post(
    p_key uuid, p_kind text, p_ref_type text, p_ref_id bigint,
    p_accounts bigint[], p_amounts bigint[], p_effective_at date, p_calc jsonb DEFAULT NULL
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    n          integer := cardinality(p_accounts);
    total      bigint := 0;
    new_id     bigint;
    hash       bytea;
    stamp      timestamptz;
    known      record;
    side       record;
BEGIN
    IF n IS NULL OR n < 2 OR n > 64 OR cardinality(p_amounts) <> n THEN
        RAISE EXCEPTION 'ledger: a journal has 2 to 64 lines' USING ERRCODE = 'NK006';
    END IF;
    FOR i IN 1 .. n LOOP
        IF p_accounts[i] IS NULL OR p_amounts[i] IS NULL OR p_amounts[i] = 0
           OR p_amounts[i] NOT BETWEEN -1000000000000 AND 1000000000000 THEN
            RAISE EXCEPTION 'ledger: line % has no usable amount', i USING ERRCODE = 'NK006';
        END IF;
        IF p_accounts[i] = ANY (p_accounts[i + 1 : n]) THEN
            RAISE EXCEPTION 'ledger: account % stands in two lines', p_accounts[i] USING ERRCODE = 'NK006';
        END IF;
        total := total + p_amounts[i];
    END LOOP;
    IF total <> 0 THEN
        RAISE EXCEPTION 'ledger: the lines sum to %', total USING ERRCODE = 'NK001';
    END IF;

    hash := ledger.request_hash(p_kind, p_ref_type, p_ref_id, p_accounts, p_amounts);
    new_id := nextval('ledger.journal_id_seq');
    INSERT INTO ledger.idempotency (key, request_hash, journal_id) VALUES (p_key, hash, new_id) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        SELECT request_hash, journal_id INTO STRICT known FROM ledger.idempotency WHERE key = p_key;
        IF known.request_hash <> hash THEN
            RAISE EXCEPTION 'ledger: key % was used for another request', p_key USING ERRCODE = 'NK003';
        END IF;
        RETURN known.journal_id;
    END IF;

    INSERT INTO ledger.journal (id, posted_at, effective_at, kind, ref_type, ref_id, calc)
    VALUES (new_id, greatest(clock_timestamp(), (SELECT floor FROM ledger.clock)),
            p_effective_at, p_kind, p_ref_type, p_ref_id, p_calc)
    RETURNING posted_at INTO stamp;
    INSERT INTO ledger.entry (journal_id, line, account_id, amount, posted_at)
    SELECT new_id, l.line, l.account_id, l.amount, stamp
    FROM unnest(p_accounts, p_amounts) WITH ORDINALITY AS l(account_id, amount, line);

    -- A hot account is proven by a look-up, a synchronous one by the update of its balance.
    IF EXISTS (SELECT FROM unnest(p_accounts) AS l(account_id) WHERE l.account_id < 1000
               AND NOT EXISTS (SELECT FROM ledger.hot_balance h WHERE h.account_id = l.account_id)) THEN
        RAISE EXCEPTION 'ledger: a line names an unknown account' USING ERRCODE = 'NK004';
    END IF;

    FOR side IN
        SELECT l.account_id, l.amount FROM unnest(p_accounts, p_amounts) AS l(account_id, amount)
        WHERE l.account_id >= 1000 ORDER BY l.account_id
    LOOP
        UPDATE ledger.balance SET balance = balance + side.amount, version = version + 1
        WHERE account_id = side.account_id AND is_open AND balance + side.amount >= min_balance;
        IF NOT FOUND THEN
            PERFORM ledger.explain_refusal(side.account_id, side.amount);
        END IF;
    END LOOP;
    RETURN new_id;
END $$;
