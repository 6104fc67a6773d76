"""What the two sides type in a mediation. Forms only read; what is allowed is decided by the action."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nakadachi.trust.mediation import refusals
from nakadachi.web.ui.fields import RequestKeyField, TextField, YenField
from nakadachi.web.ui.file_field import FilesField


class ClaimForm(forms.Form):
    """Why the operator is asked."""

    request_key = RequestKeyField()
    reason = TextField(
        label=_("What happened, and what you wish for"),
        error_messages={"required": _(refusals.REASON_MISSING.sentence)},
        help_text=_("In order, with days. The other side and the operator read it. You can add files afterwards."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class StatementForm(forms.Form):
    """More words, with files."""

    request_key = RequestKeyField()
    text = TextField(
        label=_("Write a statement"),
        error_messages={"required": _(refusals.TEXT_MISSING.sentence)},
        help_text=_("The other side and the operator read it. It cannot be changed or taken back later."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    files = FilesField(
        label=_("Files"),
        help_text=_("Only the two of you and the operator's people for mediation can open them."),
    )


class OfferForm(forms.Form):
    """How much the worker should get, before fees."""

    request_key = RequestKeyField()
    amount = YenField(
        label=_("What the worker gets of it, before fees"),
        zero_ok=True,
        help_text=_("¥0 gives everything back to the client. The other side never sees this amount."),
    )


class AppealForm(forms.Form):
    """Why the ruling is not right."""

    text = TextField(
        label=_("Why the ruling is not right"),
        error_messages={"required": _(refusals.TEXT_MISSING.sentence)},
        help_text=_("What was overlooked or misread. The other side and the operator read it."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
