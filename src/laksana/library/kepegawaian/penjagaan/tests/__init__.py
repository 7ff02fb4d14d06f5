"""Tests of the lists of what falls due."""
