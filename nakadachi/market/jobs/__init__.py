"""Postings (依頼): what a client wants done, for how much and until when.

Owns Job and JobVersion. Invariants: a draft is seen by its client alone; what was published once stays readable, also
when another text has replaced it; a closed job does not change; the budget is a range of whole yen with a sensible
lower end; a job has never fewer places than are taken, and is closed when all of them are filled.
"""
