"""Fixtures every test may use. The database itself is made in `tests/database.py`."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests import database  # isort: skip  it sets the environment that the settings read

import django
from django.conf import settings
from django.db import connections

django.setup()  # so that a folder's own conftest may import models


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The database exists already, migrated and granted."""


@pytest.fixture(autouse=True)
def _plain_settings(settings) -> None:
    """Quick hashing and unhashed static files; everything else is as in production."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def committed_db(django_db_blocker) -> Iterator[str]:
    """A database of its own, for tests with real threads and real commits. Yields its name."""
    name = f"committed_{uuid4().hex[:12]}"
    database.new_database(name)
    with django_db_blocker.unblock():
        connection = connections["default"]
        usual = connection.settings_dict["NAME"]
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
        try:
            yield name
        finally:
            connections.close_all()
            settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = usual
            database.drop_database(name)
