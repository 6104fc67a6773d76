-- The walls behind the functions: whoever writes the tables by hand meets these triggers.
CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ledger: % on % refused, it is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'NK009';
END $$;

CREATE FUNCTION ledger.demand_zero_sum() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad bigint;
BEGIN
    SELECT journal_id INTO bad FROM written GROUP BY journal_id HAVING sum(amount) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger: journal % does not sum to zero', bad USING ERRCODE = 'NK001';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION ledger.guard_append_only(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %s '
                   'FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()', target);
END $$;

-- Statement triggers belong to the table named in the statement: every partition needs its own.
CREATE FUNCTION ledger.guard_zero_sum(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER zero_sum AFTER INSERT ON %s REFERENCING NEW TABLE AS written '
                   'FOR EACH STATEMENT EXECUTE FUNCTION ledger.demand_zero_sum()', target);
END $$;

SELECT ledger.guard_append_only(t) FROM unnest(ARRAY[
    'ledger.journal', 'ledger.journal_default', 'ledger.entry', 'ledger.entry_default',
    'ledger.idempotency', 'ledger.reversal']::regclass[]) AS t;
SELECT ledger.guard_zero_sum(t) FROM unnest(ARRAY['ledger.entry', 'ledger.entry_default']::regclass[]) AS t;
