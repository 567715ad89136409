"""Pure rules of gates: who is held, who is on duty, what is due."""
