"""`obstacles MEMBER|--all [--at TIME] [--json]`: what stands in the way of leaving, from a terminal. Reading only."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nakadachi.closing.obstacle import Obstacle
from nakadachi.closing.obstacles import obstacles_of
from nakadachi.infra.clock import now
from nakadachi.kernel.calendar import JST, jst
from nakadachi.kernel.money import format_yen
from nakadachi.people.models import Member


class Command(BaseCommand):
    """One member by id or mail address, or all who have anything open; exit 1 for a member that is not there."""

    help = "What stands in the way of leaving: code, whose turn it is, until when, with which remedies."

    def add_arguments(self, parser: CommandParser) -> None:
        """For whom, when, and how it is printed."""
        parser.add_argument("member", nargs="?", default="", help="id or mail address")
        parser.add_argument("--all", action="store_true", help="every member")
        parser.add_argument("--at", default="", help="ISO date or time in Japan, e.g. 2026-12-01T09:00 (default: now)")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, then print."""
        if bool(options["member"]) == options["all"]:
            raise CommandError("Please name one member, or --all.")
        at = _moment(options["at"])
        found = ((one, obstacles_of(one, at, most=None)) for one in _members(options["member"]))
        if options["json"]:
            members = [{"member": one.pk, "obstacles": [_as_json(each) for each in each_of]} for one, each_of in found]
            self.stdout.write(json.dumps({"members": members}, ensure_ascii=False))
            return
        for line in _lines(found, is_one=not options["all"]):
            self.stdout.write(line)


def _moment(text: str) -> datetime:
    if not text:
        return now()
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--at {text} is not an ISO date or time, e.g. 2026-12-01T09:00.") from None
    return at if at.tzinfo else at.replace(tzinfo=JST)


def _members(named: str) -> Iterable[Member]:
    if not named:
        return Member.objects.order_by("pk").iterator(chunk_size=500)
    is_id = named.isascii() and named.isdigit() and len(named) < 19
    found = Member.objects.filter(pk=int(named)) if is_id else Member.objects.filter(email__iexact=named)
    member = found.first()
    if member is None:
        raise CommandError(f"There is no member {named}.")
    return [member]


def _as_json(obstacle: Obstacle) -> dict[str, Any]:
    return {
        "code": obstacle.code,
        "who": obstacle.who,
        "clears_by": jst(obstacle.clears_by).isoformat() if obstacle.clears_by else None,
        "remedies": [remedy.name for remedy in obstacle.remedies],
        "amount_yen": obstacle.amount_yen,
    }


def _lines(found: Iterable[tuple[Member, list[Obstacle]]], *, is_one: bool) -> Iterator[str]:
    """A line for the member, and one for each obstacle; of many members only those who have any."""
    for member, obstacles in found:
        if obstacles or is_one:
            yield f"{member.pk} {member.email}: {len(obstacles) or 'nothing in the way'}"
        for one in obstacles:
            until = f" until {jst(one.clears_by):%Y-%m-%d %H:%M}" if one.clears_by else ""
            money = f" {format_yen(one.amount_yen)}" if one.amount_yen is not None else ""
            ways = ", ".join(remedy.name for remedy in one.remedies) or "-"
            yield f"  {one.code:18} {one.who:8}{money}{until}  [{ways}]  {one.title}"
