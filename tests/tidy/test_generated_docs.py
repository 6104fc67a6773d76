"""Pages under docs/ that are made from the code say what the code says."""

from io import StringIO

from django.core.management import call_command

from nakadachi.config import lifecycles

ENDLESS = {"inquiry": "who asked may write again and open it again, always"}


def test_generated_pages_are_fresh() -> None:
    said = StringIO()
    call_command("docs", "--check", stderr=said)
    assert said.getvalue() == ""


def test_every_lifecycle_is_described() -> None:
    page = lifecycles.render()
    names = {lifecycle.name for _label, lifecycle in lifecycles.all_lifecycles()}
    assert {"job", "proposal", "contract", "milestone", "end proposal", "hold", "payment", "refund"} <= names
    for name in names:
        assert f"## {name.capitalize()} (`" in page


def test_every_state_can_be_reached_and_left_or_is_final() -> None:
    for _label, lifecycle in lifecycles.all_lifecycles():
        reached = {lifecycle.initial}
        for _ in lifecycle.states:
            reached |= {move.target for move in lifecycle.moves if move.sources & reached}
        assert reached == set(lifecycle.states), lifecycle.name
        assert bool(lifecycle.final) != (lifecycle.name in ENDLESS), f"{lifecycle.name} never ends"
