-- Makes the monthly partitions from this month to the month of `upto`; returns how many were new.
-- A month that already has rows in the default partition stays there.
CREATE FUNCTION ledger.ensure_partitions(upto date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    month date := date_trunc('month', clock_timestamp());
    last  date := least(date_trunc('month', upto), date_trunc('month', clock_timestamp()) + interval '24 months');
    name  text;
    part  text;
    made  integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ledger.ensure_partitions'));
    WHILE month <= last LOOP
        IF NOT EXISTS (SELECT FROM ledger.journal_default
                       WHERE posted_at >= month AND posted_at < month + interval '1 month') THEN
            FOREACH name IN ARRAY ARRAY['journal', 'entry'] LOOP
                part := format('%s_%s', name, to_char(month, 'YYYY_MM'));
                IF to_regclass('ledger.' || part) IS NULL THEN
                    EXECUTE format('CREATE TABLE ledger.%I PARTITION OF ledger.%I FOR VALUES FROM (%L) TO (%L)',
                                   part, name, month::timestamptz, (month + interval '1 month')::timestamptz);
                    PERFORM ledger.guard_append_only(format('ledger.%I', part)::regclass);
                    IF name = 'entry' THEN
                        PERFORM ledger.guard_zero_sum(format('ledger.%I', part)::regclass);
                    END IF;
                    made := made + 1;
                END IF;
            END LOOP;
        END IF;
        month := month + interval '1 month';
    END LOOP;
    RETURN made;
END $$;

SELECT ledger.ensure_partitions((now() + interval '3 months')::date);
