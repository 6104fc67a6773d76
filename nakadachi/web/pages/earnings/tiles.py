"""The five figures of 「報酬管理」: set aside, waiting for inspection, confirmed, being paid out, paid."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from nakadachi.money.payouts import queries as payouts
from nakadachi.web.pages.earnings.board import HeldLine
from nakadachi.web.ui.parts import Tile


def tiles_of(
    member_id: int, *, working: Sequence[HeldLine], waiting: Sequence[HeldLine], balance_yen: int
) -> list[Tile]:
    """Each tile leads to the lines it is the sum of."""
    paid_yen, in_transit_yen = payouts.paid_and_in_transit_yen(member_id)
    payouts_href = reverse("earnings:payouts:list")
    return [
        Tile(
            pgettext("earnings", "In escrow"),
            sum(line.figure_yen for line in working),
            gettext("Set aside by clients, work in progress"),
            "#working",
        ),
        Tile(
            pgettext("earnings", "Waiting for inspection"),
            sum(line.figure_yen for line in waiting),
            gettext("Delivered, not yet accepted"),
            "#waiting",
        ),
        Tile(
            pgettext("earnings", "Confirmed (balance)"),
            balance_yen,
            gettext("Yours, not yet on its way"),
            "#entries",
            strong=True,
        ),
        Tile(
            pgettext("earnings", "Being paid out"),
            in_transit_yen,
            gettext("On its way to your bank"),
            payouts_href,
        ),
        Tile(
            pgettext("earnings", "Paid"),
            paid_yen,
            gettext("Sent to your bank so far"),
            payouts_href,
        ),
    ]
