"""`bin/nakadachi fees`: its JSON, its table, and one sentence for every bad input."""

import json
import subprocess
import sys

import pytest

from nakadachi.money.rulebook.fees_command import main

ASK = ["--service", "lancers", "--format", "project"]


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main([*words, "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out))


def test_the_flat_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, *ASK, "--amount", "10000") == {
        "client_pays": 10_550,
        "client_fee": 550,
        "worker_fee": 1_650,
        "worker_receives": 8_350,
        "tax": 200,
        "withholding": 0,
        "rule": "lancers-2022-10/project",
        "source": "https://info.lancers.jp/28688",
    }


def test_the_day_decides(capsys: pytest.CaptureFixture[str]) -> None:
    old = asked(capsys, *ASK, "--amount", "300000", "--on", "2022-09-30")
    new = asked(capsys, *ASK, "--amount", "300000", "--on", "2022-10-01")
    assert (old["worker_receives"], new["worker_receives"]) == (265_000, 250_500)


def test_withholding(capsys: pytest.CaptureFixture[str]) -> None:
    priced = asked(capsys, *ASK, "--amount", "10000", "--withheld-by", "client")
    assert (priced["client_pays"], priced["withholding"], priced["worker_receives"]) == (9_622, 928, 7_422)


@pytest.mark.parametrize("amount", ["１００００", "10,000円", "¥10,000", "１０，０００円", " 10000 "])
def test_amounts_as_people_type_them(amount: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, *ASK, "--amount", amount)["client_pays"] == 10_550


def test_the_table_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    main([*ASK, "--amount", "10000"])
    shown = capsys.readouterr().out
    assert "ワーカーの受取額" in shown
    assert "¥8,350" in shown


@pytest.mark.parametrize(
    "words",
    [
        [*ASK, "--amount", "0"],
        [*ASK, "--amount", "-5"],
        [*ASK, "--amount", "-1,000"],
        [*ASK, "--amount", "10.5"],
        [*ASK, "--amount", "1000000000000"],
        [*ASK, "--amount", "9" * 5000],
        [*ASK, "--amount", ""],
        [*ASK, "--amount", "1e5"],
        [*ASK, "--amount", "一万"],
        [*ASK, "--amount", "10000", "--on", "2026-02-30"],
        [*ASK, "--amount", "10000", "--on", "20260201"],
        [*ASK, "--amount", "10000", "--on", "yesterday\n\x1b[31m"],
        [*ASK, "--amount", "10000", "--on", "0001-01-01"],
        [*ASK, "--amount", "10000", "--colour", "red"],
        [*ASK],
        ["--service", "nobody", "--format", "project", "--amount", "10000"],
        ["--service", "../lancers", "--format", "project", "--amount", "10000"],
        ["--service", "japan", "--format", "project", "--amount", "10000"],
        ["--service", "lancers", "--format", "contest", "--amount", "10000"],
        [],
    ],
)
@pytest.mark.parametrize("json_too", [True, False])
def test_bad_input_is_one_sentence_and_code_2(
    words: list[str], json_too: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*words, "--json"] if json_too else words)
    printed = capsys.readouterr()
    assert stopped.value.code == 2
    assert printed.out == ""
    assert len(printed.err.strip().splitlines()) == 1
    assert printed.err.isprintable() or printed.err.rstrip("\n").isprintable()


def test_it_needs_neither_django_nor_a_database() -> None:
    program = (
        "import sys; from nakadachi.money.rulebook.fees_command import main;"
        f"main({[*ASK, '--amount', '1']!r}); sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, capture_output=True).returncode == 0
