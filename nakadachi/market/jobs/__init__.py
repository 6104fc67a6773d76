"""Postings (依頼): what a client wants done, for how much and until when.

Owns Job. Invariants: a draft is seen by its client alone; what is open or closed no longer changes its text or its
money; the budget is a range of whole yen with a sensible lower end; a job that has hired as many as it wanted is
closed.
"""
