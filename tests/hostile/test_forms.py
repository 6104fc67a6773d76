"""Every form × every field × every hostile input of its kind."""

from collections.abc import Callable, Iterator

import pytest

from tests.every_page.undoing import undone
from tests.hostile.attack import Attacker, errors_of
from tests.hostile.forms import FORMS, Form

POSTED = [form for form in FORMS if not form.is_asked]


@pytest.fixture
def attack(world, browse) -> Iterator[Callable[[Form], Attacker]]:
    with undone():
        yield lambda form: Attacker(form, world, browse(form.role))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_hostile_input_is_answered_kindly(form: Form, attack, world) -> None:
    """Never a fault; what is refused changes nothing, is said in a sentence, and everything typed stays."""
    attacker = attack(form)
    faults = [
        f"{name}={value!r:.60}: {fault}"
        for name, kind in form.fields_in(world).items()
        for value, expected in kind.chosen(f"{form.name}.{name}")
        for fault in attacker.wrong_with(name, kind, value, expected)
    ]
    assert not faults, "\n".join([f"{len(faults)} faults", *faults[:40]])


@pytest.mark.parametrize("form", POSTED, ids=lambda form: form.name)
def test_good_input_is_taken(form: Form, attack) -> None:
    """So that a refusal above is for the hostile field and for nothing else."""
    attacker = attack(form)
    answer = attacker.send(attacker.good)
    errors = errors_of(answer.response)
    if form.refusal:
        assert [code for found in errors.values() for code, _words in found] == [form.refusal]
    elif form.answer:
        assert answer.response.status_code == form.answer
    else:
        assert answer.response.status_code in {200, 201, 302}, errors
        assert not errors, "a page with errors is no taking, whatever its status"
