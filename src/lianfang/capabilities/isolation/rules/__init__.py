"""What may be ordered on which ground, what is due when, and who goes where. Pure: facts, policy and time are given."""
