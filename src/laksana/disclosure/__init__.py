"""What of a case may leave the office: files blacked out before they are given, by two people, and who read what is personal."""
