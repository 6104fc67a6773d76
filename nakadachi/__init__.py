"""Nakadachi (仲立ち): a marketplace for freelance work whose every yen can be proved."""

__version__ = "0.1.0"
