"""The operator's first page: what waits."""
