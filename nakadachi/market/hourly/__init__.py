"""Hourly work (時間報酬): rate × minutes, week by week.

Owns the agreement on rate and weekly hours, the weeks, the recorded times and the trace of every change to them.
Invariants: a week begins only with its money set aside (unless the contract says openly that nothing is held); no two
times of one worker overlap, and one timer runs at most; every minute is counted in exactly one day and one week; only
approved minutes are paid, and never more than was set aside; a change of a recorded time leaves what stood there
before; rows are locked worker, contract, week, hold.
"""
