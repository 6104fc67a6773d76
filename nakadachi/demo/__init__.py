"""The demo market: members, jobs and work in every state, made through the real actions at past times.

Owns `content/` (what people write and do, as data) and the table `demo_load`. Invariants: the same moment gives the
same past; everything goes through the actions of the domain, so ledger and events are true; an interrupted load is
finished, a complete one never touched again.
"""
