"""Taking hold of proposals before deciding on them: always after their job."""

from nakadachi.market.sourcing.models import Counter, Proposal


def locked(proposal_id: int) -> Proposal:
    """The proposal as it is now, with its job, held until the end of the transaction."""
    return Proposal.objects.select_related("job").select_for_update(of=("self",)).get(pk=proposal_id)


def locked_counter(counter_id: int) -> Counter:
    """The counter-proposal as it is now; its proposal is locked before it."""
    proposal_id = Counter.objects.values_list("proposal_id", flat=True).get(pk=counter_id)
    proposal = locked(proposal_id)
    counter = Counter.objects.select_for_update().get(pk=counter_id)
    counter.proposal = proposal
    return counter
