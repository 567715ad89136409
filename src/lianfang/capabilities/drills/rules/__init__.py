"""What a drill's people, workers, errors and truth are. Pure."""
