"""Money coming in: attempts to charge a client, refunds, and what the provider settles to the bank.

Invariants: the provider is never called inside a transaction; one captured payment has exactly one effect; never more
is refunded than was captured.
"""
