-- The door of a member through which new work begins: the key of the advisory lock that holds it open, or bars it.
CREATE FUNCTION standing_door(p_member bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hashtextextended('leaving:' || p_member, 0)
$$;

-- What decides whether two members may begin something together: their standings, and a row for every block between them.
-- With p_hold_open the doors of both are held open first, until the end of the transaction, and read afterwards: a
-- statement of its own, so that it sees what somebody did for whom it waited.
CREATE FUNCTION standing_between(p_one bigint, p_other bigint, p_hold_open boolean)
RETURNS TABLE (member_id bigint, suspended_at timestamptz, leaving_at timestamptz, is_block boolean)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    IF p_hold_open THEN
        PERFORM pg_advisory_xact_lock_shared(standing_door(least(p_one, p_other)));
        PERFORM pg_advisory_xact_lock_shared(standing_door(greatest(p_one, p_other)));
    END IF;
    RETURN QUERY
    SELECT member_id, suspended_at, leaving_at, false FROM standing_standing WHERE member_id IN (p_one, p_other)
    UNION ALL
    SELECT member_id, NULL, NULL, true FROM standing_block
    WHERE member_id = p_one AND blocked_id = p_other OR member_id = p_other AND blocked_id = p_one;
END $$;
