"""The yearly evaluation of how each SOP is applied (PermenPANRB 35/2012): figures of the year, the answers of its owner."""
