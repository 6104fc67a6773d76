"""The button with which the waiting side asks the other to look, beside the callout that says whose turn it is."""

from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from nakadachi.market.contracts import prompting
from nakadachi.market.contracts.models import Contract, Prompt
from nakadachi.market.contracts.prompting import Waiting
from nakadachi.web.pages.contracts.calls import Call


def with_prompt(call: Call, contract: Contract, waiting: Waiting | None, last: Prompt | None, *, now: datetime) -> Call:
    """The callout with the button when it can be pressed, else with the moment from which it can be."""
    if waiting is None:
        return call
    if refusal := prompting.refusal_of(waiting, last, now):
        return replace(call, note=_(refusal.sentence) % refusal.params)
    href = reverse("contracts:prompt", args=[contract.pk])
    return replace(call, press_href=href, press_label=str(waiting.label))
