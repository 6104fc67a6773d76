"""Tests of the contract pages."""
