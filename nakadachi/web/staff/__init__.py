"""The operator's console, one folder per resource."""
