"""Closing runs, transfer files, and what the bank answers."""
