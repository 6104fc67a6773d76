"""The index of open jobs and its one find().

Invariants: the index holds open jobs only; query and document go through the same tokeniser.
"""
