"""Whoever works for the operator lays the role down first; the last administrator names another one before."""

from collections.abc import Iterator

from nakadachi.closing import words
from nakadachi.closing.buttons import DEEDS, WAYS
from nakadachi.closing.obstacle import Obstacle, Remedy
from nakadachi.people.models import Member
from nakadachi.people.roles import queries as roles


def of(member: Member) -> Iterator[Obstacle]:
    """One for an operator, none for everybody else."""
    if not member.is_operator:
        return
    if roles.is_last_admin(member.pk):
        remedy = Remedy("name_admin", WAYS["name_admin"].label, page="staff:crew:list")
        yield _of("owner.last", words.LAST_ADMIN, "staff:crew:list", remedy)
    else:
        remedy = Remedy("resign_role", DEEDS["resign_role"].label, thing_id=member.pk)
        yield _of("role.held", words.ROLE, "staff:home", remedy)


def _of(code: str, sentence: object, page: str, remedy: Remedy) -> Obstacle:
    return Obstacle(
        code=code,
        title=words.ROLE_TITLE,
        sentence=sentence,  # type: ignore[arg-type]
        who="you",
        page=page,
        arguments=(),
        remedies=(remedy,),
        if_silent=words.ROLE_SILENT,
        kind=code,
    )
