"""What follows from a case: what it counts as, what it would be, how long each step took, what is to be done."""
