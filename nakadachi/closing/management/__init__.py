"""Commands of leaving."""
