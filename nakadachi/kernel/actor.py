"""Who does something: a member, somebody of the operator's staff, or the system itself (timers)."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Actor:
    """Passed to every action as `by`; written on every event."""

    kind: Literal["member", "staff", "system"]
    id: int | None = None

    @classmethod
    def member(cls, member_id: int) -> "Actor":
        """A member acting for themselves."""
        return cls("member", member_id)

    @classmethod
    def staff(cls, member_id: int) -> "Actor":
        """Somebody of the operator's staff, acting in that role."""
        return cls("staff", member_id)

    def is_member(self, member_id: int | None) -> bool:
        """True when this is the member with that id, acting for themselves."""
        return self.kind == "member" and self.id is not None and self.id == member_id

    @property
    def is_staff(self) -> bool:
        """True for the operator's staff."""
        return self.kind == "staff"

    @property
    def is_system(self) -> bool:
        """True for timers."""
        return self.kind == "system"


SYSTEM = Actor("system")
