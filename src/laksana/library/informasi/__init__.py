"""Subject informasi: public information on request, objections and disputes, exemption, lists, and spreading of information."""
