"""What steers the response, joined from several capabilities: strategies by class, and the board of a commander."""
