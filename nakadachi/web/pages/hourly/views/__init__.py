"""One module for each part of hourly work."""
