"""What somebody typed is shown exactly as it was typed: escaped once, never run, never counted out, never lost."""

import re
from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils.html import escape

from nakadachi.infra.text import tidy_text
from tests.every_page.table import ROWS
from tests.every_page.undoing import undone
from tests.hostile.attack import Attacker, errors_of
from tests.hostile.forms import FORMS
from tests.hostile.values import RTL

NAUGHTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '" onmouseover="alert(1)',
    "&lt;b&gt; &amp;amp;",
    "{{7*7}}{% debug %}${7*7}",
    "%s%(x)s{0}{name}",
    "𠮷野家👩‍💻",
    "写真" + RTL + "gpj.exe",
    "か\u3099き\u3099",
)

LINK = re.compile(r'href="(/[^"]*)"')


@dataclass(frozen=True)
class Case:
    """`page` is where it is shown, when it is not where the form leads."""

    form: str
    fields: tuple[str, ...]
    page: str = ""
    """Of the same arguments as the form."""
    following: str = ""
    """Where a link with this ending, on the page the form leads to, has to be pressed first."""
    naughty: tuple[str, ...] = NAUGHTY


CASES = [
    Case("jobs:new_project", ("title", "description", "requirements")),
    Case("jobs:edit open", ("title", "description", "requirements")),
    Case("proposals:new", ("introduction", "track_record", "approach")),
    Case("proposals:revise", ("introduction", "track_record", "approach")),
    Case("proposals:counter", ("note",), "proposals:detail"),
    Case("contracts:delivery", ("note",), "contracts:milestone"),
    Case("contracts:revision", ("reason",), "contracts:milestone"),
    Case("contracts:change_new", ("reason",), following="/withdrawal/"),
    Case("messages:thread", ("text",)),
    Case("settings:profile", ("introduction",), "settings:profile"),
    Case("settings:profile", ("display_name",), naughty=NAUGHTY[:7]),
    Case("inquiries:detail", ("text",)),
    Case("tasks:new", ("title",)),
    Case("tasks:edit", ("title", "description"), "tasks:detail"),
    Case("tasks:questions", ("label", "help"), "tasks:detail"),
    Case("staff:members:note", ("text",)),
]


def faults(body: str, typed: str) -> list[str]:
    """How a page shows it otherwise than it was typed."""
    shown, found = tidy_text(typed), []
    if escape(shown) not in body:
        found.append("is not shown")
    if escape(shown) != shown and shown in body:
        found.append("is shown raw")
    if escape(escape(shown)) != escape(shown) and escape(escape(shown)) in body:
        found.append("is escaped twice")
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.form} {case.fields[0]}")
def test_what_was_typed_is_shown_as_it_was_typed(case: Case, world, browse) -> None:
    form = next(one for one in FORMS if one.name == case.form and not one.is_asked)
    wrong = []
    with undone():
        attacker = Attacker(form, world, browse(form.role))
        for naughty in case.naughty:
            typed = {name: f"{naughty} {number}" for number, name in enumerate(case.fields)}
            with attacker.kept(attacker.good | typed) as answer:
                assert answer.status_code == 302, errors_of(answer)
                page = reverse(case.page, kwargs=ROWS[form.address].arguments(world)) if case.page else ""
                body = attacker.browser.get(page or answer["Location"], follow=True).content.decode()
                if case.following:
                    links = [link for link in LINK.findall(body) if link.endswith(case.following)]
                    body = attacker.browser.get(links[0]).content.decode()
                wrong += [f"{name}={text!r} {fault}" for name, text in typed.items() for fault in faults(body, text)]
    assert not wrong, "\n".join(wrong)


def test_each_fault_would_be_noticed() -> None:
    naughty = NAUGHTY[0]
    assert not faults(escape(naughty), naughty)
    assert faults(naughty, naughty) == ["is not shown", "is shown raw"]
    assert faults(escape(escape(naughty)), naughty) == ["is not shown", "is escaped twice"]
