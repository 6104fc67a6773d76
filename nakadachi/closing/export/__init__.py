"""Taking everything along (データをダウンロード): one archive with all that is a member's own.

Owns Export. A job gathers area by area (`areas.AREAS`, one module each in `gathering/`), as JSON with a schema, as CSV,
and with the documents and files; the manifest has the hash of every entry. Invariants: one runs at a time for a member;
what is private to somebody else is never in it (`areas.LEFT_OUT` and `Shape.without` say what stays behind, and why);
the archive is fetched by its member alone and removed when its time is over.
"""
