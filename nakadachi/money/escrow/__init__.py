"""Holds: money set aside for one purpose, with the quote frozen under which it was made.

Invariants: a hold's ledger account stands at what came in, less what left it as reward, fees and tax, went back, rolled
on or was charged back; a closed hold stands at zero; the parts of a hold always add up to the whole.
"""
