"""Backup and restore in plain form: one tar with every table as text, every stored file, and a manifest.

It needs no tool of the database's, can be read with `tar` and a text editor, and moves between versions of PostgreSQL.
Taken from one snapshot while the market runs. See docs/operations/backup.md.
"""
