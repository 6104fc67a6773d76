"""What stands where somebody who left had a name or a text: a mark in the column, words in the reader's language.

The mark begins with a letter nobody can type into a name (`people.names`), and is itself plain Japanese, so that SQL
that goes past the models shows words, too, and never what was there.
"""

from typing import Any

from django.db import models
from django.utils.translation import pgettext_lazy

_INVISIBLE = "\u2060"
NAME = f"{_INVISIBLE}退会したメンバー"
TEXT = f"{_INVISIBLE}(退会により消去されました)"
_WORDS = {
    NAME: pgettext_lazy("erased", "Member who left"),
    TEXT: pgettext_lazy("erased", "(erased: its author has left)"),
}


def shown(stored: Any) -> Any:
    """The words for a mark, in the language that is active; anything else as it is."""
    return str(_WORDS[stored]) if stored in _WORDS else stored


class _Erasable:
    """Reads marks as words. A plain field for the schema."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Called for instances, `values()` and prepared reads alike."""
        return shown(value)

    def deconstruct(self) -> Any:
        """The column is that of the plain field: nothing to migrate."""
        name, _path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, f"django.db.models.{type(self).__mro__[2].__name__}", args, kwargs


class ErasableCharField(_Erasable, models.CharField):  # type: ignore[type-arg]
    """A short text whose author may leave."""


class ErasableTextField(_Erasable, models.TextField):  # type: ignore[type-arg]
    """A long text whose author may leave."""
