"""A refusal is a value: a code for programs, an HTTP status, and a sentence for people.

Policies return one (or None); actions raise it wrapped in `Refused`. Sentences are English message ids, translated
only where they are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


def N_(sentence: str) -> str:
    """Mark a sentence for translation without translating it."""
    return sentence


@dataclass(frozen=True)
class Refusal:
    """Why something is not done, in words that say what to do instead.

    `sentence` may hold `%(name)s` places that `params` fill. `field` names the form field it belongs to, if one.
    """

    code: str
    sentence: str
    status: int = 409
    params: Mapping[str, object] = field(default_factory=dict)
    field: str = ""

    def with_params(self, **params: object) -> "Refusal":
        """The same refusal with figures filled in."""
        return replace(self, params={**self.params, **params})

    def in_field(self, name: str) -> "Refusal":
        """The same refusal beside another form field."""
        return replace(self, field=name)


class Refused(Exception):
    """Raised by an action that changes nothing, since `refusal` speaks against it."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class NotVisible(Exception):
    """The object does not exist, or not for this actor: the two must look the same (404)."""


class Gone(Exception):
    """It was public, and its owner has left for good: 410, so that nobody looks for it again."""


MOVE_NOT_ALLOWED = Refusal(
    "move_not_allowed",
    N_("Somebody was faster: this has changed in the meantime. Please look at the current state and try again."),
)


def require(refusal: Refusal | None) -> None:
    """Raise `Refused` if a policy said no."""
    if refusal is not None:
        raise Refused(refusal)
