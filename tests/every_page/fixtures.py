"""The world, built once per process on a database of its own; cells only look, or are refused."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client, override_settings

from tests import database, logins
from tests.every_page import world as worlds

QUICK_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""Passwords cost nothing in a test; those of the world are asked for too."""


@pytest.fixture(scope="session")
def _world_database(django_db_blocker) -> Iterator[tuple[str, worlds.World]]:
    name = f"world_{database.WORKER}"
    database.new_database(name)
    quick = override_settings(PASSWORD_HASHERS=QUICK_HASHERS)
    with django_db_blocker.unblock(), database.connected_to(name), quick:
        world = worlds.build()
    yield name, world
    database.drop_database(name)


@pytest.fixture
def world(_world_database, django_db_blocker) -> Iterator[worlds.World]:
    name, world = _world_database
    with django_db_blocker.unblock(), database.connected_to(name):
        yield world


@pytest.fixture
def browse(world: worlds.World) -> Callable[..., Client]:
    """`browse("worker", "en")`: that person's browser."""

    def open_as(role: str, language: str = "ja") -> Client:
        client = Client(headers={"accept-language": language})
        client.cookies["django_language"] = language
        if role != "anonymous":
            logins.log_in(client, world.people[role])
        return client

    return open_as
