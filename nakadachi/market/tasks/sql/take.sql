-- Takes places of an open task: one for each of p_workers who may have one, in their order, as far as places are free.
-- Answers one row per claim, with how many places were taken in the last column; a single row of nulls when it made none.
-- Fewer claims than places means that somebody was faster with the same round: the transaction must not go on.
--
-- A free place is a row, and taking it deletes it. SKIP LOCKED gives each of many racers another one, the lowest number
-- first. Presses of one worker wait for each other; what the first one did is then seen by the next statement. The plan
-- is made once per connection: making it costs more than running it.
CREATE OR REPLACE FUNCTION tasks_take(p_task bigint, p_workers bigint[], p_at timestamptz, p_until timestamptz)
RETURNS TABLE (claim_id bigint, worker_id bigint, round smallint, places bigint)
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    PERFORM pg_advisory_xact_lock(hashint8extended(asked, p_task)) FROM unnest(p_workers) AS asked ORDER BY asked;
    RETURN QUERY
    WITH rules AS (
        SELECT task.repeats_max FROM tasks_task task JOIN escrow_hold hold ON hold.id = task.hold_id
        WHERE task.id = p_task AND task.status = 'open' AND task.closes_at > p_at AND hold.status = 'funded'
    ), entitled AS (
        SELECT asked.worker_id, before.had + 1 AS round, row_number() OVER (ORDER BY asked.nth) AS nth
        FROM unnest(p_workers) WITH ORDINALITY AS asked (worker_id, nth)
        CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE claim.status <> 'lapsed') AS had,
                   count(*) FILTER (WHERE claim.status = 'reserved') AS has
            FROM tasks_claim claim WHERE claim.task_id = p_task AND claim.worker_id = asked.worker_id
        ) before CROSS JOIN rules
        WHERE before.had < rules.repeats_max AND before.has = 0
    ), free AS (
        SELECT slot.id FROM tasks_slot slot WHERE slot.task_id = p_task
        ORDER BY slot.task_id, slot.number LIMIT (SELECT count(*) FROM entitled) FOR UPDATE SKIP LOCKED
    ), taken AS (
        DELETE FROM tasks_slot slot USING (SELECT id, row_number() OVER () AS nth FROM free) free JOIN entitled USING (nth)
        WHERE slot.id = free.id RETURNING slot.number, entitled.worker_id, entitled.round
    ), claimed AS (
        INSERT INTO tasks_claim AS claim (task_id, slot_number, worker_id, round, status, reserved_at, reserved_until,
                                          answers, reason, reason_text, appeal_text, decision_text)
        SELECT p_task, number, worker_id, round, 'reserved', p_at, p_until, '{}', '', '', '', '' FROM taken
        ON CONFLICT (task_id, worker_id, round) DO UPDATE SET slot_number = excluded.slot_number, status = 'reserved',
            reserved_at = excluded.reserved_at, reserved_until = excluded.reserved_until
        WHERE claim.status = 'lapsed'
        RETURNING claim.id, claim.worker_id, claim.round
    )
    SELECT claimed.id, claimed.worker_id, claimed.round, (SELECT count(*) FROM taken)
    FROM (SELECT) one LEFT JOIN claimed ON true;
END $$;

-- The same with an event for each claim, as `infra/events` writes them.
CREATE OR REPLACE FUNCTION tasks_take_told(p_task bigint, p_workers bigint[], p_at timestamptz, p_until timestamptz)
RETURNS TABLE (claim_id bigint, worker_id bigint, round smallint, places bigint, event_id bigint)
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH claimed AS (
        SELECT * FROM tasks_take(p_task, p_workers, p_at, p_until)
    ), told AS (
        INSERT INTO events_event (kind, at, actor_kind, actor_id, subject_type, subject_id, data, created_at)
        SELECT 'claim.reserve', p_at, 'member', worker_id, 'tasks.claim', claim_id,
               jsonb_build_object('after', 'reserved', 'task_id', p_task, 'round', round), clock_timestamp()
        FROM claimed WHERE claim_id IS NOT NULL RETURNING id, subject_id
    )
    SELECT claim_id, worker_id, round, places, told.id FROM claimed LEFT JOIN told ON told.subject_id = claim_id;
END $$;
