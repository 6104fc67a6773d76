"""The environment variables of an installation: each is read where it is described, and docs/operations/settings.md is
made from the descriptions. No Django here."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    """One variable; `default` in the words of the table."""

    name: str
    default: str
    meaning: str


class BadVariable(RuntimeError):
    """A variable whose content cannot be used: one line for the person who set it."""


SECTIONS: dict[str, list[Variable]] = {}
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def section(title: str) -> None:
    """What is described from now on stands under this title."""
    SECTIONS.setdefault(title, [])


def described(name: str, default: str, meaning: str) -> None:
    """Describe a variable that is read elsewhere (the launcher, a package without settings)."""
    rows = SECTIONS[next(reversed(SECTIONS))]
    if all(row.name != name for row in rows):
        rows.append(Variable(name, default, meaning))


def text(name: str, default: str, meaning: str) -> str:
    """A text; empty counts as not set."""
    described(name, f"`{default}`" if default else "", meaning)
    return os.environ.get(name) or default


def number(name: str, default: int, meaning: str) -> int:
    """A whole number that is not negative."""
    described(name, str(default), meaning)
    given = os.environ.get(name) or str(default)
    if not (given.isascii() and given.isdigit()):
        raise BadVariable(f"{name}={given} is not a whole number.")
    return int(given)


def flag(name: str, default: bool, meaning: str) -> bool:
    """Yes or no: 1/0, true/false, yes/no, on/off."""
    described(name, str(int(default)), meaning)
    given = (os.environ.get(name) or str(int(default))).lower()
    if given not in _TRUE | _FALSE:
        raise BadVariable(f"{name}={given} is neither 1 nor 0.")
    return given in _TRUE


def names() -> set[str]:
    """Every variable there is."""
    return {row.name for rows in SECTIONS.values() for row in rows}


def render() -> str:
    """docs/operations/settings.md."""
    lines = [
        "# Settings",
        "",
        "<!-- Made by `bin/nakadachi docs` from config/settings.py. Change the descriptions there. -->",
        "",
        "Environment variables, read once at the start. What is not set has the value in the second column.",
        "`bin/nakadachi doctor` looks at what is set and says what is wrong with it.",
    ]
    for title, rows in SECTIONS.items():
        lines += ["", f"## {title}", "", "| variable | without it | meaning |", "|---|---|---|"]
        lines += [f"| `{row.name}` | {row.default} | {row.meaning} |" for row in rows]
    return "\n".join(lines) + "\n"
