"""What follows from grids, households, rounds and visits."""
