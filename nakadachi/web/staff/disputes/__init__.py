"""Chargebacks at the operator: what the card company asks, what we answer, what it decided and who bears it."""
