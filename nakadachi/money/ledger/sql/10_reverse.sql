-- Corrects by a new journal with every sign turned; the old one stays as it was.
CREATE FUNCTION ledger.reverse(p_key uuid, p_journal_id bigint, p_kind text, p_effective_at date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    old      record;
    accounts bigint[];
    amounts  bigint[];
    new_id   bigint;
    taken    bigint;
BEGIN
    SELECT kind, ref_type, ref_id INTO old FROM ledger.journal WHERE id = p_journal_id;
    IF NOT FOUND OR EXISTS (SELECT FROM ledger.reversal WHERE by_journal_id = p_journal_id) THEN
        RAISE EXCEPTION 'ledger: journal % cannot be reversed', p_journal_id USING ERRCODE = 'NK007';
    END IF;
    SELECT by_journal_id INTO taken FROM ledger.reversal WHERE journal_id = p_journal_id;
    IF FOUND AND NOT EXISTS (SELECT FROM ledger.idempotency WHERE key = p_key AND journal_id = taken) THEN
        RAISE EXCEPTION 'ledger: journal % is already reversed', p_journal_id USING ERRCODE = 'NK008';
    END IF;
    SELECT array_agg(account_id ORDER BY line), array_agg(-amount ORDER BY line) INTO accounts, amounts
    FROM ledger.entry WHERE journal_id = p_journal_id;
    new_id := ledger.post(p_key, p_kind, old.ref_type, old.ref_id, accounts, amounts, p_effective_at,
                          jsonb_build_object('reverses', p_journal_id));
    INSERT INTO ledger.reversal (journal_id, by_journal_id) VALUES (p_journal_id, new_id) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        SELECT by_journal_id INTO taken FROM ledger.reversal WHERE journal_id = p_journal_id;
        IF taken IS NULL THEN
            RAISE EXCEPTION 'ledger: key % was used for another request', p_key USING ERRCODE = 'NK003';
        ELSIF taken <> new_id THEN
            RAISE EXCEPTION 'ledger: journal % is already reversed', p_journal_id USING ERRCODE = 'NK008';
        END IF;
    END IF;
    RETURN new_id;
END $$;
