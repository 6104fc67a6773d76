"""How far the load has come."""

from django.db import models
from django.db.models import Q


class Load(models.Model):
    """The one load of a market: when it looked at the clock, how many of its steps are done, and when it was complete.

    `steps_done` is written in the transaction of the steps themselves, so an interrupted load goes on where it was.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    loaded_at = models.DateTimeField()
    steps = models.PositiveIntegerField()
    steps_done = models.PositiveIntegerField(default=0)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="demo_load_once")]

    def __str__(self) -> str:
        return f"{self.steps_done}/{self.steps}"
