"""What differs between two versions of the written terms, in words: item, before, after."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nakadachi.web.ui import figures


@dataclass(frozen=True)
class Difference:
    """One item that is not the same; what is new has no `before`, what is gone no `after`."""

    label: str
    before: str
    after: str


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """Everything that was agreed otherwise, in the order of the document."""
    found = [
        *_item(pgettext("terms", "Subject"), old["contract"]["title"], new["contract"]["title"]),
        *_item(pgettext("terms", "Work to be done"), old["scope"], new["scope"]),
        *_item(pgettext("terms", "The way of working"), _way(old), _way(new)),
        *_milestones(old, new),
        *_item(
            pgettext("contract", "Amount (tax included)"),
            figures.yen(old["totals"]["amount_yen"]),
            figures.yen(new["totals"]["amount_yen"]),
        ),
        *_item(pgettext("terms", "Inspection"), _words(old["inspection"]), _words(new["inspection"])),
        *_item(_("Deal deadline"), _words(old.get("deadline")), _words(new.get("deadline"))),
    ]
    texts = {"place": "Place and manner of delivery", "payment": "Manner of payment", "rights": "Rights"}
    return found + [
        row for name, label in texts.items() for row in _item(pgettext("terms", label), old[name], new[name])
    ]


def _item(label: str, before: str, after: str) -> list[Difference]:
    return [Difference(label, before, after)] if before != after else []


def _way(document: dict[str, Any]) -> str:
    return "\n".join(document.get("way", {}).get("words", ()))


def _words(item: dict[str, Any] | None) -> str:
    """Nothing where an older version does not have the item yet."""
    return "\n".join(item["words"]) if item else ""


def _milestones(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    before = {row["position"]: _line(row) for row in old["milestones"]}
    after = {row["position"]: _line(row) for row in new["milestones"]}
    rows = []
    for position in sorted(before.keys() | after.keys()):
        label = _("Milestone %(number)s") % {"number": position}
        rows += _item(label, before.get(position, ""), after.get(position, ""))
    return rows


def _line(row: dict[str, Any]) -> str:
    day = figures.long_day(date.fromisoformat(row["due_on"]))
    facts = {"title": row["title"], "day": day, "amount": figures.yen(row["amount_yen"])}
    return _("%(title)s, by %(day)s, %(amount)s") % facts
