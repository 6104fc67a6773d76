"""Contracts: the list, the one page that says whose turn it is, and every step as a page of its own.

Each change of state is a resource of its own under `/contracts/<id>/…`; sending it twice has one effect.
"""
