"""Tables of law in versions: proposed by one, put in force from a day on by another, read by the rules as they held."""
