"""All remedies, by the name of the button in `buttons.DEEDS`."""

from nakadachi.closing.remedies import hours, matching, money, others, pieces, tasks
from nakadachi.closing.remedies.deed import Deed

REMEDIES: dict[str, Deed] = {
    **matching.DEEDS,
    **pieces.DEEDS,
    **hours.DEEDS,
    **tasks.DEEDS,
    **money.DEEDS,
    **others.DEEDS,
}
