"""App registration, and the check that the rulebook in force can be used."""

from typing import Any

from django.apps import AppConfig
from django.core import checks

from nakadachi.money import rulebook


class EscrowConfig(AppConfig):
    """Tables `escrow_*`."""

    name = "nakadachi.money.escrow"
    label = "escrow"

    def ready(self) -> None:
        """A wrong rulebook stops every command with one clear message."""
        checks.register(rulebook_is_good)


def rulebook_is_good(**_: Any) -> list[checks.CheckMessage]:
    """The rulebook in force loads and passes all its rules."""
    try:
        rulebook.current()
    except (rulebook.BadRulebook, rulebook.NoRule) as problem:
        return [checks.Error(str(problem), id="nakadachi.rulebook")]
    return []
