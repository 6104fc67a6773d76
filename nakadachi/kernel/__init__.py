"""Words that every package shares: money, time, states, refusals, actors.

Pure Python: no Django, no database, no clock. Everything here can be tested without anything running.
"""
