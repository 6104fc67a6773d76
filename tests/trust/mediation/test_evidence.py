"""The archive of evidence: what is in it, the same bytes for the same state, hashes that hold, bounds that say so."""

import hashlib
import io
import json
import zipfile

import pytest
from django.core.files.storage import default_storage

from nakadachi.infra.events.models import Event
from nakadachi.infra.files.models import StoredFile
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.trust.mediation import actions, evidence, queries
from nakadachi.trust.mediation.evidence import packing
from nakadachi.trust.mediation.models import Case
from tests import cast, talk, walk
from tests.cast import by
from tests.trust.mediation import stages

pytestmark = pytest.mark.django_db


def archive(case: Case, who=None) -> bytes:
    return b"".join(evidence.pieces(evidence.bundle_of(queries.case_for(by(who or cast.minato()), case.pk))))


def opened(data: bytes) -> zipfile.ZipFile:
    found = zipfile.ZipFile(io.BytesIO(data))
    assert found.testzip() is None
    return found


def manifest(data: bytes) -> dict:
    return json.loads(opened(data).read("manifest.json"))


def told() -> Case:
    """Delivered, sent back, delivered again, talked about, claimed, answered with a file."""
    one = walk.deliver(walk.funded(), files=[walk.upload("初稿.txt")])
    contracts.request_revision(
        milestone=one,
        reason="見出しを直してください。",
        by=by(cast.minato()),
        at=walk.START,
        files=[walk.upload("赤字.txt")],
    )
    one = walk.deliver(walk.milestone(one.contract), files=[walk.upload("二稿.txt")])
    talk.asked(one.contract.job, text="締切はいつですか。", files=[walk.upload("質問.txt")], at=walk.START)
    case = stages.claim(one)
    stages.state(case, by(cast.hanako()), "約束どおりに直しました。", files=[walk.upload("経緯.txt")])
    return stages.offer(case, cast.minato(), 4_321)


def test_everything_that_belongs_to_the_case_is_in_it():
    data = archive(told())
    names = opened(data).namelist()
    assert names[0] == "00_表紙.pdf" and names[-1] == "manifest.json"
    assert "01_取引条件/第1版.pdf" in names
    for folder, name in (
        ("05_仲介のファイル", "経緯.txt"),
        ("06_納品のファイル", "初稿.txt"),
        ("06_納品のファイル", "二稿.txt"),
        ("07_修正の依頼のファイル", "赤字.txt"),
        ("08_メッセージのファイル", "質問.txt"),
    ):
        assert [one for one in names if one.startswith(folder) and one.endswith(f"_{name}")], name
    assert opened(data).read("00_表紙.pdf").startswith(b"%PDF")
    texts = "".join(
        opened(data).read(name).decode() for name in names if name.endswith((".txt", ".csv")) and name[1] in "234"
    )
    for words in (
        "見出しを直してください。",
        "約束どおりに直しました。",
        "約束の内容と違います。",
        "締切はいつですか。",
        "hold.fund",
    ):
        assert words in texts


def test_offers_stay_sealed_in_it_too():
    data = archive(told())
    assert not [name for name in opened(data).namelist() if b"4321" in opened(data).read(name)]
    assert not [name for name in opened(data).namelist() if b"4,321" in opened(data).read(name)]


def test_both_sides_and_the_operator_get_the_same_bytes():
    case = told()
    assert archive(case) == archive(case, cast.hanako())
    staff = queries.case_for(by(cast.tanaka()), case.pk)
    assert b"".join(evidence.pieces(evidence.bundle_of(staff))) == archive(case)


def test_the_manifest_names_every_file_with_its_hash():
    data = archive(told())
    listed = {row["path"]: row for row in manifest(data)["files"]}
    names = set(opened(data).namelist())
    assert set(listed) == names - {"manifest.json"}
    for name, row in listed.items():
        content = opened(data).read(name)
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (row["sha256"], row["size_bytes"])
    assert manifest(data)["left_out"] == []


def test_what_is_withdrawn_taken_back_lost_or_stopped_is_not_in_it():
    case = told()
    lost = StoredFile.objects.get(name="経緯.txt")
    default_storage.delete(lost.path)
    stopped = StoredFile.objects.get(name="初稿.txt")
    StoredFile.objects.filter(pk=stopped.pk).update(scan=StoredFile.Scan.BAD)
    data = archive(case)
    left_out = {row["path"].rpartition("_")[2]: row for row in manifest(data)["left_out"]}
    assert set(left_out) == {"経緯.txt", "初稿.txt"}
    assert left_out["経緯.txt"]["sha256"] == lost.sha256
    assert not [name for name in opened(data).namelist() if name.endswith(("経緯.txt", "初稿.txt"))]


def test_it_is_bounded_and_says_what_did_not_fit(monkeypatch):
    case = told()
    monkeypatch.setattr(packing, "FILES_MAX", 1)
    assert [row["why"] for row in manifest(archive(case))["left_out"]] == ["too_many"] * 4
    monkeypatch.setattr(packing, "FILES_MAX", 300)
    monkeypatch.setattr(packing, "BYTES_MAX", 0)
    assert [row["why"] for row in manifest(archive(case))["left_out"]] == ["too_large"] * 5


@pytest.mark.parametrize("stage", ["deciding", "decided", "appealed", "closed"])
def test_there_is_one_in_every_stage(stage: str):
    assert manifest(archive(getattr(stages, stage)()))["files"]


def test_the_operator_gives_a_reason_that_stays_on_record():
    case = stages.claim()
    with pytest.raises(Refused):
        actions.disclose(case=case, reason=" ", by=by(cast.tanaka()), at=walk.START)
    with pytest.raises(Refused):
        actions.disclose(case=case, reason="読みたい", by=by(cast.minato()), at=walk.START)
    assert not Event.objects.filter(kind="case.disclose").exists()
    actions.disclose(case=case, reason="判断のため", by=by(cast.tanaka()), at=walk.START)
    assert Event.objects.get(kind="case.disclose").data["reason"] == "判断のため"
