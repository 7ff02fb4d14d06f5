"""Proposal for the Satyalancana Karya Satya medal (10, 20, 30 years)."""
