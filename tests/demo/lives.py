"""Everything that has a life, as rows: every lifecycle with its model, and which states are momentary."""

from django.apps import apps
from django.db import models

from nakadachi.config.lifecycles import all_lifecycles
from nakadachi.kernel.lifecycle import Lifecycle


def model_of(label: str, lifecycle: Lifecycle) -> type[models.Model]:
    """Named as its events are: the name without spaces."""
    return apps.get_model(label, lifecycle.name.replace(" ", ""))


LIVES = [(model_of(label, lifecycle), lifecycle) for label, lifecycle in all_lifecycles()]
STATES = [(model, state) for model, lifecycle in LIVES for state in lifecycle.states]

MOMENTARY = {
    ("payment", "processing"): "seconds only: the provider answers, or is asked again every ten seconds",
    ("refund", "requested"): "seconds only: a job takes it to the provider at once",
    ("refund", "pending"): "the provider of the demo takes twenty seconds over it",
    ("export", "asked"): "seconds only: a job begins at once",
    ("export", "building"): "seconds only in a market of this size",
    ("closing", "erasing"): "seconds only: what was begun is gone on with at once",
    ("export", "failed"): "only where the machine fails again and again",
}
"""States of which the demo has no row, and why: nothing stands in them for longer than a page takes to look at."""
