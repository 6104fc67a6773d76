"""Tests of how measurements are told; the measuring itself is `bin/bench`."""
