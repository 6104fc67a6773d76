"""Tests of the proposals pages."""
