"""Private files: stored under random names, served only through a permission check.

Invariants: the bytes never change after storing; a file belongs to one owner object; the original name is only shown,
never used as a path.
"""
