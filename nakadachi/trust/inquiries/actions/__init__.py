"""The verbs of inquiries."""

from nakadachi.trust.inquiries.actions.answering import answer, assign, write_note
from nakadachi.trust.inquiries.actions.asking import ask, ask_by_mail, confirm, reply
from nakadachi.trust.inquiries.actions.closing import close

__all__ = ["answer", "ask", "ask_by_mail", "assign", "close", "confirm", "reply", "write_note"]
