"""Tests of マイページ."""
