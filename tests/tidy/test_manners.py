"""House rules that a reader relies on."""

import ast
import re
from pathlib import Path

import pytest

from tests.tidy.sources import PACKAGE, files, functions, short, tree

CLOCK_READERS = {
    "web",
    "management",
    "background.py",
    "demo",
    "clock.py",
    "mailbox.py",
    "adapter.py",
    "fees_command.py",
}
READS_CLOCK = re.compile(r"\b(clock\.now|timezone\.now|datetime\.now|date\.today|time\.time|utcnow)\(")


def may_read_clock(path: Path) -> bool:
    return bool(CLOCK_READERS & set(path.relative_to(PACKAGE).parts))


def test_time_is_passed_in() -> None:
    readers = [
        short(path)
        for path in files("*.py")
        if not may_read_clock(path)
        and (READS_CLOCK.search(text := path.read_text(encoding="utf-8")) or "import now" in text)
    ]
    assert not readers


@pytest.mark.parametrize("word", [r"\bTODO\b", "FIXME", "XXX", "NotImplementedError", "pragma: no cover", r"\bprint\("])
def test_nothing_unfinished(word: str) -> None:
    may_print = {"launch.py", "keeper.py", "command.py", "fees_command.py"}
    found = [
        short(path)
        for path in files("*.py")
        if re.search(word, path.read_text(encoding="utf-8")) and not ("print" in word and path.name in may_print)
    ]
    assert not found


def test_every_module_states_its_promise() -> None:
    silent = [short(path) for path in files("*.py") if not ast.get_docstring(tree(path))]
    assert not silent


def test_every_public_action_says_what_it_does() -> None:
    silent = [
        f"{short(path)}:{node.name}"
        for path in files("*.py")
        if path.stem == "actions" or "actions" in path.parts
        for node in functions(path)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not silent


def test_objects_are_reached_through_queries() -> None:
    """Views never ask a manager: `…_for(actor, id)` decides what is visible."""
    asks = re.compile(r"\.objects\b|get_object_or_404")
    found = [
        short(path) for path in files("views*.py", "nakadachi/web") if asks.search(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_no_inline_style_or_script() -> None:
    """Mails are no pages: the programs that show them know no stylesheets."""
    inline = re.compile(
        r"<style|\sstyle=|<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)|\son[a-z]+=\"|javascript:"
    )
    pages = [path for path in files("*.html") if not path.is_relative_to(PACKAGE / "infra" / "mail")]
    found = [short(path) for path in pages if inline.search(path.read_text(encoding="utf-8"))]
    assert not found


def test_no_placeholder_disabled_or_readonly() -> None:
    attribute = re.compile(r"<(input|textarea|select|button)[^>]*\s(placeholder|disabled|readonly)\b")
    found = [short(path) for path in files("*.html") if attribute.search(path.read_text(encoding="utf-8"))]
    assert not found


def test_nothing_is_marked_safe_outside_the_kit() -> None:
    unsafe = re.compile(r"mark_safe|\|safe\b|autoescape off|format_html_join")
    found = [
        short(path)
        for pattern in ("*.py", "*.html")
        for path in files(pattern)
        if unsafe.search(path.read_text(encoding="utf-8")) and not path.is_relative_to(PACKAGE / "web" / "ui")
    ]
    assert not found


def test_raw_sql_takes_parameters() -> None:
    """No f-string or % formatting inside execute(); identifiers come from fixed lists in the two grant modules."""
    pasted = re.compile(r"\.(execute|raw|extra)\(\s*(f[\"']|[\"'][^\"']*[\"']\s*%)")
    found = [short(path) for path in files("*.py") if pasted.search(path.read_text(encoding="utf-8"))]
    allowed = {"nakadachi/infra/cluster/server.py"}
    assert not set(found) - allowed


def test_the_project_speaks_of_itself_alone() -> None:
    """No machine path, no registry host, nothing outside the project's own folder."""
    foreign = re.compile(r"\.\./shared|/work/|/tmp/|pypi\.org|pythonhosted|npmjs")
    found = [
        short(path)
        for under in ("nakadachi", "tests", "bench", "docs", "bin")
        for pattern in ("*.py", "*.md", "*.html", "*.toml", "*.sh")
        for path in files(pattern, under)
        if path.name != "test_manners.py" and foreign.search(path.read_text(encoding="utf-8"))
    ]
    assert not found
