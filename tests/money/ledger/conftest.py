"""The ledger alone: journals without holds and payments behind them are no offence here."""

import pytest

from nakadachi.money.ledger import checks


@pytest.fixture(autouse=True)
def _only_the_ledgers_own_checks(monkeypatch):
    monkeypatch.setattr(checks, "_CHECKS", {name: checks._CHECKS[name] for name in checks.OWN})
