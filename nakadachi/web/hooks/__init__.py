"""Doors for providers: signed webhooks."""
