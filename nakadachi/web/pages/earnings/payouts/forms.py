"""Asking for a payout needs no field but the key that makes a double click one request."""

from django import forms


class PayoutForm(forms.Form):
    """The whole balance to the registered account."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)
