"""Tests of the ledger, on a real database and through the serving role."""
