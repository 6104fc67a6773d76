"""Mediations, and the role of an operator."""

from django.db.models import Q

from nakadachi.closing.remedies.deed import Deed, Press, side
from nakadachi.people.models import Member
from nakadachi.people.roles.actions import resign
from nakadachi.trust.mediation import actions as mediation
from nakadachi.trust.mediation.models import Case


def _accept(case: Case, press: Press) -> object:
    """Accepting once more is the same as once; the other side is still waited for."""
    has_accepted = getattr(case, f"{case.side_of(press.by.id)}_accepts")
    return case if has_accepted else mediation.accept_ruling(case=case, by=press.by, at=press.at)


DEEDS = {
    "accept_ruling": Deed(
        Case,
        side("contract__"),
        Q(status=Case.Status.DECIDED),
        _accept,
    ),
    "withdraw_case": Deed(
        Case,
        lambda member: Q(opened_by=member),
        Q(status__in=[Case.Status.TALKING, Case.Status.DECIDING]),
        lambda case, press: mediation.withdraw(case=case, by=press.by, at=press.at),
    ),
    "resign_role": Deed(
        Member,
        lambda member: Q(pk=member.pk),
        Q(is_operator=True),
        lambda _member, press: resign(by=press.by, at=press.at),
    ),
}
