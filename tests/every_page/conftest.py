"""The world of every test in here; `tests/hostile` shares it."""

from tests.every_page.fixtures import _world_database, browse, world  # noqa: F401
