"""Refunds at the operator: what waits for somebody, what is on its way, what is done."""
