"""The one table of the demo."""
