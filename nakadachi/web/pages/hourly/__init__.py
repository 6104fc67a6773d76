"""Hourly work: the contract's page, its weeks, the timer."""
