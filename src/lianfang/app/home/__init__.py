"""What somebody opens Lianfang with: the system day of the own role, what came, what is late, and what to do first."""
