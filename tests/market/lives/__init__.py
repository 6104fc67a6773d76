"""What can happen in a market, as rules for `test_any_life.py`, a file per part of it."""
