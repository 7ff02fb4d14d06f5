"""The form of a step as a page shows it and as a browser sends it. What is right is decided by `laksana.sop.form`."""
