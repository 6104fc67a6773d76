"""Paying for a hold by card, the same for every kind of work: the form, what came of it, and giving up.

The page that asks describes what is paid for as a `Purchase`; the templates here are the middle of its own templates.
"""
