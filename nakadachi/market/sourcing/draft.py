"""What a worker writes down for a proposal, as one value."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from nakadachi.infra.text import tidy_text
from nakadachi.kernel.money import Yen
from nakadachi.market.sourcing.models import Proposal


@dataclass(frozen=True)
class ProposalDraft:
    """The three parts of the text, the price, the day. The approach is always written for this one job.

    The price is that of one unit of the job's format; the day that of the delivery, or when lasting work begins.
    """

    approach: str
    amount_yen: Yen
    deliver_on: date
    introduction: str = ""
    track_record: str = ""
    wishes_continuation: bool = False

    def tidied(self) -> "ProposalDraft":
        """The same with texts as they are stored."""
        return replace(
            self,
            approach=tidy_text(self.approach),
            introduction=tidy_text(self.introduction),
            track_record=tidy_text(self.track_record),
        )

    def as_json(self) -> dict[str, Any]:
        """As it is kept in a version."""
        return {**asdict(self), "deliver_on": self.deliver_on.isoformat()}

    @classmethod
    def of_json(cls, contents: dict[str, Any]) -> "ProposalDraft":
        """Read back from a version."""
        return cls(**{**contents, "deliver_on": date.fromisoformat(contents["deliver_on"])})

    @classmethod
    def of(cls, proposal: Proposal) -> "ProposalDraft":
        """What a proposal says."""
        return cls(**{field.name: getattr(proposal, field.name) for field in fields(cls)})
