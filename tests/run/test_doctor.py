"""The doctor: a sound market has no fault; each illness is named, with exit code 1."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from nakadachi.config.doctor import database, machine, work
from nakadachi.config.doctor.finding import Finding
from nakadachi.config.environment import embedded_urls
from nakadachi.infra.cluster import Cluster
from tests.run.market import ROOT, Market, wait_until

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def levels(found: Iterator[Finding]) -> dict[str, str]:
    return {one.about: one.level for one in found}


@pytest.fixture
def _public(settings) -> None:
    settings.SITE_URL, settings.SECURE, settings.DEMO = "https://market.example", True, False
    settings.ALLOWED_HOSTS = ["market.example"]
    settings.SECRET_KEY = "k" * 50
    settings.PAYMENT_GATEWAY = "stripe"


def test_a_public_market_that_is_well_set(_public: None) -> None:
    assert set(levels(machine.choices(NOW)).values()) == {"ok"}


@pytest.mark.parametrize(
    ("name", "value", "about"),
    [
        ("DEBUG", True, "DEBUG"),
        ("DEMO", True, "demo"),
        ("SECURE", False, "address"),
        ("ALLOWED_HOSTS", ["other.example"], "host names"),
        ("PAYMENT_GATEWAY", "sandbox", "payments"),
        ("SECRET_KEY", "short", "SECRET_KEY"),
    ],
)
def test_a_public_market_that_is_badly_set(_public: None, settings, name: str, value: object, about: str) -> None:
    setattr(settings, name, value)
    assert levels(machine.choices(NOW))[about] == "fault"


def test_a_readable_key_is_a_fault(_public: None, settings, tmp_path) -> None:
    settings.DATA = tmp_path
    key = tmp_path / "secret_key"
    key.touch(mode=0o644)
    key.chmod(0o644)
    assert levels(machine.choices(NOW))["SECRET_KEY"] == "fault"
    key.chmod(0o600)
    assert levels(machine.choices(NOW))["SECRET_KEY"] == "ok"


def test_a_full_disk(monkeypatch) -> None:
    room = machine.shutil.disk_usage("/")
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda folder: room._replace(free=1024))
    assert levels(machine.disk(NOW))["disk"] == "fault"


def test_a_dead_mail_server(settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert levels(work.mail(NOW)) == {"mail": "fault"}
    settings.EMAIL_HOST, settings.DEMO = "", False
    assert levels(work.mail(NOW)) == {"mail": "fault"}


@pytest.mark.django_db
def test_clocks_apart_and_an_old_backup(settings, tmp_path) -> None:
    settings.DATA = tmp_path
    assert levels(database.server(datetime.now(UTC)))["clock"] == "ok"
    assert levels(database.server(datetime.now(UTC) + timedelta(seconds=30)))["clock"] == "fault"
    assert levels(work.backup(NOW)) == {"backup": "warning"}
    (tmp_path / "last-backup").write_text((NOW - timedelta(hours=25)).isoformat())
    assert levels(work.backup(NOW)) == {"backup": "ok"}
    (tmp_path / "last-backup").write_text((NOW - timedelta(hours=27)).isoformat())
    assert levels(work.backup(NOW)) == {"backup": "warning"}


@pytest.mark.django_db
def test_the_serving_role_and_its_walls() -> None:
    assert set(levels(database.roles(NOW)).values()) == {"ok"}
    assert levels(database.schema(NOW)) == {"schema": "ok"}
    assert levels(work.jobs(NOW))["worker"] == "fault"  # none has run in this database


def test_a_living_market(tmp_path) -> None:
    """Well while it runs; with the owner's login, or without its worker, it is not."""
    market = Market(tmp_path / "market", demo=False)
    market.start()
    try:
        assert wait_until(lambda: market.command("doctor").returncode in (0, 1))
        said = market.command("doctor", "--json")
        faults = [one for one in json.loads(said.stdout) if one["level"] == "fault"]
        assert [one["about"] for one in faults] == ["mail"], faults  # no SMTP_HOST, and no demo either
        assert said.returncode == 1

        owner = embedded_urls(Cluster(market.folder)).environment(as_owner=True)
        asked = subprocess.run(
            [sys.executable, "manage.py", "doctor"], cwd=ROOT, capture_output=True, text=True, check=False,
            env=os.environ | market.environment() | {"DATABASE_URL": owner["DATABASE_URL"]},
        )  # fmt: skip
        assert asked.returncode == 1
        assert "✗ ledger's walls" in asked.stdout
    finally:
        market.stop()
