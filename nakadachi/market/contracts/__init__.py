"""Contracts (契約), their milestones, deliveries, written terms and agreed endings.

Invariants: a milestone is funded exactly when its hold is; every written version of the terms is kept with its hash; a
worker alone can always hand back what is funded and not accepted.
"""
