"""The index of open jobs and its one find().

Owns `JobIndex`, which holds nothing that could not be made again from the jobs (`bin/nakadachi reindex`).
Invariants: the index holds open jobs of clients who may begin something; a job that is no longer open is never found,
even while its row waits to be removed; query and document go through the same pipeline (`words`); a page follows the
last row seen, never a count.
"""
