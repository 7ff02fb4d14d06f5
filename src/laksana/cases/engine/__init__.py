"""The engine room of `laksana.cases`: what the actions share. Nothing outside `laksana.cases` imports it."""
