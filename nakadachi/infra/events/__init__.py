"""What happened, who did it and when: the audit trail and the outbox in one append-only table.

Invariants: every change of state writes exactly one event in its own transaction; an event is never changed or
removed (the database refuses); `data` never holds a secret or a bank number.
"""
