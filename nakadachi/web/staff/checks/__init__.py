"""Identity and phone: what waits to be checked."""
