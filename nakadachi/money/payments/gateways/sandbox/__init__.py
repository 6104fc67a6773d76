"""A whole card provider without cards: charges, declines, refunds, signed webhooks, settlements.

It keeps its own books in its own tables and transactions, as a remote provider would.
"""
