"""The few doors through which an erasure reaches what nobody else may change or read. See docs/adr/0018.

What is append-only stays so for everybody: the walls let an UPDATE pass only when it comes from the owner (that is, from
inside these functions) and says that it erases. Each function erases fixed fields of one member whose closing is being
erased, and nothing else.
"""

from django.db import migrations

WALLS = {
    "events_refuse_change": "events are append-only",
    "contracts_refuse_change": "written terms are never changed",
    "jobs_refuse_change": "earlier versions of a job are never changed",
    "sourcing_refuse_change": "earlier versions of a proposal are never changed",
    "mediation_refuse_change": "what was said in a mediation is never changed",
}

PASSING = """
CREATE FUNCTION closing_passes(op text, relation oid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT op = 'UPDATE' AND current_setting('nakadachi.erasing', true) = 'on'
        AND EXISTS (SELECT FROM pg_class c WHERE c.oid = relation AND pg_get_userbyid(c.relowner) = current_user)
$$;
"""

FUNCTIONS = """
CREATE FUNCTION closing_event_fields() RETURNS TABLE (kind text, fields text[]) LANGUAGE sql IMMUTABLE AS $$
    VALUES ('member.profile_changed', '{changes}'::text[]), ('member.legal_name_changed', '{changes}'),
        ('member.invoice_number_changed', '{changes}'), ('member.avatar_changed', '{changes}'),
        ('member.email_changed', '{changes}'), ('bankaccount.registered', '{changes}'),
        ('session.started', '{device,address}'), ('session.ended', '{device,address}'),
        ('member.suspended', '{reason}'), ('member.suspension_lifted', '{reason}'), ('member.viewed', '{reason}'),
        ('member.check_refused', '{reason}'), ('member.made_operator', '{reason}'),
        ('member.operator_ended', '{reason}'), ('member.exported', '{wanted}'), ('file.stopped', '{name}'),
        ('job.edit', '{changes}'), ('job.close', '{reason}'), ('proposal.revise', '{changes}'),
        ('contract.end', '{reason}'), ('termschange.propose', '{added}')
$$;

CREATE FUNCTION closing_open_walls(member bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM closing_closing c WHERE c.member_id = member AND c.status IN ('erasing', 'erased')) THEN
        RAISE EXCEPTION 'member % is not being erased', member;
    END IF;
    PERFORM set_config('nakadachi.erasing', 'on', true);
END $$;

CREATE FUNCTION closing_erase_events(member bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE touched bigint;
BEGIN
    PERFORM closing_open_walls(member);
    UPDATE events_event e SET data = e.data - f.fields FROM closing_event_fields() f
    WHERE e.kind = f.kind AND e.data ?| f.fields AND (
        (e.subject_type = 'people.member' AND e.subject_id = member)
        OR (e.actor_kind IN ('member', 'staff') AND e.actor_id = member)
        OR (e.subject_type = 'files.storedfile' AND e.subject_id IN
            (SELECT s.id FROM files_storedfile s WHERE s.uploaded_by_id = member)));
    GET DIAGNOSTICS touched = ROW_COUNT;
    PERFORM set_config('nakadachi.erasing', '', true);
    RETURN touched;
END $$;

CREATE FUNCTION closing_erase_versions(member bigint, is_over boolean) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE touched bigint; more bigint;
BEGIN
    PERFORM closing_open_walls(member);
    UPDATE jobs_jobversion v SET contents = v.contents || jsonb_build_object('title', '–', 'description', '',
        'requirements', '', 'month_scope', '')
    FROM jobs_job j WHERE j.id = v.job_id AND j.client_id = member AND v.contents->>'title' <> '–' AND (is_over OR (
        NOT EXISTS (SELECT FROM contracts_contract c WHERE c.job_id = j.id AND c.agreed_at IS NOT NULL)
        AND NOT EXISTS (SELECT FROM tasks_claim a WHERE a.task_id = j.id AND a.submitted_at IS NOT NULL)));
    GET DIAGNOSTICS touched = ROW_COUNT;
    UPDATE sourcing_proposalversion v SET contents = v.contents || jsonb_build_object('approach', '–',
        'introduction', '', 'track_record', '')
    FROM sourcing_proposal p WHERE p.id = v.proposal_id AND p.worker_id = member AND v.contents->>'approach' <> '–'
        AND (is_over OR
        NOT EXISTS (SELECT FROM contracts_contract c WHERE c.proposal_id = p.id AND c.agreed_at IS NOT NULL));
    GET DIAGNOSTICS more = ROW_COUNT;
    PERFORM set_config('nakadachi.erasing', '', true);
    RETURN touched + more;
END $$;

CREATE FUNCTION closing_erase_traces(member bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE touched bigint;
BEGIN
    PERFORM closing_open_walls(member);
    UPDATE hourly_entrytrace t SET memo = '' FROM hourly_timeentry e
    WHERE e.id = t.entry_id AND e.worker_id = member AND t.memo <> '';
    GET DIAGNOSTICS touched = ROW_COUNT;
    PERFORM set_config('nakadachi.erasing', '', true);
    RETURN touched;
END $$;

CREATE FUNCTION closing_purge_words(member bigint, today date, what text, ground_name text, mark text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE touched bigint;
BEGIN
    IF NOT EXISTS (
        SELECT FROM closing_kept k JOIN closing_closing c ON c.id = k.closing_id
        WHERE c.member_id = member AND k."table" = what AND k.ground = ground_name AND k.until_on < today
    ) THEN
        RAISE EXCEPTION '% of member % is kept', what, member;
    END IF;
    PERFORM closing_open_walls(member);
    CASE what
    WHEN 'contracts_terms' THEN
        UPDATE contracts_terms t SET document = jsonb_set(t.document,
            CASE WHEN c.client_id = member THEN '{client,name}'::text[] ELSE '{worker,name}'::text[] END, to_jsonb(mark))
        FROM contracts_contract c WHERE c.id = t.contract_id AND member IN (c.client_id, c.worker_id);
    WHEN 'mediation_statement' THEN
        UPDATE mediation_statement SET text = '–' WHERE author_id = member AND text <> '–';
    WHEN 'mediation_ruling' THEN
        UPDATE mediation_ruling r SET reasons = '–' FROM mediation_case m JOIN contracts_contract c
        ON c.id = m.contract_id WHERE m.id = r.case_id AND member IN (c.client_id, c.worker_id);
    END CASE;
    GET DIAGNOSTICS touched = ROW_COUNT;
    PERFORM set_config('nakadachi.erasing', '', true);
    RETURN touched;
END $$;

ALTER TABLE closing_paper ADD COLUMN document jsonb NOT NULL DEFAULT '{}';

CREATE FUNCTION closing_read_paper(paper bigint, event bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM events_event e JOIN closing_paper p ON p.id = paper AND p.closing_id = e.subject_id
        WHERE e.id = event AND e.kind = 'closing.paper_read' AND e.subject_type = 'closing.closing'
            AND e.actor_kind = 'staff' AND (e.data->>'paper')::bigint = paper AND btrim(e.data->>'reason') <> ''
            AND e.created_at > clock_timestamp() - interval '1 minute'
    ) THEN
        RAISE EXCEPTION 'a paper is read for a reason that is on record';
    END IF;
    RETURN (SELECT p.document FROM closing_paper p WHERE p.id = paper);
END $$;

REVOKE ALL ON FUNCTION closing_open_walls(bigint), closing_erase_events(bigint),
    closing_erase_versions(bigint, boolean), closing_erase_traces(bigint),
    closing_purge_words(bigint, date, text, text, text),
    closing_read_paper(bigint, bigint) FROM PUBLIC;
"""
DROPPED = """
ALTER TABLE closing_paper DROP COLUMN document;
DROP FUNCTION closing_read_paper(bigint, bigint);
DROP FUNCTION closing_purge_words(bigint, date, text, text, text);
DROP FUNCTION closing_erase_traces(bigint);
DROP FUNCTION closing_erase_versions(bigint, boolean);
DROP FUNCTION closing_erase_events(bigint);
DROP FUNCTION closing_open_walls(bigint);
DROP FUNCTION closing_event_fields();
"""


def wall(name: str, words: str, *, with_door: bool) -> str:
    """The trigger function; a TRUNCATE has no row and never passes."""
    door = "IF closing_passes(TG_OP, TG_RELID) THEN RETURN NEW; END IF;" if with_door else ""
    return f"""
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {door}
    RAISE EXCEPTION '{words}';
END $$;
"""


WITH_DOORS = "".join(wall(name, words, with_door=True) for name, words in WALLS.items())
WITHOUT = "".join(wall(name, words, with_door=False) for name, words in WALLS.items())


class Migration(migrations.Migration):
    dependencies = [
        ("closing", "0002_erasing"),
        ("events", "0002_append_only"),
        ("contracts", "0002_terms_are_kept"),
        ("jobs", "0005_versions_are_kept"),
        ("sourcing", "0004_versions_are_kept"),
        ("mediation", "0002_what_was_said_is_kept"),
        ("hourly", "0001_first"),
        ("tasks", "0001_tasks"),
        ("files", "0002_uploads_and_previews"),
    ]
    operations = [
        migrations.RunSQL(
            PASSING + WITH_DOORS + FUNCTIONS, DROPPED + WITHOUT + "DROP FUNCTION closing_passes(text, oid);"
        )
    ]
