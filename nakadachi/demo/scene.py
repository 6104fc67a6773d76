"""One beat of a story with everything around it."""

from dataclasses import dataclass
from uuid import UUID

from nakadachi.demo.content import Beat, Meeting, Posting
from nakadachi.demo.stage import Stage
from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts.models import Contract, Milestone


@dataclass(frozen=True)
class Scene:
    """One beat of one story, with the key that makes it happen once."""

    posting: Posting
    meeting: Meeting
    beat: Beat
    key: UUID

    def client(self, stage: Stage) -> Actor:
        """The one who ordered, acting."""
        return stage.actor(self.posting.client)

    def worker(self, stage: Stage) -> Actor:
        """The one who works, acting."""
        return stage.actor(self.meeting.worker)

    def either(self, stage: Stage) -> Actor:
        """The side the story names."""
        return self.client(stage) if self.beat.by == "client" else self.worker(stage)

    def milestone(self, stage: Stage) -> Milestone:
        """The piece the beat is about."""
        return stage.milestone(self.meeting.slug, self.beat.n)

    def contract(self, stage: Stage) -> Contract:
        """The contract of the story."""
        return stage.contract(self.meeting.slug)
