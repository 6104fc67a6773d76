"""Mails that did not leave: why, and once more."""
