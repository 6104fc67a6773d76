"""Members as the operator sees them."""
