"""What writes: reserving, looking whether the way is free, coming back."""

from nakadachi.closing.actions import erasing, looking
from nakadachi.closing.actions.looking import look as look
from nakadachi.closing.actions.looking import look_around as look_around
from nakadachi.closing.actions.paying_out import request_last_payout as request_last_payout
from nakadachi.closing.actions.reserving import change_consent as change_consent
from nakadachi.closing.actions.reserving import reserve as reserve
from nakadachi.closing.actions.undoing import undo as undo

TIMERS = (*looking.TIMERS, *erasing.TIMERS)

__all__ = ["TIMERS", "change_consent", "look", "look_around", "request_last_payout", "reserve", "undo"]
