"""What a worker writes down for a proposal, as one value."""

from dataclasses import dataclass, replace
from datetime import date

from nakadachi.infra.text import tidy_text
from nakadachi.kernel.money import Yen


@dataclass(frozen=True)
class ProposalDraft:
    """The three parts of the text, the price, the day. The approach is always written for this one job."""

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
