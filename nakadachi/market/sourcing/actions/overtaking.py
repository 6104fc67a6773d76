"""What follows when a proposal changes: its old words are kept, and a counter-proposal that waits is overtaken."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from nakadachi.infra.moves import move_all
from nakadachi.kernel.actor import SYSTEM
from nakadachi.market.sourcing.draft import ProposalDraft
from nakadachi.market.sourcing.lifecycle import COUNTER
from nakadachi.market.sourcing.models import Counter, Proposal, ProposalVersion

SHORT = frozenset({"amount_yen", "deliver_on", "wishes_continuation"})
"""What an event may hold of a proposal; its versions hold the rest."""


def overtake_counters(*proposals: Proposal, at: datetime) -> None:
    """Counter-proposals that wait no longer fit. The proposals are locked."""
    waiting = Counter.objects.filter(proposal__in=proposals, status=Counter.Status.OPEN)
    ids = list(waiting.values_list("pk", flat=True))
    if ids:
        move_all(Counter, ids, COUNTER, "replace", by=SYSTEM, at=at, answered_at=at)


def rewrite(
    proposal: Proposal, draft: ProposalDraft, *, at: datetime, job_version: int | None = None
) -> dict[str, Any]:
    """Let a locked proposal say something else; what it said is kept. Answers what changed of its figures."""
    before, after = ProposalDraft.of(proposal).as_json(), draft.as_json()
    ProposalVersion.objects.create(
        proposal=proposal,
        number=proposal.version,
        contents=before,
        job_version=proposal.job_version,
        written_at=proposal.stands_since,
        replaced_at=at,
    )
    standing_for = proposal.job.version if job_version is None else job_version
    columns = {**asdict(draft), "version": proposal.version + 1, "revised_at": at, "job_version": standing_for}
    for column, value in columns.items():
        setattr(proposal, column, value)
    proposal.save(update_fields=[*columns, "revise_key"])
    return {name: [before[name], after[name]] for name in sorted(SHORT) if before[name] != after[name]}
