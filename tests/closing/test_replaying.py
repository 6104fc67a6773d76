"""A restored backup knows who was erased since: the list beside the database says whom, the same actions do it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from nakadachi.closing.erasing import ledger_of_erasures, replaying
from nakadachi.closing.models import Closing, ErasedStep
from nakadachi.infra.clock import now
from nakadachi.people.models import Member
from tests import cast, earners
from tests.closing import leaver

pytestmark = pytest.mark.django_db


def line(member: Member) -> dict[str, object]:
    closed_at = now() - timedelta(days=9)
    erased_at = closed_at + timedelta(days=7, minutes=1)
    return {
        "member": member.pk,
        "closing": 1,
        "closed_at": closed_at.isoformat(),
        "erased_at": erased_at.isoformat(),
    }


def is_erased(member: Member) -> bool:
    return Member.objects.get(pk=member.pk).email.endswith("@left.invalid")


def test_whoever_is_on_the_list_is_erased_again():
    """Before the backup nobody had thought of leaving; somebody else had closed, and the time is over."""
    sakura, minato = cast.sakura(), cast.minato()
    leaver.live(sakura, at=now() - timedelta(days=20))
    leaver.closed(minato, at=now())
    done = replaying.replay([line(sakura)], at=now())
    assert sorted(done.erased) == sorted([sakura.pk, minato.pk])
    assert is_erased(sakura) and is_erased(minato)
    assert leaver.found("鏑木|09011112222") == {}
    steps = ErasedStep.objects.count()
    again = replaying.replay([line(sakura)], at=now())
    assert (again.erased, again.known, ErasedStep.objects.count()) == ([], [sakura.pk], steps)


def test_money_that_is_open_in_the_older_market_is_not_lost():
    hanako = earners.hanako()
    done = replaying.replay([line(hanako)], at=now())
    assert (done.erased, done.undecided) == ([], [hanako.pk])
    assert not is_erased(hanako)
    assert Closing.objects.get().status == Closing.Status.RESERVED


def test_the_command_reads_the_list_even_when_its_last_line_is_cut(tmp_path: Path, capsys):
    sakura, hanako = cast.sakura(), earners.hanako()
    lines = tmp_path / "erased.jsonl"
    lines.write_text(f'{json.dumps(line(sakura))}\n{{"member": 5, "clo')
    assert len(list(ledger_of_erasures.read(lines))) == 1
    call_command("erase_again", str(lines))
    assert "Erased again: 1." in capsys.readouterr().out
    assert is_erased(sakura)
    lines.write_text(json.dumps(line(hanako)) + "\n")
    with pytest.raises(CommandError, match=f"{hanako.pk}"):
        call_command("erase_again", str(lines))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("erase_again", str(tmp_path / "nowhere"))
