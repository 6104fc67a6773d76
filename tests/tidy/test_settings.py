"""Every environment variable that the program reads stands in the table of settings; rubbish is refused."""

import re

import pytest
from django.conf import settings

from nakadachi.config import variables

READ = re.compile(r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"|\b(?:text|number|flag)\(\s*\"([A-Z_]+)\"")
OF_THE_PROGRAM_ITSELF = {"DJANGO_SETTINGS_MODULE", "NAKADACHI_SUPERVISED", "PROMETHEUS_MULTIPROC_DIR"}


def test_each_is_described() -> None:
    read = {
        first or second
        for path in settings.PACKAGE.rglob("*.py")
        for first, second in READ.findall(path.read_text(encoding="utf-8"))
    }
    assert len(read) > 30
    assert read - OF_THE_PROGRAM_ITSELF <= variables.names()


@pytest.mark.parametrize("given", ["-1", "1.5", "１０", "ten", "0x10"])
def test_a_number_is_a_number(monkeypatch, given: str) -> None:
    monkeypatch.setenv("PORT", given)
    with pytest.raises(variables.BadVariable, match="PORT="):
        variables.number("PORT", 8000, "")


def test_yes_and_no(monkeypatch) -> None:
    for given, meant in {"1": True, "ON": True, "0": False, "no": False, "": True}.items():
        monkeypatch.setenv("SMTP_TLS", given)
        assert variables.flag("SMTP_TLS", True, "") is meant
    monkeypatch.setenv("SMTP_TLS", "maybe")
    with pytest.raises(variables.BadVariable):
        variables.flag("SMTP_TLS", True, "")
