"""The forms around a task: its figures, a question of it, an answer to it, and what is decided about an answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nakadachi.kernel.refusal import Refusal
from nakadachi.market.jobs.categories import CATEGORIES
from nakadachi.market.jobs.models import TITLE_LENGTH_MAX
from nakadachi.market.tasks import fields
from nakadachi.market.tasks.draft import TaskDraft
from nakadachi.market.tasks.fields import Field
from nakadachi.market.tasks.models import REPEATS_MAX, SLOTS_MAX, Claim, Task
from nakadachi.web.pages.tasks.common import certified_now
from nakadachi.web.ui.answers import sentence
from nakadachi.web.ui.fields import BoundField, CountField, LineField, MomentField, RequestKeyField, TextField, YenField
from nakadachi.web.ui.file_field import FilesField

KINDS: dict[str, str | Promise] = {
    fields.SHORT: _("One line of text"),
    fields.LONG: _("Several lines of text"),
    fields.CHOICE: _("Choose one"),
    fields.CHOICES: _("Choose any number"),
    fields.NUMBER: _("A number"),
    fields.URL: _("An address (URL)"),
    fields.FILE: _("Files or photos"),
}
WHO = {
    "anybody": _("Anybody"),
    "verified": _("Members with a confirmed identity"),
}
_CATEGORY_ERRORS = {name: _("Please choose a category from the list.") for name in ("required", "invalid_choice")}


class TaskForm(forms.Form):
    """The figures and the text of a task. Its questions come next, one by one."""

    category = forms.ChoiceField(
        label=pgettext_lazy("work", "Category"),
        choices=[("", _("Please choose")), *CATEGORIES.items()],
        error_messages=_CATEGORY_ERRORS,
    )
    title = LineField(
        label=pgettext_lazy("work", "Title"),
        help_text=format_lazy(
            _("Say in one line what is to be answered, in up to {count} characters."), count=TITLE_LENGTH_MAX
        ),
        error_messages={"required": _("Please enter a title.")},
    )
    description = TextField(
        label=_("Instructions"),
        help_text=_("What to look at, how to answer, and what would not be approved."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Please describe the work.")},
    )
    price_yen = YenField(
        label=_("Price of one answer (tax included)"), help_text=_("Your fee comes on top, the worker's is taken off.")
    )
    slots_count = CountField(
        label=_("Number of answers"),
        help_text=format_lazy(pgettext_lazy("answers", "From 1 to {count}."), count=f"{SLOTS_MAX:,}"),
    )
    repeats_max = CountField(
        label=_("How often one person may answer"),
        initial=1,
        help_text=format_lazy(pgettext_lazy("times", "From 1 to {count}."), count=REPEATS_MAX),
    )
    minutes = CountField(
        label=_("Estimated time for one answer"),
        help_text=_("Workers see what an hour of it pays. Please try it yourself once, so that the time is right."),
    )
    who = forms.ChoiceField(label=_("Who may answer"), widget=forms.RadioSelect, initial="anybody")
    rate = CountField(
        label=_("Share of approved answers"),
        required=False,
        help_text=_("For example 90: only workers whose answers so far were approved in 90 percent of cases or more."),
    )
    opens_at = MomentField(
        label=_("Opens"), required=False, help_text=_("Leave it empty to open as soon as the money is set aside.")
    )
    closes_at = MomentField(label=_("Closes"), help_text=_("Nobody can begin after that."))
    is_instant = forms.BooleanField(
        label=_("Approve at once: every answer is paid as soon as it is handed in, without your looking at it"),
        required=False,
    )
    request_key = RequestKeyField()

    def __init__(self, *args: Any, certified_count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        certified = certified_now(certified_count)
        self.fields["who"].choices = [*WHO.items(), ("certified", certified)]  # type: ignore[attr-defined]

    def draft(self) -> TaskDraft:
        """What the action wants to know."""
        given = self.cleaned_data
        names = ("category", "title", "description", "price_yen", "slots_count", "repeats_max", "minutes")
        return TaskDraft(
            **{name: given[name] for name in (*names, "opens_at", "closes_at", "is_instant")},
            verified_only=given["who"] == "verified",
            certified_only=given["who"] == "certified",
            approval_bps_min=given["rate"] * 100 if given["rate"] is not None else None,
        )

    @staticmethod
    def initial_of(task: Task) -> dict[str, Any]:
        """A draft as it stands."""
        draft = TaskDraft.of(task)
        who = "verified" if draft.verified_only else "certified" if draft.certified_only else "anybody"
        rate = draft.approval_bps_min // 100 if draft.approval_bps_min is not None else None
        return {**vars(draft), "who": who, "rate": rate}


class QuestionForm(forms.Form):
    """One question. What its kind does not have is left out when it is kept."""

    label = LineField(label=_("Question"), error_messages={"required": _("Please write the question.")})
    help = TextField(label=_("Explanation"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(
        label=_("Kind of answer"),
        choices=list(KINDS.items()),
        error_messages={"invalid_choice": _("Please choose the kind of answer.")},
    )
    required = forms.BooleanField(label=_("Must be answered"), required=False, initial=True)
    unique = forms.BooleanField(
        label=_("Every answer must be a new one: the same twice is not taken (text, number, address)"), required=False
    )
    options = TextField(
        label=_("Options, one a line (for a choice)"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    length_min = CountField(label=_("Characters from (for text)"), required=False)
    length_max = CountField(label=_("Characters to (for text)"), required=False)
    low = BoundField(label=_("Lowest (for a number)"), required=False)
    high = BoundField(label=_("Highest (for a number)"), required=False)

    def question(self, key: str = "") -> Field:
        """What the action wants to know."""
        given = self.cleaned_data
        return Field(**{**given, "key": key, "options": tuple(given["options"].splitlines())})

    @staticmethod
    def initial_of(field: Field) -> dict[str, Any]:
        """A question as it stands."""
        return {**field.as_json(), "options": "\n".join(field.options)}


class AnswerForm(forms.Form):
    """The questions of one task as a form. It reads; what is allowed is asked of `fields.read`, all at once."""

    def __init__(self, questions: Sequence[Field], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[question.key] = _control(question)

    def given(self) -> dict[str, list[str]]:
        """What was typed, by key."""
        typed = [question for question in self.questions if question.kind != fields.FILE]
        return {question.key: self.data.getlist(question.key) for question in typed}  # type: ignore[attr-defined]

    def attached(self) -> Mapping[str, Sequence[Any]]:
        """What was attached, by key; only of questions that ask for files."""
        asked = [question.key for question in self.questions if question.kind == fields.FILE]
        return {key: self.cleaned_data[key] for key in asked if self.cleaned_data.get(key)}

    def clean(self) -> dict[str, Any]:
        """Every question that is not answered as asked is said at once."""
        cleaned = super().clean() or self.cleaned_data
        counts = {key: len(files) for key, files in self.attached().items()}
        _answers, refusals = fields.read(self.questions, self.given(), counts)
        for key, refusal in refusals.items():
            if key not in self.errors:
                self.add_error(key, sentence(refusal))
        return cleaned

    def add_refusal(self, refusal: Refusal) -> None:
        """Beside its question, or above all."""
        self.add_error(refusal.field if refusal.field in self.fields else None, sentence(refusal))


def _control(question: Field) -> forms.Field:
    """What is missing or wrong is said by `fields.read`; the control only shows what is asked."""
    words: dict[str, Any] = {"label": question.label, "help_text": question.help, "required": question.required}
    if question.kind == fields.FILE:
        return FilesField(count_max=settings.FILES_PER_OBJECT_MAX, **words)
    if question.kind in fields.OPTION_KINDS:
        widget = forms.RadioSelect if question.kind == fields.CHOICE else forms.CheckboxSelectMultiple
        return _AsTyped(choices=[(option, option) for option in question.options], widget=widget, **words)
    if question.kind == fields.LONG:
        return _Text(widget=forms.Textarea(attrs={"rows": 5}), **words)
    mode = {fields.NUMBER: "decimal", fields.URL: "url"}.get(question.kind, "text")
    return _Text(widget=forms.TextInput(attrs={"inputmode": mode}), **words)


class _AsTyped(forms.ChoiceField):
    """Keeps what was chosen; whether it may be is asked with the rest."""

    def to_python(self, value: Any) -> Any:
        """As it came."""
        return value

    def validate(self, value: Any) -> None:
        """By `fields.read`."""


class _Text(forms.Field):
    """Keeps what was typed; whether it may be is asked with the rest."""

    def validate(self, value: Any) -> None:
        """By `fields.read`."""


class RejectionForm(forms.Form):
    """Why an answer is not approved."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=Claim.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={name: _("Please choose a reason.") for name in ("required", "invalid_choice")},
    )
    text = TextField(
        label=_("What is wrong"),
        help_text=_("The worker reads this and may object; the operator reads it then."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please write what is wrong, so that the worker understands it.")},
    )


class AppealForm(forms.Form):
    """Why an answer should be approved after all."""

    text = TextField(
        label=_("Why it should be approved"),
        help_text=_("The operator and the client read this."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Please write why the answer should be approved.")},
    )
