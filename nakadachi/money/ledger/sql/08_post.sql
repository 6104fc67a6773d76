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
    known      record;
    done       bigint := 999;
    next_line  integer;
BEGIN
    IF n IS NULL OR n < 2 OR n > 64 OR cardinality(p_amounts) <> n THEN
        RAISE EXCEPTION 'ledger: a journal has 2 to 64 lines' USING ERRCODE = 'NK006';
    END IF;
    FOR i IN 1 .. n LOOP
        IF p_accounts[i] IS NULL OR p_amounts[i] IS NULL OR p_amounts[i] = 0
           OR p_amounts[i] NOT BETWEEN -1000000000000 AND 1000000000000 THEN
            RAISE EXCEPTION 'ledger: line % has no usable amount', i USING ERRCODE = 'NK006';
        END IF;
        IF array_position(p_accounts, p_accounts[i], i + 1) IS NOT NULL THEN
            RAISE EXCEPTION 'ledger: account % stands in two lines', p_accounts[i] USING ERRCODE = 'NK006';
        END IF;
        -- A hot account is proven here, a synchronous one by the update of its balance.
        IF p_accounts[i] < 1000 AND p_accounts[i] <> ALL (ledger.hot_accounts()) THEN
            RAISE EXCEPTION 'ledger: account % is not known', p_accounts[i] USING ERRCODE = 'NK004';
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

    WITH head AS (
        INSERT INTO ledger.journal (id, posted_at, effective_at, kind, ref_type, ref_id, calc)
        VALUES (new_id, greatest(clock_timestamp(), (SELECT floor FROM ledger.clock)),
                p_effective_at, p_kind, p_ref_type, p_ref_id, p_calc)
        RETURNING posted_at
    )
    INSERT INTO ledger.entry (journal_id, line, account_id, amount, posted_at)
    SELECT new_id, l.line, l.account_id, l.amount, head.posted_at
    FROM head, unnest(p_accounts, p_amounts) WITH ORDINALITY AS l(account_id, amount, line);

    -- Ascending account ids, picked by hand: a query to sort four numbers costs more than the update itself.
    LOOP
        next_line := NULL;
        FOR i IN 1 .. n LOOP
            IF p_accounts[i] > done AND (next_line IS NULL OR p_accounts[i] < p_accounts[next_line]) THEN
                next_line := i;
            END IF;
        END LOOP;
        EXIT WHEN next_line IS NULL;
        done := p_accounts[next_line];
        UPDATE ledger.balance SET balance = balance + p_amounts[next_line], version = version + 1
        WHERE account_id = done AND is_open AND balance + p_amounts[next_line] >= min_balance;
        IF NOT FOUND THEN
            PERFORM ledger.explain_refusal(done, p_amounts[next_line]);
        END IF;
    END LOOP;
    RETURN new_id;
END $$;
