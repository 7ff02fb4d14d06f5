"""The public's pages: what the office offers, forms, following a case, and what is told openly."""
