"""What the pages about work by the hour and by the month share: search, tabs, who has to do what, and the entries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import pgettext, pgettext_lazy

from nakadachi.kernel.calendar import jst_date, start_of_day
from nakadachi.kernel.money import Yen
from nakadachi.market.contracts.finding import TABS
from nakadachi.market.contracts.models import Contract
from nakadachi.market.contracts.turn import Turn
from nakadachi.money.escrow.models import Hold
from nakadachi.people.directory import WORDS_LENGTH_MAX
from nakadachi.web.pages.earnings.contract import journals_of_holds
from nakadachi.web.pages.earnings.words import title_of
from nakadachi.web.staff.works import Booked


class SearchForm(forms.Form):
    """Words that mean a contract or one of its sides."""

    q = forms.CharField(
        label=pgettext_lazy("console", "Number of the contract, or mail address, display name or reading of a side"),
        max_length=WORDS_LENGTH_MAX,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


@dataclass(frozen=True)
class Asked:
    """What the address of a list asks for."""

    form: SearchForm
    words: str
    tab: str
    after: str

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        """Label, address, whether one is there; none while one searches."""
        labels = {
            "active": pgettext("console", "Running"),
            "offered": pgettext("console", "Offered"),
            "over": pgettext("console", "Over"),
        }
        return [(labels[tab], f"?{urlencode({'tab': tab})}", tab == self.tab and not self.words) for tab in TABS]


def asked_of(request: HttpRequest) -> Asked:
    """Read from the address; what is unknown there is left out."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    tab = request.GET.get("tab", "")
    return Asked(form, words, tab if tab in TABS else "active", request.GET.get("after", ""))


@dataclass(frozen=True)
class Waits:
    """Who has to do what, until when; `until` is empty where no date is set."""

    who: str
    what: str
    until: datetime | None


def waits_of(turn: Turn | None, contract: Contract) -> Waits | None:
    """The turn in words for a third person; None when nothing waits."""
    if turn is None or not turn.action:
        return None
    sides = {"client": contract.client.display_name, "worker": contract.worker.display_name, "nobody": ""}
    return Waits(sides[turn.who], str(turn.what), _last_minute(turn.until) if turn.until else None)


def _last_minute(moment: datetime) -> datetime:
    """A deadline is spoken of by its last minute: 24:00 of Sunday, not 0:00 of Monday (ADR 8)."""
    return moment - timedelta(minutes=1) if start_of_day(jst_date(moment)) == moment else moment


def held_yen(holds: Iterable[Hold | None]) -> Yen:
    """What lies in those holds now."""
    return sum(hold.balance_yen for hold in holds if hold is not None)


def booked_of(holds: Sequence[Hold | None]) -> dict[int, list[Booked]]:
    """Every journal of those holds by number, the oldest first, by hold id."""
    found = journals_of_holds([hold.pk for hold in holds if hold is not None])
    return {
        hold_id: [Booked(head.journal_id, title_of(head.kind)) for head in heads] for hold_id, heads in found.items()
    }
