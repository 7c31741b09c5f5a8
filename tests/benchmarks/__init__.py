"""Measurements with floors (`make eval`) and of speed and memory (`make bench`); not part of the test suite."""
