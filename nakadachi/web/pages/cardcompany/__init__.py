"""The built-in test provider's own page, where the owner of a test card confirms a payment (3-D Secure)."""
