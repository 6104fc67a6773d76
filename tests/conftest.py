"""Fixtures every test may use. The database itself is made in `tests/database.py`."""

import os
from collections.abc import Iterator
from uuid import uuid4

import hypothesis
import pytest

from tests import database  # isort: skip  it sets the environment that the settings read

import django
from django.utils import translation

django.setup()  # so that a folder's own conftest may import models
from nakadachi.infra import locks  # noqa: E402
from tests.every_page.fixtures import QUICK_HASHERS, _world_database, browse, world  # noqa: E402, F401  one world for all who ask

del os.environ["DJANGO_SETTINGS_MODULE"]  # a parallel process reads its settings after it has a database of its own


# How fast an example is drawn says something of the machine's other work, nothing of the program.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The database exists already, migrated and granted."""


@pytest.fixture(autouse=True)
def _quick_hashing(settings) -> None:
    """Passwords cost nothing here; everything else is as in production."""
    settings.PASSWORD_HASHERS = QUICK_HASHERS


@pytest.fixture(autouse=True)
def _japanese() -> None:
    """A page that was read in English leaves its language behind; every test begins in Japanese."""
    translation.activate("ja")


class _Connection:
    """Django's connection, without the transaction that the test itself stands in."""

    def __init__(self, real) -> None:
        self._real = real

    def __getattr__(self, name: str):
        return getattr(self._real, name)

    @property
    def in_atomic_block(self) -> bool:
        """As it would be in production: only what the program opened counts."""
        return self._real.in_atomic_block and (not _is_of_a_test(self._real) or bool(self._real.savepoint_ids))


def _is_of_a_test(connection) -> bool:
    return any(getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)


@pytest.fixture(autouse=True)
def _locks_stand_in_a_transaction_of_the_program(monkeypatch) -> None:
    """A page that locks without one works in a test, which is one, and breaks in production."""
    monkeypatch.setattr(locks, "connection", _Connection(locks.connection))


@pytest.fixture
def committed_db(django_db_blocker) -> Iterator[str]:
    """A database of its own, for tests with real threads and real commits. Yields its name."""
    name = f"committed_{uuid4().hex[:12]}"
    database.new_database(name)
    with django_db_blocker.unblock(), database.connected_to(name):
        yield name
    database.drop_database(name)
