"""Providers that take card payments, one package each, all behind the same port."""

from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from nakadachi.money.payments.port import Gateway

_ADAPTERS = {"sandbox": "nakadachi.money.payments.gateways.sandbox.gateway.SandboxGateway"}


def names() -> tuple[str, ...]:
    """Every provider there is an adapter for."""
    return tuple(_ADAPTERS)


@lru_cache(maxsize=8)
def get(name: str) -> Gateway:
    """The adapter of a provider; KeyError when there is none."""
    gateway: Gateway = import_string(_ADAPTERS[name])()
    return gateway


def default() -> Gateway:
    """The provider that new payments are made with."""
    return get(settings.PAYMENT_GATEWAY)
