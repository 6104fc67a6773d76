"""Tests of everything that touches yen."""
