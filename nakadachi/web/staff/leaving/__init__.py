"""Why members leave: figures and charts, never a name."""
