"""Why the money of a piece of work stands still."""

from nakadachi.money.escrow.models import Hold


class StandsStill:
    """For whatever has a hold, or none yet."""

    hold: Hold | None

    @property
    def is_disputed(self) -> bool:
        """True while the card company decides on a dispute about its payment."""
        return self.hold is not None and self.hold.is_disputed

    @property
    def is_claimed(self) -> bool:
        """True while the operator mediates about its money."""
        return self.hold is not None and self.hold.is_claimed
