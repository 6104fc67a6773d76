"""What other packages need to know of a member beyond their account: sanction, leaving, verifications, certified,
blocks.

Upper packages write it through its actions; lower policies read it. A member without a row is in good standing with
nothing confirmed.
"""
