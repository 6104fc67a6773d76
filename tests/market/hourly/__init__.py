"""Hourly work."""
