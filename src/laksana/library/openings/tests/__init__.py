"""Tests of what the calendar opens."""
