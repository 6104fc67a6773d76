"""退会: leaving as a list that resolves itself.

What stands in the way is read from the domains below (`obstacles`), each with the very action that resolves it
(`remedies`). A `Closing` is one way out of one member: reserved, closed, erased. Nothing that is the member's is ever
forfeited: the last payout goes out whatever its size, or a remainder is left behind by consent and can be claimed.
"""
