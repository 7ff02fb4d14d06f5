"""The flowchart of a procedure in the official layout, laid out for paper or screen."""
