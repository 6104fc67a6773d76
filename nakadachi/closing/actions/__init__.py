"""What writes: reserving, looking whether the way is free, coming back, erasing, claiming what stayed behind."""

from nakadachi.closing.actions import claimed, erasing, looking
from nakadachi.closing.actions.claiming import claim as claim
from nakadachi.closing.actions.erasing import begin_erasing as begin_erasing
from nakadachi.closing.actions.erasing import erase as erase
from nakadachi.closing.actions.looking import look as look
from nakadachi.closing.actions.looking import look_around as look_around
from nakadachi.closing.actions.paying_out import request_last_payout as request_last_payout
from nakadachi.closing.actions.reserving import change_consent as change_consent
from nakadachi.closing.actions.reserving import reserve as reserve
from nakadachi.closing.actions.undoing import undo as undo

TIMERS = (*looking.TIMERS, *erasing.TIMERS, *claimed.TIMERS)
