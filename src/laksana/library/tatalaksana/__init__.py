"""Procedures about the own rules of the office: legal drafts, SOPs, service standards, satisfaction surveys."""
