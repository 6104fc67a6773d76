"""What is in an archive: by its schemas, with its hashes, to the yen of the ledger, harmless in a spreadsheet."""

import hashlib
import io
import json
import re
from collections import defaultdict
from datetime import date

import pytest
from django.core.files.storage import default_storage
from pypdf import PdfReader

from nakadachi.closing.export.areas import AREAS
from nakadachi.infra.clock import now
from nakadachi.infra.files.actions import open_bytes
from nakadachi.infra.files.models import StoredFile
from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts.models import Contract, Terms
from nakadachi.market.jobs.models import Job
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payouts import actions as payouts
from nakadachi.people.models import Member
from tests import cast, earners, walk
from tests.closing.export.opening import Opened, opened, ready
from tests.every_page.undoing import undone

SIDES = ["client", "worker"]


@pytest.fixture(scope="module")
def archives() -> dict[str, Opened]:
    return {}


@pytest.fixture
def archive(world, request, archives) -> Opened:
    """That of one side of the world, in which every format and every flow of money has been; made once a module."""
    role = request.param
    if role not in archives:
        with undone():
            archives[role] = opened(ready(world.people[role], now()))
    return archives[role]


both = pytest.mark.parametrize("archive", SIDES, indirect=True)
each = pytest.mark.parametrize(("archive", "role"), [(side, side) for side in SIDES], indirect=["archive"])


@both
def test_every_json_is_of_its_schema(archive):
    assert archive.faults_of_schema() == []


@both
def test_a_schema_refuses_what_is_not_of_it(archive):
    """The schemas say something: another property, a missing one, text for a number, a moment without its zone."""
    row = archive.data("payments.json" if archive.data("payments.json") else "payouts.json")[0]
    path = "payments" if "purpose" in row else "payouts"
    moment = "created_at" if path == "payments" else "requested_at"
    for change in ({"more": 1}, {"amount_yen": "1000"}, {moment: "2026-11-30T10:00:00"}):
        spoilt = Opened({**archive.entries, f"{path}.json": _json([{**row, **change}])})
        assert spoilt.faults_of_schema(), change
    spoilt = Opened({**archive.entries, f"{path}.json": _json([{name: row[name] for name in row if name != "id"}])})
    assert spoilt.faults_of_schema()


@both
def test_the_manifest_names_every_entry_with_its_hash(archive):
    named = {one["path"]: one for one in archive.manifest["files"]}
    assert named.keys() == archive.entries.keys() - {"manifest.json"}
    for path, content in archive.entries.items():
        if path != "manifest.json":
            assert named[path]["sha256"] == hashlib.sha256(content).hexdigest(), path
            assert named[path]["size_bytes"] == len(content), path
    for one in archive.manifest["data"]:
        rows = archive.data(one["path"])
        assert len(rows) == one["rows"], one
        if one["sheet"]:
            assert len(archive.table(one["sheet"])) == one["rows"], one
    assert re.fullmatch(r".+\+09:00", archive.manifest["made_at"])


def test_something_stands_in_every_area_of_one_side(world):
    """The world is rich enough: an area that is empty on both sides would be tested by nothing."""
    with undone():
        found = [opened(ready(world.people[role], now())) for role in SIDES]
    empty = [area.name for area in AREAS if not any(one.data(area.path) for one in found)]
    assert empty == ["payout_skips"]


@pytest.mark.django_db
def test_closing_days_that_passed_the_member_over():
    worker = earners.member()
    earners.earn(worker, 8_350, on=date(2026, 11, 10))
    payouts.close(closes_on=date(2026, 11, 15), by=Actor.staff(cast.tanaka().pk), at=earners.jst(2026, 11, 16))
    found = opened(ready(worker, earners.jst(2026, 11, 17)))
    assert found.data("payout_skips.json") == [{"amount_yen": 8_350, "reason": "no_account", "closes_on": "2026-11-15"}]
    assert found.faults_of_schema() == []
    assert found.data("accounts.json")[0]["balance_yen"] == 8_350


@each
def test_sums_are_those_of_the_ledger(archive, role, world):
    member = world.people[role]
    mine = {f"hold:{pk}" for pk in Hold.objects.filter(payer=member).values_list("pk", flat=True)}
    mine.add(f"member:{member.pk}")
    books = {row.account: row.balance_yen for row in ledger.trial_balance() if row.account in mine}
    accounts = {row["account"]: row for row in archive.data("accounts.json")}
    assert {name: row["balance_yen"] for name, row in accounts.items()} == books
    for sums in (_sums(archive.table("ledger.csv")), _sums(archive.lines("ledger.jsonl"))):
        assert {name: sums.get(name, 0) for name in accounts} == books
    assert {name: row["sum_yen"] for name, row in accounts.items()} == books
    last = {row["account"]: int(row["balance_yen"]) for row in archive.lines("ledger.jsonl")}
    assert last == {name: yen for name, yen in books.items() if name in last}


def _sums(rows) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        found[row["account"]] += int(row["amount_yen"])
    return found


