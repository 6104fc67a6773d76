"""Mediations at the operator: what is due, what both sides wrote, the ruling and the second one."""
