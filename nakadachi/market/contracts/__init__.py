"""Contracts (契約), their milestones, deliveries, written terms and agreed endings.

Invariants: a milestone is funded exactly when its hold is; money leaves a hold only together with its milestone's last
move, in one transaction; every written version of the terms is kept with its hash; a worker alone can always hand back
what is funded and not accepted; a delivery that nobody answers is accepted at the moment shown from the day it came in;
rows are locked contract, then milestone, then hold.
"""
