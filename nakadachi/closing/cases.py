"""Mediations as obstacles: money that nobody divides until its case is over."""

from collections.abc import Iterator

from nakadachi.closing import words
from nakadachi.closing.buttons import DEEDS, WAYS
from nakadachi.closing.obstacle import Obstacle, Remedy, Text, Who
from nakadachi.people.models import Member
from nakadachi.trust.mediation import queries
from nakadachi.trust.mediation.models import Case


def of(member: Member) -> Iterator[Obstacle]:
    """Each open case, with whose turn it is."""
    for case in queries.of_member(member.pk):
        who, sentence = _whose(case, member)
        yield Obstacle(
            code="dispute.open",
            title=case.contract.title,
            sentence=sentence,
            who=who,
            page="mediation:detail",
            arguments=(case.pk,),
            remedies=tuple(_remedies(case, member)),
            amount_yen=case.rest_yen,
            clears_by=queries.over_by(case),
            if_silent=words.MEDIATION_SILENT,
            kind="dispute.open",
        )


def _whose(case: Case, member: Member) -> tuple[Who, Text]:
    if case.status == Case.Status.TALKING:
        return "you", words.MEDIATION_TALK
    if case.status != Case.Status.DECIDED:
        return "operator", words.MEDIATION_RULING
    return ("other" if _has_accepted(case, member) else "you"), words.MEDIATION_ANSWER


def _has_accepted(case: Case, member: Member) -> bool:
    return bool(getattr(case, f"{case.side_of(member.pk)}_accepts"))


def _remedies(case: Case, member: Member) -> Iterator[Remedy]:
    if case.status == Case.Status.DECIDED and not _has_accepted(case, member):
        said = DEEDS["accept_ruling"]
        yield Remedy("accept_ruling", said.label, says=said.says, thing_id=case.pk)
    elif case.status in {Case.Status.TALKING, Case.Status.DECIDING} and case.opened_by_id == member.pk:
        yield Remedy("withdraw_case", DEEDS["withdraw_case"].label, thing_id=case.pk)
    yield Remedy("see_case", WAYS["see_case"].label, page="mediation:detail", arguments=(case.pk,))
