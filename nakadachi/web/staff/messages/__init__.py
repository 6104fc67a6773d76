"""Threads between members, read by the operator only for a reason on record."""
