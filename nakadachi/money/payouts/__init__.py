"""Money going out: requests, closing runs, transfer files, returns.

Invariants: a payout is in at most one run; a run of one closing day exists once; what left a member's balance is either
on its way, sent, or back.
"""
