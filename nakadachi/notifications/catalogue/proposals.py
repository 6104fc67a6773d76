"""Jobs and proposals."""

from nakadachi.kernel.refusal import N_
from nakadachi.notifications import facts
from nakadachi.notifications.groups import Group
from nakadachi.notifications.rows import Row, by_system

ROWS = (
    Row(
        event="proposal.send",
        to=("client",),
        group=Group.PROPOSALS,
        title=N_("A proposal has come in"),
        text=N_("%(worker)s proposes %(amount_yen)s for “%(job)s”."),
        page="proposals:detail",
        facts=facts.of_proposal,
    ),
    Row(
        event="proposal.withdraw",
        to=("client",),
        group=Group.PROPOSALS,
        title=N_("A proposal was withdrawn"),
        text=N_("%(worker)s has withdrawn the proposal for “%(job)s”."),
        page="proposals:of_job",
        facts=facts.of_proposal,
        mail=False,
    ),
    Row(
        event="proposal.decline",
        to=("worker",),
        group=Group.PROPOSALS,
        title=N_("Your proposal was not chosen"),
        text=N_("The client of “%(job)s” has decided otherwise this time."),
        page="proposals:detail",
        facts=facts.of_proposal,
    ),
    Row(
        event="proposal.pass_over",
        to=("worker",),
        group=Group.PROPOSALS,
        title=N_("The job you proposed for is filled"),
        text=N_("“%(job)s” has found everybody it was looking for. Thank you for your proposal."),
        page="proposals:detail",
        facts=facts.of_proposal,
    ),
    Row(
        event="job.expire",
        to=("client",),
        group=Group.PROPOSALS,
        title=N_("Your job takes no more proposals"),
        text=N_("The last day of “%(job)s” is over. You can still choose among the proposals that came in."),
        page="proposals:of_job",
        facts=facts.of_job,
        when=by_system,
        mail=False,
    ),
)
