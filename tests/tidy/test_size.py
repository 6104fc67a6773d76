"""Rooms stay small: a file, function or template that outgrows its bound is divided, the bound is not moved."""

import pytest

from tests.tidy.sources import files, functions, short

LINES_MAX = {"*.py": 400, "*.html": 120, "*.css": 250, "*.js": 80, "*.sql": 250}
TEST_LINES_MAX = 600
FUNCTION_LINES_MAX = 70


@pytest.mark.parametrize("pattern", LINES_MAX)
def test_no_file_outgrows_its_room(pattern: str) -> None:
    too_long = {
        short(path): count
        for path in files(pattern)
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LINES_MAX[pattern]
    }
    assert not too_long


def test_no_test_file_outgrows_its_room() -> None:
    too_long = {
        short(path): count
        for under in ("tests", "bench")
        for path in files("*.py", under)
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > TEST_LINES_MAX
    }
    assert not too_long


def test_no_function_outgrows_its_screen() -> None:
    too_long = {
        f"{short(path)}:{node.name}": length
        for path in files("*.py")
        for node in functions(path)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES_MAX
    }
    assert not too_long


def test_scripts_are_thin() -> None:
    too_long = {short(path): count for path in files("*", "bin") if (count := len(path.read_text().splitlines())) > 30}
    assert not too_long
