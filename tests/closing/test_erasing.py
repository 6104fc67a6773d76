"""After an erasure the whole database and the store are searched: nothing outside what the register keeps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.test import override_settings
from django.utils.translation import override

from nakadachi.closing.actions import erasing
from nakadachi.closing.erasing import statements, telling
from nakadachi.closing.models import Closing, ErasedStep, Kept
from nakadachi.closing.register import load
from nakadachi.infra.clock import now
from nakadachi.infra.events.models import Event
from nakadachi.infra.files.models import StoredFile
from nakadachi.market.contracts.models import Contract
from nakadachi.people.models import Member
from tests import cast, database, walk
from tests.closing import leaver
from tests.every_page import world as worlds
from tests.every_page.fixtures import QUICK_HASHERS

SAFE = re.compile(r"[A-Za-z0-9_.:+*/-]*|\d{4}-\d\d-\d\d.*|–")
"""What a string of the audit trail may still be: a code, a number, a moment."""


@dataclass
class After:
    """What the market looked like before, and the closing that was erased."""

    world: worlds.World
    member: Member
    closing: Closing
    planted: int
    before: dict[str, int]
    sums: list[tuple]
    at: datetime
    strangers: set[str]
    """Files of other tests, which share the store."""


def market(name: str, role: str) -> After:
    strangers = set(leaver.stored())
    world = worlds.build()
    member = world.people[role]
    present = now()
    leaver.live(member, at=present)
    planted = leaver.plant(name, member)
    before, sums = leaver.found(leaver.CANARY), leaver.ledger_sums()
    closing = leaver.closed(member, at=present)
    closing = erasing.erase(closing=closing, at=present)
    return After(world, member, closing, planted, before, sums, present, strangers)


@pytest.fixture(scope="module", params=["worker", "client"])
def after(request, django_db_blocker) -> Iterator[After]:
    name = f"leaver_{request.param}_{database.WORKER}"
    database.new_database(name)
    quick = override_settings(PASSWORD_HASHERS=QUICK_HASHERS)
    with django_db_blocker.unblock(), database.connected_to(name), quick:
        yield market(name, request.param)
    database.drop_database(name)


def kept_columns() -> set[str]:
    return {f"{table.name}.{column}" for table in load().tables for column in table.kept}


def test_what_was_planted_is_nowhere_but_in_what_is_kept(after):
    assert after.planted > 60
    assert len(after.before) > 35, sorted(after.before)
    hits = leaver.found(leaver.CANARY)
    assert {place: rows for place, rows in hits.items() if place not in kept_columns()} == {}


def test_every_row_that_should_be_empty_is(after):
    """Rows of which something else is kept: the same column of the erased ones holds nothing."""
    values = {"member": after.member.pk, "at": "2000-01-01T00:00:00Z", "address": "x", "unusable": "x"}
    for step in load().steps:
        if not step.by:
            assert statements.run(statements.of_step(step), values) == 0, step.name


def test_what_the_member_was_known_by_is_nowhere_but_in_the_agreed_terms(after):
    own = {"worker": ("はなこ", "hanako@example.jp"), "client": ("湊商店", "minato@example.jp")}
    role = next(role for role, one in after.world.people.items() if one.pk == after.member.pk)
    words = [*own[role], "鏑木", "小夜", "カブラギ", "203\\.0\\.113\\.77", "09011112222", "カナリアの"]
    words += ["ﾔﾏﾀﾞ", "山田"] if role == "worker" else []
    hits = leaver.found("|".join(words))
    assert set(hits) <= kept_columns(), hits
    assert not Member.objects.filter(email__in=own[role]).exists()


def test_the_trail_says_what_happened_and_nothing_that_was_typed(after):
    events = Event.objects.filter(actor_kind="member", actor_id=after.member.pk)
    assert events.count() > 50
    bad = {event.kind: text for event in events for text in strings(event.data) if not SAFE.fullmatch(text)}
    assert bad == {}


def strings(value) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


def test_the_store_holds_no_bytes_that_no_row_keeps(after):
    files = {path: content for path, content in leaver.stored().items() if path not in after.strangers}
    tokens = set(StoredFile.objects.values_list("token", flat=True))
    own = StoredFile.objects.filter(uploaded_by_id=after.member.pk)
    assert not own.filter(owner_type="verification.evidence").exists()
    assert not any(b"KANARIA-EXIF" in content for content in files.values())
    digests = set(Member.objects.exclude(avatar="").values_list("avatar", flat=True))
    for path in files:
        name = path.rpartition("/")[2]
        assert name.partition(".")[0] in tokens or name.rpartition("-")[0] in digests, path


def test_the_ledger_is_as_it_was(after):
    from nakadachi.money.ledger import checks

    assert leaver.ledger_sums() == after.sums
    assert checks.run() == []


def test_twice_is_once(after):
    steps = list(ErasedStep.objects.filter(closing=after.closing).values_list("name", "rows"))
    events = Event.objects.count()
    assert erasing.erase(closing=after.closing, at=after.at).status == "erased"
    assert list(ErasedStep.objects.filter(closing=after.closing).values_list("name", "rows")) == steps
    assert Event.objects.count() == events


def test_the_result_says_what_was_erased_and_what_stays(after):
    told = telling.result(after.closing)
    assert {gone.group for gone in told.erased} > {"account", "access", "notices", "verification", "files"}
    stays = {(stay.group, stay.ground) for stay in told.kept}
    assert {("work", "terms"), ("talk", "other_side"), ("vault", "tax")} <= stays
    assert all(stay.until_on > after.at.date() and stay.law for stay in told.kept)
    assert Kept.objects.filter(closing=after.closing).count() >= len(told.kept)


def test_the_other_side_still_has_its_contracts(after):
    with override("ja"):
        contract = Contract.objects.get(pk=after.world.accepted.contract_id)
        left = contract.client if contract.client_id == after.member.pk else contract.worker
    assert left.pk == after.member.pk
    assert str(left) == "退会したメンバー"
    assert left.email.endswith("@left.invalid") and not left.has_usable_password()
    assert StoredFile.objects.filter(owner_type="contracts.delivery").exists()


def test_the_address_is_free_and_a_new_account_sees_nothing_of_the_old(after):
    again = cast.person(after.member.email, "もういちど")
    assert again.pk != after.member.pk
    assert not Contract.objects.filter(client=again).exists() and not Contract.objects.filter(worker=again).exists()


def test_a_term_that_ends_is_purged(after):
    """The clock goes on: first what belongs to the other side and to claims, then tax, then the books."""
    for years in (8, 12):
        later = after.at + timedelta(days=366 * years)
        for due_at, pk in list(erasing.TIMERS[1].due(later, 500)):
            assert due_at <= later
            assert erasing.TIMERS[1].act(pk, later)
            assert not erasing.TIMERS[1].act(pk, later)
    assert not Kept.objects.filter(closing=after.closing, purged_at=None).exists()
    hits = leaver.found(leaver.CANARY)
    assert hits == {}, hits
    assert leaver.ledger_sums() == after.sums
    assert after.at > walk.START
