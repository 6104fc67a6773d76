"""What differs between two versions of a text, field by field; long texts line by line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nakadachi.market.jobs.categories import CATEGORIES
from nakadachi.market.jobs.draft import JobDraft
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.draft import ProposalDraft
from nakadachi.web.pages.jobs.cards import rate
from nakadachi.web.ui import figures

LINES_COMPARED_MAX = 600
"""Longer texts are shown whole, before and after: comparing them line by line would take too long."""
LINES_AROUND = 1


@dataclass(frozen=True)
class Line:
    """One line of a text: `kept`, `added`, `removed`, or `left_out` for a run of kept ones."""

    kind: str
    text: str = ""


@dataclass(frozen=True)
class Difference:
    """One field that differs: its values in words, or the lines of a long text."""

    label: str
    before: str = ""
    after: str = ""
    lines: tuple[Line, ...] = ()


def of_jobs(before: JobDraft, after: JobDraft) -> list[Difference]:
    """What changed in a posting, in the order of its page."""
    return list(_differences(_job_words(before), _job_words(after)))


def of_proposals(before: ProposalDraft, after: ProposalDraft, job: Job) -> list[Difference]:
    """What changed in a proposal for that job."""
    return list(_differences(_proposal_words(before, job), _proposal_words(after, job)))


def lines_between(old: str, new: str) -> list[Line]:
    """Two texts, line by line."""
    return list(_lines(old.split("\n"), new.split("\n")))


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Difference]:
    for label, new in after.items():
        old = before[label]
        if old == new:
            continue
        if "\n" in old or "\n" in new or len(old) + len(new) > 80:
            yield Difference(label, lines=tuple(_lines(old.split("\n"), new.split("\n"))))
        else:
            yield Difference(label, old or _("(nothing)"), new or _("(nothing)"))


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    if len(old) + len(new) > LINES_COMPARED_MAX:
        yield from (Line("removed", text) for text in old)
        yield from (Line("added", text) for text in new)
        return
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from _around(old[i:j], is_first=i == 0, is_last=j == len(old))
        else:
            yield from (Line("removed", text) for text in old[i:j])
            yield from (Line("added", text) for text in new[k:m])


def _around(texts: Sequence[str], *, is_first: bool, is_last: bool) -> Iterator[Line]:
    """Kept lines: those next to a change, and a mark for the rest."""
    head, tail = 0 if is_first else LINES_AROUND, 0 if is_last else LINES_AROUND
    if len(texts) <= head + tail:
        yield from (Line("kept", text) for text in texts)
        return
    yield from (Line("kept", text) for text in texts[:head])
    yield Line("left_out")
    yield from (Line("kept", text) for text in texts[len(texts) - tail :])


def _job_words(draft: JobDraft) -> dict[str, str]:
    return {
        pgettext("work", "Title"): draft.title,
        pgettext("work", "Category"): str(CATEGORIES[draft.category]),
        _("The work in detail"): draft.description,
        _("Who can apply"): draft.requirements,
        _("Budget from (tax included)"): figures.yen_per(draft.budget_min_yen, draft.format),
        _("Budget to (tax included)"): figures.yen_per(draft.budget_max_yen, draft.format),
        _("Expected hours per week"): str(draft.hours_per_week or ""),
        _("What a month's sum is for"): draft.month_scope,
        _("Pay per character"): rate(draft.char_rate_sen) if draft.char_rate_sen else "",
        _("Last day for proposals"): _day(draft.closes_on),
        _("Wished delivery date"): _day(draft.delivery_on),
        _("Wished start"): _day(draft.starts_on),
        _("Number of people"): str(draft.hires_max),
        pgettext("search", "Conditions"): "、".join(_said(draft)),
    }


def _said(draft: JobDraft) -> Iterable[str]:
    promises = (
        (draft.no_experience_ok, _("No experience needed")),
        (draft.beginner_welcome, _("Beginners welcome")),
        (draft.continuing, _("Continuing work")),
    )
    return [text for holds, text in promises if holds]


def _proposal_words(draft: ProposalDraft, job: Job) -> dict[str, str]:
    return {
        _("About me"): draft.introduction,
        _("What I have done"): draft.track_record,
        _("How I would do this job"): draft.approach,
        pgettext("money", "Contract amount (tax included)"): figures.yen_per(draft.amount_yen, job.format),
        pgettext("work", "Start") if job.is_lasting else pgettext("work", "Delivery date"): _day(draft.deliver_on),
        _("Afterwards"): _("Wishes to continue") if draft.wishes_continuation else "",
    }


def _day(value: date | None) -> str:
    return figures.long_day(value) if value else ""
