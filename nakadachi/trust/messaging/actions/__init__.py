"""The verbs of messages."""

from nakadachi.trust.messaging.actions.disclosing import disclose
from nakadachi.trust.messaging.actions.reading import read
from nakadachi.trust.messaging.actions.taking_back import take_back
from nakadachi.trust.messaging.actions.telling import TIMERS, tell
from nakadachi.trust.messaging.actions.writing import begin, send

__all__ = ["TIMERS", "begin", "disclose", "read", "send", "take_back", "tell"]
