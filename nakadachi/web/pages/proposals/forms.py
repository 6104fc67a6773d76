"""The form of a proposal, of a template, and of the offer that answers a proposal."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nakadachi.market.contracts.actions import MilestoneDraft
from nakadachi.market.contracts.models import MILESTONES_MAX
from nakadachi.market.jobs.models import Job
from nakadachi.market.sourcing.draft import ProposalDraft
from nakadachi.market.sourcing.models import Proposal, ProposalTemplate
from nakadachi.market.sourcing.policy import REASONS
from nakadachi.web.ui.fields import CountField, DayField, LineField, RequestKeyField, TextField, YenField
from nakadachi.web.ui.file_field import FilesField

PRICES = {"hourly": _("Pay per hour (tax included)"), "monthly": _("Pay per month (tax included)")}


class PricedForm(forms.Form):
    """What is said of price and day, in the words of the job's way of working."""

    def __init__(self, *args: Any, job: Job, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if job.is_lasting:
            self.fields["amount_yen"].label = PRICES[job.format]
            self.fields["deliver_on"].label = pgettext_lazy("work", "Start")


class ProposalForm(PricedForm):
    """A proposal in three parts, its price and its day."""

    introduction = TextField(
        label=_("About me"),
        required=False,
        help_text=_("Who you are and what you are good at."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    track_record = TextField(
        label=_("What I have done"),
        required=False,
        help_text=_("Comparable work, with figures where you have them."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    approach = TextField(
        label=_("How I would do this job"),
        help_text=_("Written anew for every job: how you read the request, and how you would go about it."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Please write how you would do this job. This part is always new.")},
    )
    amount_yen = YenField(label=pgettext_lazy("money", "Contract amount (tax included)"))
    deliver_on = DayField(label=pgettext_lazy("work", "Delivery date"))
    wishes_continuation = forms.BooleanField(label=_("I would like to go on working for this client"), required=False)
    files = FilesField(
        label=_("Files"),
        help_text=_("Samples of your work, an estimate. Only you and the client can open them."),
    )
    request_key = RequestKeyField()

    def draft(self) -> ProposalDraft:
        """What the action wants to know."""
        beside = {"request_key", "files"}
        return ProposalDraft(**{name: value for name, value in self.cleaned_data.items() if name not in beside})


class DecliningForm(forms.Form):
    """Why the client chooses otherwise, in a word from a list and, when wished, a sentence."""

    reason = forms.ChoiceField(
        label=_("Reason (the worker reads it)"),
        choices=[choice for choice in Proposal.Reason.choices if choice[0] in REASONS],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose a reason from the list."),
            "invalid_choice": _("Please choose a reason from the list."),
        },
    )
    note = TextField(
        label=_("A sentence to the worker"),
        required=False,
        help_text=_("A word of thanks, or what would fit next time."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CounterForm(PricedForm):
    """Another amount, another day, and why."""

    amount_yen = YenField(label=pgettext_lazy("money", "Contract amount (tax included)"))
    deliver_on = DayField(label=pgettext_lazy("work", "Delivery date"))
    note = TextField(
        label=_("A word about it"),
        required=False,
        help_text=_("Why you suggest this. The other side reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    request_key = RequestKeyField()


class TemplateChoice(forms.Form):
    """Which template to put into the first two parts, or under which name to keep them."""

    template = forms.ChoiceField(label=pgettext_lazy("work", "Template"), required=False)
    template_name = LineField(label=_("Name of the template"), required=False)

    def __init__(self, *args: Any, templates: Iterable[ProposalTemplate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [(template.pk, template.name) for template in templates]  # type: ignore[attr-defined]


class OfferForm(forms.Form):
    """What is to be done; the pieces stand in `MilestoneRow`s beside it."""

    scope = TextField(
        label=pgettext_lazy("work", "What is to be done"),
        help_text=_("It becomes part of the written terms: contents, amount, form of delivery."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Please write what is to be done. It becomes part of the written terms.")},
    )
    revisions_max = CountField(
        label=_("Rounds of revision for each milestone"),
        help_text=_("How often you may send a delivery back. 0 means none; what goes beyond is a further milestone."),
    )
    request_key = RequestKeyField()


class MilestoneRow(forms.Form):
    """One piece of the work: its name, its share of the amount, its day."""

    title = LineField(label=_("What is delivered"), error_messages={"required": _("Please name what is delivered.")})
    amount_yen = YenField(label=pgettext_lazy("work", "Amount (tax included)"))
    due_on = DayField(label=pgettext_lazy("work", "Delivery date"))

    def draft(self) -> MilestoneDraft:
        """What the action wants to know."""
        return MilestoneDraft(**self.cleaned_data)


class MilestoneRows:
    """One or many rows, named `row-0-title`, …; they grow and shrink by sending the form."""

    def __init__(self, data: Any) -> None:
        self.count = max(1, min(_whole(data.get("rows")), MILESTONES_MAX))
        self.rows = [MilestoneRow(data, prefix=f"row-{number}") for number in range(self.count)]

    @classmethod
    def starting_with(cls, *, title: str, amount_yen: int, due_on: Any) -> "MilestoneRows":
        """One row for the whole work."""
        rows = cls({"rows": "1"})
        rows.rows = [MilestoneRow(initial={"title": title, "amount_yen": amount_yen, "due_on": due_on}, prefix="row-0")]
        return rows

    @classmethod
    def typed(cls, data: Any, *, add: bool = False, without: int | None = None) -> "MilestoneRows":
        """The rows as they were typed, one more or one less, without saying yet what is wrong with them."""
        sent = cls(data)
        values = [{name: row[name].data for name in row.fields} for row in sent.rows]
        if without is not None and len(values) > 1 and 0 <= without < len(values):
            del values[without]
        if add and len(values) < MILESTONES_MAX:
            values.append({"due_on": values[-1]["due_on"]})
        shown = cls({"rows": str(len(values))})
        shown.rows = [MilestoneRow(initial=value, prefix=f"row-{number}") for number, value in enumerate(values)]
        return shown

    def is_valid(self) -> bool:
        """True when every row could be read; all of them are checked."""
        readable = [row.is_valid() for row in self.rows]
        return all(readable)

    def drafts(self) -> list[MilestoneDraft]:
        """What the action wants to know."""
        return [row.draft() for row in self.rows]

    @property
    def may_grow(self) -> bool:
        """False at the largest number of milestones."""
        return self.count < MILESTONES_MAX

    def sum_yen(self) -> int:
        """What the readable amounts add up to."""
        total_yen = 0
        for row in self.rows:
            field = row.fields["amount_yen"]
            try:
                total_yen += field.clean(row["amount_yen"].value() or "0") or 0
            except forms.ValidationError:
                continue
        return total_yen


def _whole(text: Any) -> int:
    return int(text) if str(text or "").isascii() and str(text or "").isdigit() and len(str(text)) < 4 else 1
