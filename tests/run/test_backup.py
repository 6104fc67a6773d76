"""A backup of a running market, restored elsewhere, is the same market; a damaged one changes nothing."""

import hashlib
import io
import json
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from nakadachi.infra.cluster import Cluster
from nakadachi.infra.cluster.server import OWNER_ROLE
from tests import bucket as s3
from tests.run.market import Market, wait_until

pytestmark = pytest.mark.xdist_group("market")


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[Market]:
    market = Market(tmp_path_factory.mktemp("running"))
    market.start()
    yield market
    market.stop()


@pytest.fixture(scope="module")
def taken(running: Market, tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("taken") / "market.tar"
    done = running.command("backup", str(target))
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Market]:
    """A database that runs, so that a command need not start one each time; nothing in it."""
    market = Market(tmp_path / "empty")
    market.folder.mkdir()
    cluster = Cluster(market.folder)
    assert cluster.take_lock(wait_seconds=5)
    cluster.start()
    yield market
    market.stop()
    cluster.stop()


def parts(backup: Path) -> dict[str, bytes]:
    with tarfile.open(backup) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar.getmembers()}


def written(target: Path, contents: dict[str, bytes]) -> Path:
    with tarfile.open(target, "w") as tar:
        for name, content in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return target


def test_the_same_market_stands_elsewhere(taken: Path, empty: Market, tmp_path: Path) -> None:
    done = empty.command("restore", str(taken))
    assert done.returncode == 0, done.stderr
    assert empty.command("ledger", "check").returncode == 0
    again = tmp_path / "again.tar.gz"
    assert empty.command("backup", str(again)).returncode == 0
    first, second = parts(taken), parts(again)
    assert len([name for name in first if name.startswith("files/")]) > 100
    told, retold = json.loads(first.pop("manifest.json")), json.loads(second.pop("manifest.json"))
    assert first == second
    assert told["tables"] == retold["tables"]
    assert told["sequences"] == retold["sequences"]
    assert told["tables"]["ledger.entry"]["rows"] > 500


def test_files_move_into_a_bucket_and_out_of_it(taken: Path, empty: Market, tmp_path: Path) -> None:
    """Restored with the settings of a bucket, refused while something lies there, backed up again from there."""
    with s3.running(tmp_path / "s3") as bucket:
        empty.extra |= bucket.environment
        bucket.client.put_object(Bucket=s3.NAME, Key="aa/other", Body=b"x")
        refused = empty.command("restore", str(taken))
        assert (refused.returncode, "the place for files is not empty" in refused.stderr) == (1, True)
        assert bucket.names() == {"aa/other"}
        bucket.empty()
        forged = damaged(taken)["audit of the ledger"]
        assert empty.command("restore", str(written(tmp_path / "forged.tar", forged))).returncode == 1
        assert bucket.names() == set()
        done = empty.command("restore", str(taken))
        assert done.returncode == 0, done.stderr
        again = tmp_path / "again.tar"
        assert empty.command("backup", str(again)).returncode == 0
    first, second = ({n: c for n, c in parts(one).items() if n.startswith("files/")} for one in (taken, again))
    assert first == second
    assert not (empty.folder / "files").exists()


def test_it_goes_on_living(taken: Path, empty: Market) -> None:
    """The guards stand, and hot accounts count what is posted from now on exactly once."""
    assert empty.command("restore", str(taken)).returncode == 0
    owner = Cluster(empty.folder).url(role=OWNER_ROLE)
    with psycopg.connect(owner, autocommit=True) as line:
        with pytest.raises(psycopg.Error, match="append-only"):
            line.execute("DELETE FROM ledger.entry")
        with pytest.raises(psycopg.Error, match="does not sum to zero"):
            line.execute(
                "INSERT INTO ledger.entry (journal_id, line, account_id, amount, posted_at) VALUES (1, 9, 1, 5, now())"
            )
        before = line.execute("SELECT sum(balance) FROM ledger.hot_balance").fetchone()
        assert wait_until(lambda: line.execute("SELECT ledger.fold()").fetchone() == (0,))
        assert line.execute("SELECT sum(balance) FROM ledger.hot_balance").fetchone() == before
    assert empty.command("ledger", "check").returncode == 0


def test_it_is_for_its_owner_only(taken: Path) -> None:
    assert stat.S_IMODE(taken.stat().st_mode) == 0o600
    assert not list(taken.parent.glob("*.part"))


def test_a_market_with_members_is_not_overwritten(taken: Path, running: Market) -> None:
    done = running.command("restore", str(taken))
    assert done.returncode == 1
    assert "not empty" in done.stderr
    assert "Traceback" not in done.stderr


def damaged(taken: Path) -> dict[str, dict[str, bytes]]:
    whole = parts(taken)
    told = json.loads(whole["manifest.json"])
    stored = next(name for name in whole if name.startswith("files/"))

    def with_manifest(contents: dict[str, bytes], **changed: object) -> dict[str, bytes]:
        return contents | {"manifest.json": json.dumps(told | changed).encode()}

    balance = whole["database/ledger.balance.copy"].replace(b"\t0\t", b"\t1\t", 1)
    forged = told["parts"] | {
        "database/ledger.balance.copy": {"sha256": hashlib.sha256(balance).hexdigest(), "bytes": len(balance)}
    }
    return {
        "no manifest": {name: content for name, content in whole.items() if name != "manifest.json"},
        "missing": {name: content for name, content in whole.items() if name != stored},
        "not what was written": whole | {stored: b"something else"},
        "form 2": with_manifest(whole, form=2),
        "another version": with_manifest(whole, migrations=[*told["migrations"], ["people", "9999_future"]]),
        "audit of the ledger": with_manifest(whole | {"database/ledger.balance.copy": balance}, parts=forged),
    }


def test_a_damaged_one_is_refused_and_changes_nothing(taken: Path, empty: Market, tmp_path: Path) -> None:
    for said, contents in damaged(taken).items():
        done = empty.command("restore", str(written(tmp_path / "damaged.tar", contents)))
        assert done.returncode == 1, said
        assert said in done.stderr, (said, done.stderr)
        assert "Traceback" not in done.stderr
        assert not [path for path in (empty.folder / "files").rglob("*") if path.is_file()], said
    half = tmp_path / "half.tar"
    half.write_bytes(taken.read_bytes()[:200_000])
    assert "Nothing was restored" in empty.command("restore", str(half)).stderr
    assert "Nothing was restored" in empty.command("restore", str(tmp_path / "none.tar")).stderr
    assert empty.command("restore", str(taken)).returncode == 0
