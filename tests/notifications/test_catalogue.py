"""Every event is told to somebody, or silent for a reason that stands beside it."""

import ast
import re
from functools import lru_cache

from django.urls import reverse

from nakadachi.config.lifecycles import all_lifecycles
from nakadachi.notifications.catalogue import OF_EVENT, ROWS, SENTENCES
from nakadachi.notifications.catalogue.silent import SILENT
from nakadachi.notifications.rows import PAGES
from tests.tidy.sources import files, tree

KIND = re.compile(r"[a-z]+\.[a-z_]*[a-z]")


@lru_cache
def recorded() -> set[str]:
    """First arguments of `record("…")` anywhere, and every move of every lifecycle."""
    words = {word for path in files("*.py") for word in kinds_in(tree(path))}
    return {word for word in words if isinstance(word, str) and KIND.fullmatch(word)} | set(moves())


def kinds_in(module: ast.Module):
    """Of every call of `record`: the words of its first argument, or of the constant that it names."""
    nodes = list(ast.walk(module))
    constants = {one.targets[0].id: one.value for one in module.body if is_constant(one)}
    for call in nodes:
        if isinstance(call, ast.Call) and call.args and named(call) == "record":
            first = call.args[0]
            said = constants.get(first.id, first) if isinstance(first, ast.Name) else first
            yield from (word.value for word in ast.walk(said) if isinstance(word, ast.Constant))


def is_constant(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)


def named(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def moves():
    for _app, lifecycle in all_lifecycles():
        for move in lifecycle.moves:
            model = lifecycle.name.lower().replace(" ", "").replace("-proposal", "")
            yield f"{model}.{move.name}"


def test_every_event_is_told_or_silent_for_a_reason() -> None:
    assert recorded() - OF_EVENT.keys() - SILENT.keys() == set(), "add a row to the catalogue, or a reason to SILENT"


def test_no_event_is_both_and_none_is_invented() -> None:
    assert not OF_EVENT.keys() & SILENT.keys()
    assert (OF_EVENT.keys() | SILENT.keys()) - recorded() == set()


def test_every_kind_once_and_every_page_known() -> None:
    assert len({row.kind for row in ROWS}) == len(ROWS)
    for page, names in PAGES.items():
        assert reverse(page, kwargs=dict.fromkeys(names, 1))
    assert {row.page for row in ROWS} <= PAGES.keys()


def test_sentences_end_and_titles_do_not() -> None:
    assert not [kind for kind, (title, text) in SENTENCES.items() if title.endswith(".") or not text.endswith(".")]
