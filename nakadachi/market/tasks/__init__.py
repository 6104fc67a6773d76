"""First-come work (タスク): a form, a price, a number of places; whoever takes a place answers and is paid.

Owns Task, Slot, Claim and SeenValue. Invariants: all of the money is set aside before a task opens; a place is held by
at most one claim that counts, so never more answers are paid than were set aside; a claim is paid at most once; nothing
ends while an answer or an objection waits; when everything is decided, what is left goes back to the client.
"""
