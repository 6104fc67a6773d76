"""The world of `tests/every_page`."""

from tests.every_page.fixtures import _world_database, browse, world  # noqa: F401
