-- Many journals in one statement: all or nothing, one update per account for the whole batch, all
-- accounts locked in one order. Lines come flat; draft[i] says which journal line i belongs to (1, 2, …,
-- ascending). Known keys answer with their journal; the answer has the order of the keys.
CREATE FUNCTION ledger.post_batch(
    p_keys uuid[], p_kinds text[], p_ref_types text[], p_ref_ids bigint[], p_effective_ats date[], p_calcs jsonb[],
    p_draft integer[], p_accounts bigint[], p_amounts bigint[]
) RETURNS bigint[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    n      integer := cardinality(p_keys);
    bad    bigint;
    first  bigint;
    fresh  boolean[];
    hashes bytea[];
    ids    bigint[];
    stamp  timestamptz;
    asked  integer;
    side   record;
BEGIN
    IF n IS NULL OR n < 1 OR n > 10000 OR cardinality(p_kinds) <> n OR cardinality(p_ref_types) <> n
       OR cardinality(p_ref_ids) <> n OR cardinality(p_effective_ats) <> n OR cardinality(p_calcs) <> n
       OR cardinality(p_accounts) <> cardinality(p_draft) OR cardinality(p_amounts) <> cardinality(p_draft) THEN
        RAISE EXCEPTION 'ledger: a batch has 1 to 10000 complete journals' USING ERRCODE = 'NK006';
    END IF;
    -- One pass over the lines: limits, sums and the hash of every request.
    SELECT array_agg(request ORDER BY draft),
           min(draft) FILTER (WHERE lines < 2 OR lines > 64 OR accounts < lines OR NOT usable),
           min(draft) FILTER (WHERE total <> 0), count(*)
    INTO hashes, bad, first, asked
    FROM (
        SELECT l.draft, count(*) AS lines, count(DISTINCT l.account_id) AS accounts, sum(l.amount) AS total,
               bool_and(coalesce(l.account_id IS NOT NULL AND l.amount <> 0
                                 AND l.amount BETWEEN -1000000000000 AND 1000000000000, false)) AS usable,
               ledger.request_hash(p_kinds[l.draft], p_ref_types[l.draft], p_ref_ids[l.draft],
                                   array_agg(l.account_id ORDER BY l.line), array_agg(l.amount ORDER BY l.line)) AS request
        FROM unnest(p_draft, p_accounts, p_amounts) WITH ORDINALITY AS l(draft, account_id, amount, line)
        GROUP BY l.draft
    ) AS drafts WHERE draft BETWEEN 1 AND n;
    IF asked <> n OR bad IS NOT NULL THEN
        RAISE EXCEPTION 'ledger: journal % of the batch has no usable lines', coalesce(bad, asked + 1) USING ERRCODE = 'NK006';
    ELSIF first IS NOT NULL THEN
        RAISE EXCEPTION 'ledger: journal % of the batch does not sum to zero', first USING ERRCODE = 'NK001';
    END IF;

    SELECT array_agg(nextval('ledger.journal_id_seq')) INTO ids FROM generate_series(1, n);
    INSERT INTO ledger.idempotency (key, request_hash, journal_id)
    SELECT r.key, r.request, r.id FROM unnest(p_keys, hashes, ids) AS r(key, request, id) ORDER BY r.key
    ON CONFLICT DO NOTHING;
    SELECT array_agg(i.journal_id = r.id ORDER BY r.draft), array_agg(i.journal_id ORDER BY r.draft),
           min(r.draft) FILTER (WHERE i.request_hash <> r.request)
    INTO fresh, ids, bad
    FROM unnest(p_keys, hashes, ids) WITH ORDINALITY AS r(key, request, id, draft)
    JOIN ledger.idempotency i ON i.key = r.key;
    IF bad IS NOT NULL THEN
        RAISE EXCEPTION 'ledger: key % was used for another request', p_keys[bad] USING ERRCODE = 'NK003';
    END IF;

    stamp := greatest(clock_timestamp(), (SELECT floor FROM ledger.clock));
    INSERT INTO ledger.journal (id, posted_at, effective_at, kind, ref_type, ref_id, calc)
    SELECT j.id, stamp, j.effective_at, j.kind, j.ref_type, j.ref_id, j.calc
    FROM unnest(ids, fresh, p_kinds, p_ref_types, p_ref_ids, p_effective_ats, p_calcs)
         AS j(id, fresh, kind, ref_type, ref_id, effective_at, calc)
    WHERE j.fresh;
    INSERT INTO ledger.entry (journal_id, line, account_id, amount, posted_at)
    SELECT ids[l.draft], row_number() OVER (PARTITION BY l.draft ORDER BY l.line), l.account_id, l.amount, stamp
    FROM unnest(p_draft, p_accounts, p_amounts) WITH ORDINALITY AS l(draft, account_id, amount, line)
    WHERE fresh[l.draft];
    IF EXISTS (SELECT FROM unnest(p_accounts) AS l(account_id)
               WHERE l.account_id < 1000 AND l.account_id <> ALL (ledger.hot_accounts())) THEN
        RAISE EXCEPTION 'ledger: a line names an unknown account' USING ERRCODE = 'NK004';
    END IF;

    FOR side IN
        SELECT l.account_id, sum(l.amount)::bigint AS amount, count(*) AS lines
        FROM unnest(p_draft, p_accounts, p_amounts) AS l(draft, account_id, amount)
        WHERE l.account_id >= 1000 AND fresh[l.draft] GROUP BY l.account_id ORDER BY l.account_id
    LOOP
        UPDATE ledger.balance SET balance = balance + side.amount, version = version + side.lines
        WHERE account_id = side.account_id AND is_open AND balance + side.amount >= min_balance;
        IF NOT FOUND THEN
            PERFORM ledger.explain_refusal(side.account_id, side.amount);
        END IF;
    END LOOP;
    RETURN ids;
END $$;
