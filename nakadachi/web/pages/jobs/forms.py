"""The search form and the form of a posting."""

from typing import Any, cast

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from nakadachi.market.jobs.categories import CATEGORIES
from nakadachi.market.jobs.draft import JobDraft
from nakadachi.market.jobs.models import HIRES_MAX, HOURS_PER_WEEK_MAX, TITLE_LENGTH_MAX, Job
from nakadachi.search.queries import JobQuery, Sort
from nakadachi.web.ui.fields import CountField, DayField, LineField, RateField, RequestKeyField, TextField, YenField
from nakadachi.web.ui.file_field import FilesField

SORTS: dict[Sort, Any] = {
    "match": _("Best match"),
    "newest": pgettext_lazy("work", "Newest"),
    "pay": _("Highest pay"),
    "closing": _("Closing soon"),
}


class SearchForm(forms.Form):
    """What is looked for. Every part may be left out; what can't be read is said and left out of the search."""

    q = LineField(
        label=pgettext_lazy("work", "Keyword"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    category = forms.ChoiceField(
        label=pgettext_lazy("work", "Category"),
        required=False,
        choices=[("", _("All categories")), *CATEGORIES.items()],
    )
    format = forms.ChoiceField(
        label=_("Way of working"), required=False, choices=[("", _("All ways")), *Job.Format.choices]
    )
    min_yen = YenField(label=pgettext_lazy("work", "From"), required=False)
    max_yen = YenField(label=pgettext_lazy("work", "To"), required=False)
    no_experience_ok = forms.BooleanField(label=_("No experience needed"), required=False)
    beginner_welcome = forms.BooleanField(label=_("Beginners welcome"), required=False)
    continuing = forms.BooleanField(label=_("Continuing work"), required=False)
    char_rate = RateField(label=_("Pay per character from"), required=False)
    sort = forms.ChoiceField(required=False, choices=list(SORTS.items()), widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """An upper end below the lower one finds nothing: say so."""
        cleaned = super().clean() or self.cleaned_data
        low, high = cleaned.get("min_yen"), cleaned.get("max_yen")
        if low and high and high < low:
            self.add_error("max_yen", gettext("Please enter an amount that is not below the lower end."))
        return cleaned

    def sort_chosen(self) -> Sort:
        """The chosen order, or what suits: the best match with a keyword, the newest without."""
        chosen = self.cleaned_data.get("sort") or ""
        if chosen in SORTS and (chosen != "match" or self.keyword):
            return cast(Sort, chosen)
        return "match" if self.keyword else "newest"

    @property
    def keyword(self) -> str:
        """What was typed."""
        return str(self.cleaned_data.get("q", ""))

    def query(self) -> JobQuery:
        """The search that was asked for."""
        given = self.cleaned_data
        return JobQuery(
            keyword=self.keyword,
            category=given.get("category", ""),
            format=given.get("format", ""),
            min_yen=given.get("min_yen"),
            max_yen=given.get("max_yen"),
            no_experience_ok=given.get("no_experience_ok", False),
            beginner_welcome=given.get("beginner_welcome", False),
            continuing=given.get("continuing", False),
            char_rate_min_sen=given.get("char_rate"),
            sort=self.sort_chosen(),
        )


class JobForm(forms.Form):
    """The posting of a project, as its client writes it. The other ways of working change a few of its fields."""

    format = Job.Format.PROJECT.value

    category = forms.ChoiceField(
        label=pgettext_lazy("work", "Category"),
        choices=[("", _("Please choose")), *CATEGORIES.items()],
        error_messages={
            "required": _("Please choose a category from the list."),
            "invalid_choice": _("Please choose a category from the list."),
        },
    )
    title = LineField(
        label=pgettext_lazy("work", "Title"),
        help_text=format_lazy(
            _("Say in one line what you want done, in up to {count} characters."), count=TITLE_LENGTH_MAX
        ),
        error_messages={"required": _("Please enter a title.")},
    )
    description = TextField(
        label=_("The work in detail"),
        help_text=_("Purpose, amount of work, what you provide, and what you want to receive in the end."),
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Please describe the work.")},
    )
    requirements = TextField(
        label=_("Who can apply"),
        help_text=_("Skills, tools or hours that are needed. Leave it empty when anybody may apply."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    budget_min_yen = YenField(
        label=_("Budget from (tax included)"), help_text=_("What you pay for the work itself. Your fee comes on top.")
    )
    budget_max_yen = YenField(
        label=_("Budget to (tax included)"), required=False, help_text=_("Leave it empty for a fixed price.")
    )
    char_rate_sen = RateField(
        label=_("Pay per character"), required=False, help_text=_("For writing only: for example 1.5.")
    )
    closes_on = DayField(
        label=_("Last day for proposals"), help_text=_("Proposals are accepted until the end of that day.")
    )
    delivery_on = DayField(
        label=_("Wished delivery date"), required=False, help_text=_("Leave it empty to agree on it with the worker.")
    )
    hires_max = CountField(
        label=_("Number of people"), initial=1, help_text=format_lazy(_("From 1 to {count}."), count=HIRES_MAX)
    )
    no_experience_ok = forms.BooleanField(label=_("No experience needed"), required=False)
    beginner_welcome = forms.BooleanField(label=_("Beginners welcome"), required=False)
    continuing = forms.BooleanField(label=_("Continuing work"), required=False)
    files = FilesField(
        label=pgettext_lazy("work", "Files"),
        help_text=_("Manuals or samples. Every member who is logged in can fetch them."),
    )
    request_key = RequestKeyField()

    def draft(self) -> JobDraft:
        """What the action wants to know."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"files", "request_key"}}
        given["budget_max_yen"] = given["budget_max_yen"] or given["budget_min_yen"]
        return JobDraft(format=self.format, **given)


def _start() -> DayField:
    return DayField(
        label=_("Wished start"), required=False, help_text=_("Leave it empty to agree on it with the worker.")
    )


class HourlyJobForm(JobForm):
    """Work paid by the hour: a rate, how many hours a week, from when."""

    format = Job.Format.HOURLY.value
    delivery_on = None
    char_rate_sen = None
    budget_min_yen = YenField(
        label=_("Pay per hour from (tax included)"),
        help_text=_("What you pay for an hour of work. Your fee comes on top."),
    )
    budget_max_yen = YenField(
        label=_("Pay per hour to (tax included)"), required=False, help_text=_("Leave it empty for a fixed rate.")
    )
    hours_per_week = CountField(
        label=_("Expected hours per week"),
        help_text=format_lazy(
            _("From 1 to {count}. The limit is agreed with the worker in the contract."), count=HOURS_PER_WEEK_MAX
        ),
    )
    starts_on = _start()


class MonthlyJobForm(JobForm):
    """Work paid by the month: a sum, what it is for, from when."""

    format = Job.Format.MONTHLY.value
    delivery_on = None
    char_rate_sen = None
    budget_min_yen = YenField(
        label=_("Pay per month from (tax included)"),
        help_text=_("What you pay for the work of one month. Your fee comes on top."),
    )
    budget_max_yen = YenField(
        label=_("Pay per month to (tax included)"), required=False, help_text=_("Leave it empty for a fixed sum.")
    )
    month_scope = LineField(
        label=_("What a month's sum is for"),
        help_text=_("For example: five articles, or ten hours."),
        error_messages={"required": _("Please write what the sum of a month is for: five articles, or ten hours.")},
    )
    starts_on = _start()


FORMS: dict[str, type[JobForm]] = {form.format: form for form in (JobForm, HourlyJobForm, MonthlyJobForm)}
"""The postings that take proposals, by their way of working."""


class ClosingForm(forms.Form):
    """Why no more proposals are taken, for those who look at the posting."""

    reason = LineField(
        label=_("Reason"),
        required=False,
        help_text=_("One line that everybody who opens the job can read. For example: we have found enough people."),
    )


class ReopeningForm(forms.Form):
    """Until when proposals of a project are taken again."""

    closes_on = DayField(
        label=_("Last day for proposals"), help_text=_("Proposals are accepted until the end of that day.")
    )
    delivery_on = DayField(
        label=_("Wished delivery date"), required=False, help_text=_("Leave it empty to agree on it with the worker.")
    )


class LastingReopeningForm(forms.Form):
    """The same for work that begins on a day and goes on."""

    closes_on = DayField(
        label=_("Last day for proposals"), help_text=_("Proposals are accepted until the end of that day.")
    )
    starts_on = _start()


def reopening_form(job: Job, *args: Any, **kwargs: Any) -> forms.Form:
    """The form that fits the job's way of working."""
    kind = LastingReopeningForm if job.is_lasting else ReopeningForm
    return kind(*args, **kwargs)


def initial_of(job: Job) -> dict[str, Any]:
    """A draft as the form shows it again."""
    values = {name: getattr(job, name) for name in JobDraft.__dataclass_fields__}
    if job.budget_max_yen == job.budget_min_yen:
        values["budget_max_yen"] = None
    return values
