"""The demonstration office: plainly fictitious people in the positions of the real structure."""

from laksana.people.demo.installation import PASSWORD, install

__all__ = ["PASSWORD", "install"]
