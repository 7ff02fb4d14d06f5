"""The demonstration office: plainly fictitious people in the positions of the real structure."""

from laksana.people.demo.installation import PASSPHRASE, PASSWORD, install

__all__ = ["PASSPHRASE", "PASSWORD", "install"]
