"""Where the work of several threads stands and whose turn it is there, in a fixed number of queries."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import pgettext

from nakadachi.market.contracts import formats
from nakadachi.market.contracts import queries as contracts
from nakadachi.trust.messaging.models import Thread
from nakadachi.web.pages.messages.standing import TONES, stage_label

Told = tuple[str, str, str, bool]
"""Label and tone of the chip, what is to be done, and whether by the reader."""


def turns_of(threads: Sequence[Thread], *, viewer_id: int, now: datetime) -> dict[int, Told]:
    """By thread. A contract that runs says whose turn it is; before and after, the last word does."""
    running = contracts.running_between([(thread.job_id, thread.worker_id) for thread in threads])
    turns = formats.turns_of(list(running.values()), viewer_id=viewer_id, at=now)
    told: dict[int, Told] = {}
    for thread in threads:
        contract = running.get((thread.job_id, thread.worker_id))
        if contract is None:
            told[thread.pk] = ("", "plain", "", False)
            continue
        turn = turns[contract.pk]
        what = str(turn.what) if turn.action else ""
        is_mine, is_theirs = turn.is_for(contract, viewer_id), turn.who != "nobody"
        words = pgettext("turn", "Other side: %(what)s") % {"what": what} if is_theirs and not is_mine else what
        told[thread.pk] = (stage_label("contract"), TONES["contract"], words, is_mine)
    return told
