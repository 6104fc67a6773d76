"""The map in ARCHITECTURE.md names every package of the layer rule, each once, and nothing that is not there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GROUPS = {"trust", "market", "money"}


def layers() -> set[str]:
    """`config`, `market.tasks`, … as `.importlinter` has them: packages, and one step down in the groups."""
    named = re.findall(r"\bnakadachi\.([a-z.]+)", (ROOT / ".importlinter").read_text(encoding="utf-8"))
    return {name for name in named if name.count(".") == (name.split(".")[0] in GROUPS)}


def drawn() -> list[str]:
    """What the map draws, with its group before it."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    found, group = [], ""
    for line in text.split("```")[1].split("nakadachi/\n")[1].splitlines():
        is_below = line.startswith("    ")
        names = re.findall(r"(?<![\w/<`;])([a-z]+)/(?= |$)", line[:40])
        group = group if is_below else names[0] if names else ""
        found += [f"{group}.{name}" if is_below else name for name in names]
    return found


def test_every_package_is_on_the_map() -> None:
    assert {"web", "market.tasks"} <= layers()
    missing = layers() - set(drawn())
    assert not missing, f"not on the map of ARCHITECTURE.md: {sorted(missing)}"


def test_nothing_on_the_map_is_gone() -> None:
    names = drawn()
    assert len(names) == len(set(names))
    gone = [name for name in names if not (ROOT / "nakadachi" / name.replace(".", "/")).is_dir()]
    assert not gone, f"on the map of ARCHITECTURE.md, and nowhere else: {gone}"
