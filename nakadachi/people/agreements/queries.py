"""Reading texts. They are public; drafts are for staff, agreements for the member and staff."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import NotVisible
from nakadachi.people.agreements.kinds import AGREED, KINDS
from nakadachi.people.agreements.models import Acceptance, LegalDraft, LegalText
from nakadachi.people.models import Member


def in_force(on: date, kinds: Collection[str] = tuple(KINDS)) -> dict[str, LegalText]:
    """The version of each text that applies on a day."""
    rows = LegalText.objects.filter(kind__in=kinds, takes_effect_on__lte=on).order_by("kind", "version")
    return {row.kind: row for row in rows}


def current(kind: str, on: date) -> LegalText:
    """The version that applies on a day; raises `NotVisible`."""
    found = in_force(on, [kind]).get(kind)
    if found is None:
        raise NotVisible
    return found


def version_at(kind: str, dated: str) -> LegalText:
    """A version by its own address, also one that is over or still to come; raises `NotVisible`."""
    number = dated.rpartition("-")[2]
    found = LegalText.objects.filter(kind=kind, version=int(number)).first() if number.isdecimal() else None
    if found is None or found.dated != dated:
        raise NotVisible
    return found


def versions(kind: str) -> list[LegalText]:
    """All versions of a text, the newest first, without their words."""
    bodies = ("template_ja", "template_en", "filled_ja", "filled_en")
    return list(LegalText.objects.filter(kind=kind).defer(*bodies).order_by("-version"))


def pending_for(member: Member, at: datetime) -> list[LegalText]:
    """What applies now and the member has not agreed to yet. Operators are not asked: they write the texts."""
    if member.is_operator:
        return []
    texts = in_force(jst_date(at), AGREED)
    agreed = set(Acceptance.objects.filter(member=member, text__in=texts.values()).values_list("text_id", flat=True))
    return [texts[kind] for kind in AGREED if kind in texts and texts[kind].pk not in agreed]


def agreed_by(member: Member) -> Iterable[Acceptance]:
    """What the member agreed to, the newest first."""
    return Acceptance.objects.filter(member=member).select_related("text").order_by("-at", "-pk")


def drafts(actor: Actor) -> dict[str, LegalDraft]:
    """What staff are writing, by kind."""
    if not actor.is_staff:
        raise NotVisible
    return {draft.kind: draft for draft in LegalDraft.objects.all()}


def last(kind: str) -> LegalText | None:
    """The newest version, also one that is announced."""
    return LegalText.objects.filter(kind=kind).order_by("-version").first()
