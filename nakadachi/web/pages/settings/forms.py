"""What the settings ask. Rules of the marketplace are in the actions; here is only what a field can hold."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nakadachi.people.models import (
    DISPLAY_NAME_LENGTH_MAX,
    NAME_LENGTH_MAX,
    READING_LENGTH_MAX,
    BankAccount,
    Member,
)

INTRODUCTION_LENGTH_MAX = 4_000


class ProfileForm(forms.Form):
    """What other members see."""

    display_name = forms.CharField(
        label=_("Display name"),
        max_length=DISPLAY_NAME_LENGTH_MAX,
        help_text=_("This is what other members see. It need not be your legal name."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    introduction = forms.CharField(
        label=_("About you"),
        required=False,
        max_length=INTRODUCTION_LENGTH_MAX,
        help_text=_("What you do, what you are good at, when you can be reached. No mail address or phone number."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class AvatarForm(forms.Form):
    """The picture beside the name."""

    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG, JPEG or WebP up to 5 MB. Its middle is shown. Place and camera are removed from it."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )


class LegalNameForm(forms.Form):
    """The name for written terms. Hiragana readings are accepted and stored in katakana."""

    legal_form = forms.ChoiceField(
        label=_("You are"), choices=Member.LegalForm.choices, widget=forms.RadioSelect, required=True
    )
    family_name = forms.CharField(
        label=_("Family name"),
        required=False,
        max_length=NAME_LENGTH_MAX,
        help_text=_("A corporation enters its name here and leaves the given name empty."),
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    given_name = forms.CharField(
        label=_("Given name"),
        required=False,
        max_length=NAME_LENGTH_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_kana = forms.CharField(
        label=_("Reading of the family name"),
        required=False,
        max_length=READING_LENGTH_MAX,
        help_text=_("Katakana or hiragana."),
    )
    given_kana = forms.CharField(
        label=_("Reading of the given name"),
        required=False,
        max_length=READING_LENGTH_MAX,
        help_text=_("Katakana or hiragana."),
    )


class InvoiceForm(forms.Form):
    """Registered for qualified invoices, and under which number."""

    registered = forms.TypedChoiceField(
        label=_("Registration as an issuer of qualified invoices"),
        choices=[("yes", pgettext_lazy("invoice", "Registered")), ("no", pgettext_lazy("invoice", "Not registered"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    number = forms.CharField(
        label=_("Registration number"),
        required=False,
        max_length=40,
        help_text=_("T and 13 digits. Only if you are registered."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class PayoutModeForm(forms.Form):
    """When the balance goes to the bank."""

    mode = forms.ChoiceField(label=_("How payouts happen"), choices=Member.PayoutMode.choices, widget=forms.RadioSelect)


class LanguageForm(forms.Form):
    """Pages and mails."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


class BankAccountForm(forms.Form):
    """The account at a branch that was chosen before; both codes travel along."""

    bank_code = forms.CharField(widget=forms.HiddenInput, max_length=4)
    branch_code = forms.CharField(widget=forms.HiddenInput, max_length=3)
    kind = forms.ChoiceField(
        label=_("Kind of account"),
        choices=BankAccount.Kind.choices,
        initial=BankAccount.Kind.ORDINARY,
        widget=forms.RadioSelect,
    )
    number = forms.CharField(
        label=_("Account number"),
        max_length=20,
        help_text=_("Up to 7 digits. Missing zeros are filled in from the left."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    holder = forms.CharField(
        label=_("Account holder (kana)"),
        max_length=100,
        help_text=_("As printed in the passbook, e.g. ヤマダ ハナコ. Hiragana is converted."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
