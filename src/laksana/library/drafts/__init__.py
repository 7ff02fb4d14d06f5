"""Drafts of SOPs: who may write them, keeping them, taking them in from files, and the version that one becomes."""
