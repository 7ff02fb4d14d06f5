"""Subject persandian: classified messages of the crypto service."""
