"""Where the work of several threads stands and whose turn it is there, in a fixed number of queries."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import pgettext

from nakadachi.market.contracts import queries as contracts
from nakadachi.market.contracts.turn import turn_of
from nakadachi.trust.messaging.models import Thread
from nakadachi.web.pages.messages.standing import TONES, stage_label

Told = tuple[str, str, str, bool]
"""Label and tone of the chip, what is to be done, and whether by the reader."""


def turns_of(threads: Sequence[Thread], *, viewer_id: int, now: datetime) -> dict[int, Told]:
    """By thread. A contract that runs says whose turn it is; before and after, the last word does."""
    running = contracts.running_between([(thread.job_id, thread.worker_id) for thread in threads])
    told: dict[int, Told] = {}
    for thread in threads:
        contract = running.get((thread.job_id, thread.worker_id))
        if contract is None:
            told[thread.pk] = ("", "plain", "", False)
            continue
        turn = turn_of(contract, list(contract.milestones.all()), at=now)
        what = str(turn.what) if turn.action else ""
        is_mine = turn.is_for(contract, viewer_id)
        words = what if is_mine or not what else pgettext("turn", "Other side: %(what)s") % {"what": what}
        told[thread.pk] = (stage_label("contract"), TONES["contract"], words, is_mine)
    return told