@each
def test_the_worlds_money_is_not_nothing(archive, role):
    """Equal sums of nothing would prove nothing."""
    rows = archive.lines("ledger.jsonl")
    assert any(row["amount_yen"] < 0 for row in rows)
    wanted = {"client": {"hold.fund", "hold.release"}, "worker": {"hold.release", "payout.request"}}
    assert {row["kind"] for row in rows} >= wanted[role]


@each
def test_counts_are_those_of_the_database(archive, role, world):
    member = world.people[role]
    contracts = Contract.objects.filter(**{role: member})
    assert {row["id"] for row in archive.data("contracts.json")} == set(contracts.values_list("pk", flat=True))
    assert {row["format"] for row in archive.data("contracts.json")} == {"project", "hourly", "monthly"}
    jobs = set(Job.objects.filter(client=member).values_list("pk", flat=True))
    assert {row["id"] for row in archive.data("jobs.json")} == jobs


@both
def test_written_terms_are_there_as_the_pages_hand_them_out(archive):
    versions = [terms for row in archive.data("contracts.json") for terms in row["terms"]]
    assert versions
    assert {terms["pdf"] for terms in versions} == {path for path in archive.entries if path.startswith("terms/")}
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(archive.entries[versions[0]["pdf"]])).pages)
    assert versions[0]["sha256"][:8] in text
    assert Terms.objects.filter(sha256=versions[0]["sha256"]).exists()


@each
def test_files_are_there_to_the_byte(archive, role):
    """The same deliveries: the worker sent them, the client was sent them."""
    rows = archive.data("files.json")
    assert {row["uploaded_by_you"] for row in rows} == {role == "worker"}
    for row in rows:
        assert hashlib.sha256(archive.entries[row["path"]]).hexdigest() == row["sha256"]
    with open_bytes(StoredFile.objects.get(pk=rows[0]["id"])) as content:
        assert content.read() == archive.entries[rows[0]["path"]]


@both
def test_it_lies_flat_and_opens_anywhere(archive):
    for path in archive.entries:
        assert not path.startswith(("/", "\\")), path
        assert ".." not in path.split("/"), path
        assert "\\" not in path, path
    page = archive.entries["index.html"].decode()
    for link in re.findall(r'href="([^"]+)"', page):
        assert link in archive.entries, link
    assert "<script" not in page
    assert "含まれていないもの" in page


@pytest.mark.django_db
def test_a_table_does_nothing_by_itself():
    """What a spreadsheet would run is text in it; the JSON has it as it was typed."""
    worker = cast.hanako()
    for start in ("=", "+", "-", "@", "＝", "＋", "－", "＠"):
        Member.objects.filter(pk=worker.pk).update(introduction=f"{start}1+1")
        walk.proposal(walk.open_job(title=f"{start}HYPERLINK(1)"))
    found = opened(ready(worker, walk.START))
    titles = [row["job_title"] for row in found.table("proposals_sent.csv")]
    assert titles == ["'" + title for title in ("=HYPERLINK(1)", "+HYPERLINK(1)", "-HYPERLINK(1)", "@HYPERLINK(1)")] + [
        "'" + title for title in ("＝HYPERLINK(1)", "＋HYPERLINK(1)", "－HYPERLINK(1)", "＠HYPERLINK(1)")
    ]
    assert found.data("proposals_sent.json")[0]["job_title"] == "=HYPERLINK(1)"
    assert found.entries["proposals_sent.csv"].startswith(b"\xef\xbb\xbf")


@pytest.mark.django_db
def test_an_empty_member_gets_a_whole_archive():
    found = opened(ready(cast.sakura(), walk.START))
    assert found.faults_of_schema() == []
    assert found.data("contracts.json") == []
    assert found.entries["messages.jsonl"] == b""
    assert found.json("profile.json")["email"] == "sakura@example.jp"


@pytest.mark.django_db
def test_what_the_virus_check_holds_and_what_is_lost_is_named(settings):
    one = walk.deliver(
        walk.funded(), files=[walk.upload(), walk.upload("失.txt", b"lost"), walk.upload("毒.txt", b"bad")]
    )
    lost, bad = StoredFile.objects.get(name="失.txt"), StoredFile.objects.get(name="毒.txt")
    bad.scan = StoredFile.Scan.BAD
    bad.save(update_fields=["scan"])
    default_storage.delete(lost.path)
    for member in (one.contract.client, one.contract.worker):
        rows = {row["name"]: row for row in opened(ready(member, walk.START)).data("files.json")}
        assert (rows["失.txt"]["path"], rows["失.txt"]["left_out"]) == (None, "missing")
        assert (rows["毒.txt"]["path"], rows["毒.txt"]["left_out"]) == (None, "held_by_virus_check")
        assert rows["記事.txt"]["left_out"] is None


@pytest.mark.django_db
def test_it_is_in_the_members_language():
    Member.objects.filter(pk=cast.sakura().pk).update(language="en")
    page = opened(ready(Member.objects.get(pk=cast.sakura().pk), walk.START)).entries["index.html"].decode()
    assert '<html lang="en">' in page
    assert "What is not in it" in page


def _json(value) -> bytes:
    return json.dumps(value).encode()
