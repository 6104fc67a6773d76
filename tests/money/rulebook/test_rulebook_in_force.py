"""A wrong rulebook stops every command with a message that says what would be right."""

from pathlib import Path

import pytest

from nakadachi.money.escrow.apps import rulebook_is_good
from nakadachi.money.rulebook import loading
from nakadachi.money.rulebook.fees_command import main

LANCERS = (Path(loading.__file__).parent / "presets" / "lancers.toml").read_text(encoding="utf-8")


@pytest.fixture
def too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.toml"
    own.write_text(LANCERS.replace("auto_accept_days = 14", "auto_accept_days = 60"), encoding="utf-8")
    monkeypatch.setenv("NAKADACHI_RULEBOOK", str(own))


def test_the_preset_is_good() -> None:
    assert rulebook_is_good() == []


@pytest.mark.usefixtures("too_long")
def test_the_system_check_names_the_longest_waiting_time() -> None:
    [message] = rulebook_is_good()
    assert "the longest allowed value is 29" in str(message)


@pytest.mark.usefixtures("too_long")
def test_the_fees_command_says_so_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--service", "lancers", "--format", "project", "--amount", "1"])
    assert stopped.value.code == 2
    assert "the longest allowed value is 29" in capsys.readouterr().err


def test_an_unknown_service_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAKADACHI_SERVICE", "nobody")
    assert "no preset" in str(rulebook_is_good()[0])
