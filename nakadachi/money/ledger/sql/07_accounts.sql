-- Opens an 'S' account, or answers with the one that is already there.
CREATE FUNCTION ledger.open_account(p_kind text, p_owner_type text, p_owner_id bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found_id bigint;
    found_owner text;
BEGIN
    IF p_owner_id IS NULL OR coalesce(p_owner_type, '') = '' OR coalesce(p_kind, '') = '' THEN
        RAISE EXCEPTION 'ledger: an account needs a kind and an owner' USING ERRCODE = 'NK004';
    END IF;
    SELECT id, owner_type INTO found_id, found_owner FROM ledger.account WHERE kind = p_kind AND owner_id = p_owner_id;
    IF NOT FOUND THEN
        INSERT INTO ledger.account (id, kind, owner_type, owner_id, posting_mode)
        VALUES (nextval('ledger.account_id_seq'), p_kind, p_owner_type, p_owner_id, 'S')
        ON CONFLICT (kind, owner_id) DO NOTHING RETURNING id, owner_type INTO found_id, found_owner;
        IF FOUND THEN
            INSERT INTO ledger.balance (account_id) VALUES (found_id);
        ELSE
            SELECT id, owner_type INTO found_id, found_owner
            FROM ledger.account WHERE kind = p_kind AND owner_id = p_owner_id;
        END IF;
    END IF;
    IF found_owner <> p_owner_type THEN
        RAISE EXCEPTION 'ledger: %:% belongs to a %', p_kind, p_owner_id, found_owner USING ERRCODE = 'NK004';
    END IF;
    RETURN found_id;
END $$;

-- Closes an empty 'S' account for good. A posting that waits for its balance row is refused afterwards.
CREATE FUNCTION ledger.close_account(p_account_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held record;
BEGIN
    SELECT balance, is_open INTO held FROM ledger.balance WHERE account_id = p_account_id FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'ledger: no account % to close', p_account_id USING ERRCODE = 'NK004';
    ELSIF held.balance <> 0 THEN
        RAISE EXCEPTION 'ledger: account % still holds %', p_account_id, held.balance USING ERRCODE = 'NK010';
    ELSIF held.is_open THEN
        UPDATE ledger.balance SET is_open = false WHERE account_id = p_account_id;
        UPDATE ledger.account SET closed_at = clock_timestamp() WHERE id = p_account_id;
    END IF;
END $$;

-- Says why a balance row did not take an amount; always raises.
CREATE FUNCTION ledger.explain_refusal(p_account_id bigint, p_amount bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held record;
BEGIN
    SELECT balance, min_balance, is_open INTO held FROM ledger.balance WHERE account_id = p_account_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'ledger: account % is not known', p_account_id USING ERRCODE = 'NK004';
    ELSIF NOT held.is_open THEN
        RAISE EXCEPTION 'ledger: account % is closed', p_account_id USING ERRCODE = 'NK005';
    END IF;
    RAISE EXCEPTION 'ledger: account % holds %, less than % would ask', p_account_id, held.balance, -p_amount
        USING ERRCODE = 'NK002';
END $$;
