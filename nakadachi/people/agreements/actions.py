"""Writing and publishing texts, and agreeing to them."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import connection, transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.text import tidy_line, tidy_text
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import require
from nakadachi.people.agreements import policy
from nakadachi.people.agreements.filling import Values, fill, unknown_places
from nakadachi.people.agreements.kinds import KINDS, LANGUAGES, default
from nakadachi.people.agreements.models import NOTE_LENGTH_MAX, Acceptance, LegalDraft, LegalText
from nakadachi.people.models import Member
from nakadachi.people.policy import can_change

_LOCK = "SELECT pg_advisory_xact_lock(hashtext('agreements.legaltext'))"


@transaction.atomic
def save_draft(
    *, kind: str, body_ja: str, body_en: str, values: Mapping[str, Values], by: Actor, at: datetime
) -> LegalDraft:
    """Keep the next version without publishing it. Places that nothing is known for are refused at once."""
    require(policy.can_write(by))
    assert kind in KINDS
    bodies = {"ja": tidy_text(body_ja), "en": tidy_text(body_en)}
    for language, body in bodies.items():
        field = f"body_{language}"
        require(policy.body_refusal(field, body))
        require(policy.place_refusal(field, unknown_places(body, values[language])))
    written = {"body_ja": bodies["ja"], "body_en": bodies["en"], "saved_at": at, "saved_by_id": by.id}
    draft, _is_new = LegalDraft.objects.update_or_create(kind=kind, defaults=written)
    return draft


@transaction.atomic
def discard_draft(*, kind: str, by: Actor, at: datetime) -> None:
    """Throw the draft away; what is published stays."""
    require(policy.can_write(by))
    LegalDraft.objects.filter(kind=kind).delete()


@transaction.atomic
def publish(
    *, kind: str, takes_effect_on: date, note: str, values: Mapping[str, Values], by: Actor, at: datetime
) -> LegalText:
    """Make the draft the next version, filled with the figures of now. It never changes again."""
    require(policy.can_write(by))
    _one_at_a_time()
    draft = LegalDraft.objects.select_for_update().filter(kind=kind).first()
    last = _last(kind)
    last_on = last.takes_effect_on if last else None
    require(policy.publish_refusal(draft, takes_effect_on, last_on, jst_date(at)))
    assert draft is not None
    templates = {"ja": draft.body_ja, "en": draft.body_en}
    note = tidy_line(note)[:NOTE_LENGTH_MAX]
    made = _publish(kind, templates, values, takes_effect_on, note=note, last=last, by=by, at=at)
    draft.delete()
    return made


@transaction.atomic
def publish_defaults(*, values: Mapping[str, Values], at: datetime) -> list[LegalText]:
    """Publish the texts that come with the program where staff never published their own, when they read differently
    now: at the first start, after an upgrade, and when the figures in them have changed."""
    _one_at_a_time()
    made = []
    for kind in KINDS:
        last = _last(kind)
        templates = {language: default(kind, language) for language in LANGUAGES}
        if last is not None and (last.published_by_id or last.sha256 == _hash(_filled(templates, values))):
            continue
        day = max(jst_date(at), last.takes_effect_on) if last else jst_date(at)
        made.append(_publish(kind, templates, values, day, note="", last=last, by=SYSTEM, at=at))
    return made


@transaction.atomic
def accept(*, member: Member, texts: Iterable[LegalText], by: Actor, at: datetime) -> list[Acceptance]:
    """Agree to these versions. Agreeing twice is the same as once."""
    require(can_change(by, member))
    made = []
    for text in texts:
        acceptance, is_new = Acceptance.objects.get_or_create(
            member=member, text=text, defaults={"sha256": text.sha256, "at": at}
        )
        if is_new:
            record(
                "acceptance.made", acceptance, by=by, at=at, text=text.kind, version=text.version, sha256=text.sha256
            )
        made.append(acceptance)
    return made


def _publish(
    kind: str,
    templates: Mapping[str, str],
    values: Mapping[str, Values],
    day: date,
    *,
    note: str,
    last: LegalText | None,
    by: Actor,
    at: datetime,
) -> LegalText:
    filled = _filled(templates, values)
    made = LegalText.objects.create(
        kind=kind,
        version=last.version + 1 if last else 1,
        template_ja=templates["ja"],
        template_en=templates["en"],
        filled_ja=filled["ja"],
        filled_en=filled["en"],
        note=note,
        sha256=_hash(filled),
        takes_effect_on=day,
        published_at=at,
        published_by_id=by.id,
    )
    record("legaltext.published", made, by=by, at=at, text=kind, version=made.version, takes_effect_on=day.isoformat())
    return made


def _filled(templates: Mapping[str, str], values: Mapping[str, Values]) -> dict[str, str]:
    return {language: fill(templates[language], values[language]) for language in LANGUAGES}


def _hash(filled: Mapping[str, str]) -> str:
    return hashlib.sha256("\0".join(filled[language] for language in LANGUAGES).encode()).hexdigest()


def _last(kind: str) -> LegalText | None:
    return LegalText.objects.filter(kind=kind).order_by("-version").first()


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
