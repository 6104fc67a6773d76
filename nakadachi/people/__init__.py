"""Members: who they are, how they log in, where their money goes.

Owns Member and BankAccount. Invariants: one e-mail address, one account; the display name is what others see, the legal
name is shown only where written terms need it; a member has at most one current bank account, and a replaced one is
kept for the payouts that used it.
"""
