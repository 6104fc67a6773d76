"""No open state of anything is forgotten: each names its obstacle, or why it is none."""

from nakadachi.closing.obstacles import CODES
from nakadachi.closing.states import STATES
from nakadachi.config.lifecycles import all_lifecycles


def test_every_open_state_of_every_lifecycle_is_an_obstacle_or_says_why_not():
    expected = {
        (label, lifecycle.name): sorted(set(lifecycle.states) - lifecycle.final)
        for label, lifecycle in all_lifecycles()
    }
    assert {key: sorted(states) for key, states in STATES.items()} == expected


def test_every_obstacle_that_is_named_there_exists():
    named = {
        code for states in STATES.values() for said in states.values() if not isinstance(said, str) for code in said
    }
    assert named <= CODES
    assert CODES - named == {"balance.ge_min", "balance.lt_min", "owner.last", "role.held"}, "what has no lifecycle"


def test_a_reason_is_a_sentence():
    reasons = [said for states in STATES.values() for said in states.values() if isinstance(said, str)]
    assert all(len(reason.split()) > 1 for reason in reasons)
