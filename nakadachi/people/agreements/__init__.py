"""The texts of the market (terms of use, privacy and the like), their versions, and who agreed to which.

Invariants: a published version never changes; what a member agreed to is kept with its hash; a text is filled with the
figures of the running market when it is published, so that an old version reads as it read then.
"""
