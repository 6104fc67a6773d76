"""Accounts, journals, entries: the only place where yen are written down.

Invariants: every journal sums to zero; journals and entries are never changed or removed; the balance of a synchronous
account is the sum of its entries and never below its minimum; the same key never has two effects.
"""
