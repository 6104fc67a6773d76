"""Pages of hourly work."""
