"""Hostile input against every form and every address, from one table of values and one list of forms."""
