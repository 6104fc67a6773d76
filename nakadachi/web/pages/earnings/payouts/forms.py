"""Asking for a payout needs no field but the key that makes a double click one request."""

from django import forms

from nakadachi.web.ui.fields import RequestKeyField


class PayoutForm(forms.Form):
    """The whole balance to the registered account."""

    request_key = RequestKeyField()
