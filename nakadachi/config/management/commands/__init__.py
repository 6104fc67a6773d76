"""Commands that prepare and run an installation."""
