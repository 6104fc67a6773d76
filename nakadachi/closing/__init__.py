"""退会: what stands in the way of leaving, read from the domains below. Writes nothing yet."""
