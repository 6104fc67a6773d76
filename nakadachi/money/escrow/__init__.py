"""Holds: money set aside for one purpose, with the quote frozen under which it was made.

Invariants: a hold's ledger account is funded minus released minus refunded; a closed hold stands at zero; the parts
of a hold always add up to the whole.
"""
