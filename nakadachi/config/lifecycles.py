"""`docs/lifecycles.md`: every status and every move of everything that has a life, from the tables the code runs on."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from nakadachi.kernel.lifecycle import Lifecycle

_HEAD = """# Lifecycles

<!-- Made by `bin/nakadachi docs`. Change the lifecycle.py of the package, not this page. -->

What can become of what, and who may bring it about. A move is one conditional update: when the row is no longer in one
of the states it starts from, nothing changes and the answer is a refusal. Every move writes one event,
`<model>.<move>`. When exactly a move is allowed, beyond its state, is decided by the `policy.py` of the package.
"""


def all_lifecycles() -> list[tuple[str, Lifecycle]]:
    """Every lifecycle of every app with the app's label: the market's in the order of the work, then the money's."""
    found: list[tuple[str, Lifecycle]] = []
    for app in sorted(apps.get_app_configs(), key=lambda app: not app.name.startswith("nakadachi.market.")):
        place = f"{app.name}.lifecycle"
        if app.name.startswith("nakadachi.") and find_spec(place):
            things = vars(import_module(place)).values()
            found += [(app.label, thing) for thing in things if isinstance(thing, Lifecycle)]
    return found


def render() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *(_section(label, lifecycle) for label, lifecycle in all_lifecycles())])


def _section(label: str, lifecycle: Lifecycle) -> str:
    return "\n".join(
        [
            f"## {lifecycle.name.capitalize()} (`{label}`)\n",
            _diagram(lifecycle),
            _states(lifecycle),
            _moves(lifecycle),
        ]
    )


def _diagram(lifecycle: Lifecycle) -> str:
    lines = [f"    [*] --> {lifecycle.initial}"]
    for move in lifecycle.moves:
        lines += [f"    {source} --> {move.target}: {move.name}" for source in sorted(move.sources)]
    lines += [f"    {state} --> [*]" for state in lifecycle.states if state in lifecycle.final]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```\n"])


def _states(lifecycle: Lifecycle) -> str:
    rows = ["| status | meaning |", "|---|---|"]
    rows += [f"| `{state}`{_mark(state, lifecycle)} | {meaning} |" for state, meaning in lifecycle.states.items()]
    return "\n".join(rows) + "\n"


def _mark(state: str, lifecycle: Lifecycle) -> str:
    if state == lifecycle.initial:
        return " (first)"
    return " (last)" if state in lifecycle.final else ""


def _moves(lifecycle: Lifecycle) -> str:
    rows = ["| move | from | to | by |", "|---|---|---|---|"]
    for move in lifecycle.moves:
        sources = ", ".join(f"`{source}`" for source in lifecycle.states if source in move.sources)
        rows.append(f"| `{move.name}` | {sources} | `{move.target}` | {move.who} |")
    return "\n".join(rows) + "\n"
