"""What follows from contacts and chains at a time. Pure: state, profile and now are arguments."""
