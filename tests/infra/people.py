"""A member for tests of the ground floor."""

from datetime import UTC, datetime

from nakadachi.people.models import Member


def someone(name: str) -> Member:
    return Member.objects.create(
        email=f"{name}@example.com", display_name=name, joined_at=datetime(2026, 11, 1, tzinfo=UTC)
    )
