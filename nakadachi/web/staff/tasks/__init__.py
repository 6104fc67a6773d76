"""Objections of workers whose answers were rejected: the operator decides, by a date."""
